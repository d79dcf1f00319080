import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../convex/_generated/api.js";
import type { Id } from "../../convex/_generated/dataModel.js";
import { notePartsOf, noteProblem, noteText, withLinks } from "../../lib/notes.ts";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant } from "../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});
afterEach(() => vi.useRealTimers());

const page = { paginationOpts: { numItems: 50, cursor: null } };
type Sent = ({ text: string } | { memberId: Id<"members"> })[];

const write = async (parts: Sent, who = north.as) =>
  await who.mutation(api.notes.add, { projectId: north.projectId, parts });
const row = async (noteId: Id<"notes">) =>
  await t.run(async ({ db }) => await db.get("notes", noteId));
const viewerMails = async () =>
  (await t.run(async ({ db }) => await db.query("emails").collect())).filter(
    ({ to }) => to === "viewer@north.test",
  );
const viewerInbox = async () =>
  (await north.asRole("Viewer").query(api.notifications.list, page)).page;

describe("a mention", () => {
  it("tells whom it names, once, by the name that the server knows", async () => {
    const { viewerId } = north;
    const noteId = await write([{ text: "Can " }, { memberId: viewerId }, { text: " come?" }]);
    expect(await row(noteId)).toMatchObject({
      authorName: "Ada north",
      parts: [{ text: "Can " }, { memberId: viewerId, name: "Viewer" }, { text: " come?" }],
    });
    expect(await viewerInbox()).toMatchObject([{ kind: "mention", excerpt: "Can @Viewer come?" }]);
    expect(await viewerMails()).toMatchObject([{ message: { kind: "mention" } }]);
    await north.as.mutation(api.notes.edit, {
      noteId,
      parts: [{ memberId: viewerId }, { text: ", " }, { memberId: viewerId }],
    });
    expect(await viewerInbox()).toHaveLength(1);
    expect(await south.asRole("Viewer").query(api.notifications.list, page)).toMatchObject({
      page: [],
    });
  });

  it("of somebody who came in by an edit tells them, too", async () => {
    const noteId = await write([{ text: "Nobody yet" }]);
    await north.as.mutation(api.notes.edit, { noteId, parts: [{ memberId: north.viewerId }] });
    expect(await viewerInbox()).toHaveLength(1);
    expect((await row(noteId))?.editedAt).toBeTypeOf("number");
  });

  it("of another company's member, or of somebody without access, is refused", async () => {
    await north.as.mutation(api.members.deactivate, { memberId: north.viewerId });
    const before = await t.run(async ({ db }) => await db.query("notes").collect());
    await expect(write([{ memberId: south.viewerId }])).rejects.toThrow("NOT_FOUND");
    await expect(write([{ memberId: north.viewerId }])).rejects.toThrow("has no access any more");
    expect(await t.run(async ({ db }) => await db.query("notes").collect())).toEqual(before);
  });

  it("stays when the person mentioned loses access and the note is edited", async () => {
    const noteId = await write([{ memberId: north.viewerId }]);
    await north.as.mutation(api.members.deactivate, { memberId: north.viewerId });
    const parts = [{ memberId: north.viewerId }, { text: " was here" }];
    await north.as.mutation(api.notes.edit, { noteId, parts });
    expect(noteText((await row(noteId))!.parts)).toBe("@Viewer was here");
  });
});

describe("a note", () => {
  it("is changed by its author alone, and deleted by them or who manages the settings", async () => {
    const sales = north.asRole("Sales");
    const noteId = await write([{ text: "Mine" }], sales);
    const before = await row(noteId);
    const manager = north.asRole("Manager");
    const theirs = { noteId, parts: [{ text: "Not yours" }] };
    await expect(manager.mutation(api.notes.edit, theirs)).rejects.toThrow("FORBIDDEN");
    await expect(north.as.mutation(api.notes.edit, theirs)).rejects.toThrow("FORBIDDEN");
    await expect(manager.mutation(api.notes.remove, { noteId })).rejects.toThrow("FORBIDDEN");
    await expect(south.as.mutation(api.notes.remove, { noteId })).rejects.toThrow("NOT_FOUND");
    expect(await row(noteId)).toEqual(before);
    await north.as.mutation(api.notes.remove, { noteId });
    expect(await row(noteId)).toBeNull();
  });

  it("is not written by who only looks", async () => {
    await expect(write([{ text: "Hi" }], north.asRole("Viewer"))).rejects.toThrow("FORBIDDEN");
  });

  it("leaves lines in the timeline that do not repeat what it says", async () => {
    const noteId = await write([{ text: "Hidden words" }]);
    await north.as.mutation(api.notes.remove, { noteId });
    const { projectId } = north;
    const lines = await north.as.query(api.activity.ofProject, { ...page, projectId });
    expect(lines.page.slice(0, 2).map(({ kind }) => kind)).toEqual(["noteRemoved", "noteAdded"]);
    expect(JSON.stringify(lines)).not.toContain("Hidden words");
  });

  it.each([
    [[{ text: " \n\u200b" }], "Write something first."],
    [[], "Write something first."],
    [[{ text: "x".repeat(5_001) }], "A note can have at most 5000 characters."],
  ])("is refused when it says nothing or too much (%#)", async (parts, message) => {
    await expect(write(parts)).rejects.toThrow(message);
  });
});

describe("typed text", () => {
  const ana = { memberId: "m1", name: "Ana" };
  const anaMaria = { memberId: "m2", name: "Ana Maria" };

  it("is taken apart at the names that were chosen, the longest first", () => {
    expect(notePartsOf("Hi @Ana Maria and @Ana, not @Bob", [ana, anaMaria])).toEqual([
      { text: "Hi " },
      anaMaria,
      { text: " and " },
      ana,
      { text: ", not @Bob" },
    ]);
  });

  it("comes together again as it was", () => {
    const typed = "@Ana\n@Ana Maria 👷🏽 @ @@Ana";
    expect(noteText(notePartsOf(typed, [ana, anaMaria]))).toBe(typed);
  });

  it("cannot mention a crowd", () => {
    const crowd = Array.from({ length: 21 }, () => ana);
    expect(noteProblem(crowd)).toBe("A note can mention at most 20 people.");
  });
});

describe("links in a text", () => {
  it.each([
    ["See https://a.example/x?y=1.", "https://a.example/x?y=1"],
    ["(http://a.example)", "http://a.example"],
  ])("%s", (text, href) => {
    const pieces = withLinks(text);
    expect(pieces.flatMap((piece) => piece.href ?? [])).toEqual([href]);
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "ftp://a.example", "https://", "a.example"])(
    "%s is none",
    (text) => expect(withLinks(text)).toEqual([{ text }]),
  );
});
