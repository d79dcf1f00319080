import {
  advanceTestClock,
  createTestClock,
  deleteTestClock,
  getTestClock,
} from "../billing/testClocks.ts";
import { del, get, post, type Call } from "./call.ts";
import { page, PAGING } from "./lists.ts";
import { hash, integer, read, textUpTo } from "./readers.ts";

const NEW = hash({ frozen_time: integer(0) }, { name: textUpTo(300) });
const ADVANCE = hash({ frozen_time: integer(0) }, {});

export const testClockRoutes = [
  post("test_helpers/test_clocks", create),
  get("test_helpers/test_clocks", listAll),
  get("test_helpers/test_clocks/:id", ({ account, id }) => getTestClock(account, id)),
  post("test_helpers/test_clocks/:id/advance", advance),
  del("test_helpers/test_clocks/:id", remove),
];

function create({ account, params }: Call): object {
  const { frozen_time, name } = read(params, NEW);
  return createTestClock(account, frozen_time, name ?? null);
}

function advance({ account, id, params }: Call): object {
  const { frozen_time } = read(params, ADVANCE);
  return advanceTestClock(account, getTestClock(account, id), frozen_time);
}

function remove({ account, id }: Call): object {
  deleteTestClock(account, getTestClock(account, id));
  return { id, object: "test_helpers.test_clock", deleted: true };
}

function listAll({ account, params }: Call): object {
  const paging = read(params, hash({}, PAGING));
  return page(account.store.testClocks.all(), paging, "/v1/test_helpers/test_clocks");
}
