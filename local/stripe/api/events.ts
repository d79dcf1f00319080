import { noSuch } from "../errors.ts";
import type { Account } from "../account.ts";
import type { EventRecord } from "../wire.ts";
import { get, type Call } from "./call.ts";
import { CREATED, isWithin, page, PAGING } from "./lists.ts";
import { hash, listOf, read, text } from "./readers.ts";

const LISTING = hash({}, { ...PAGING, created: CREATED, type: text, types: listOf(text, 20) });

export const eventRoutes = [get("events", listAll), get("events/:id", retrieve)];

function retrieve({ account, id }: Call): EventRecord {
  const event = account.store.events.get(id);
  if (!event) throw noSuch("event", id);
  return withPending(account, event);
}

function listAll({ account, params }: Call): object {
  const { created, type, types, ...paging } = read(params, LISTING);
  const wanted = types ?? (type === undefined ? [] : [type]);
  const found = account.store.events
    .all()
    .filter(
      (event) =>
        isWithin(event.created, created) &&
        (wanted.length === 0 || wanted.some((pattern) => fits(event.type, pattern))),
    );
  const answer = page(found, paging, "/v1/events");
  return { ...answer, data: answer.data.map((event) => withPending(account, event)) };
}

/** A pattern may end in ".*". */
function fits(type: string, pattern: string): boolean {
  return pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}

function withPending({ outbox }: Account, event: EventRecord): EventRecord {
  return { ...event, pending_webhooks: outbox.pendingFor(event.id) };
}
