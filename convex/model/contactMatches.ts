import type { Doc } from "../_generated/dataModel";
import type { ScopedReader, ScopedWriter } from "../tenancy/scopedDb";

/** What a contact is recognised by, as one look-up needs it. */
type Identity = Pick<Doc<"contacts">, "emailKey" | "phoneKey">;
type Key = { by: "email" | "phone"; key: string };

/** So many contacts of one address are named; there may be more. */
const MAX_NAMED = 5;

/** Contacts in the lists that share an e-mail address or telephone number with this one, at most ten. */
export async function contactsLike(db: ScopedReader, who: Identity): Promise<Doc<"contacts">[]> {
  const found = new Map<string, Doc<"contacts">>();
  for (const key of keysOf(who)) {
    for (const contact of await sharing(db, key)) found.set(contact._id, contact);
  }
  return [...found.values()];
}

/** Brings the list of possible duplicates in step with a contact as it was and as it is. */
export async function refreshMatches(
  db: ScopedWriter,
  before: Identity | null,
  after: Identity,
): Promise<void> {
  const keys = [...(before ? keysOf(before) : []), ...keysOf(after)];
  const distinct = new Map(keys.map((each) => [`${each.by} ${each.key}`, each]));
  for (const key of distinct.values()) await refresh(db, key);
}

async function refresh(db: ScopedWriter, key: Key): Promise<void> {
  const row = await db
    .query("contactMatches")
    .withIndex("by_tenant_key", (q) => q.eq("by", key.by).eq("key", key.key))
    .unique();
  const people = (await sharing(db, key)).map(({ _id, name }) => ({ contactId: _id, name }));
  if (people.length < 2) {
    if (row !== null) await db.delete("contactMatches", row._id);
  } else if (row === null) {
    await db.insert("contactMatches", { ...key, people });
  } else {
    await db.patch("contactMatches", row._id, { people });
  }
}

async function sharing(db: ScopedReader, { by, key }: Key): Promise<Doc<"contacts">[]> {
  const contacts = db.query("contacts");
  const query =
    by === "email"
      ? contacts.withIndex("by_tenant_state_email", (q) =>
          q.eq("state", "active").eq("emailKey", key),
        )
      : contacts.withIndex("by_tenant_state_phone", (q) =>
          q.eq("state", "active").eq("phoneKey", key),
        );
  return await query.take(MAX_NAMED);
}

function keysOf({ emailKey, phoneKey }: Identity): Key[] {
  return [
    ...(emailKey === undefined ? [] : [{ by: "email" as const, key: emailKey }]),
    ...(phoneKey === undefined ? [] : [{ by: "phone" as const, key: phoneKey }]),
  ];
}
