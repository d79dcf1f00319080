import { expect, onTestFinished, test } from "vitest";
import { Store } from "../../../local/clerk/store.ts";
import { temporaryFolder } from "./harness.ts";

function openStore(dataDir = temporaryFolder()): Store {
  const store = new Store(dataDir);
  onTestFinished(() => store.close());
  return store;
}

const mail = (id: string) => ({
  id,
  to: "ada@example.com",
  subject: id,
  text: "",
  code: null,
  link: null,
  createdAt: 0,
});

test("a transaction that throws leaves nothing of what it wrote", () => {
  const store = openStore();
  store.mails.put(mail("before"));
  expect(() =>
    store.transaction(() => {
      store.mails.put(mail("within"));
      store.transaction(() => store.mails.delete("before"));
      throw new Error("no");
    }),
  ).toThrow("no");
  expect(store.mails.all()).toEqual([mail("before")]);
});

test("records come back in the order in which they were first written", () => {
  const store = openStore();
  for (const id of ["c", "a", "b"]) store.mails.put(mail(id));
  store.mails.put({ ...mail("c"), to: "bo@example.com" });
  expect(store.mails.all().map(({ id }) => id)).toEqual(["c", "a", "b"]);
  expect(store.mails.list("to", "ada@example.com").map(({ id }) => id)).toEqual(["a", "b"]);
  expect(store.mails.find("to", "bo@example.com")?.id).toBe("c");
});

test("only the newest are kept when told so", () => {
  const store = openStore();
  for (const id of ["a", "b", "c", "d"]) store.mails.put(mail(id));
  store.mails.keepNewest(4);
  expect(store.mails.all()).toHaveLength(4);
  store.mails.keepNewest(2);
  expect(store.mails.all().map(({ id }) => id)).toEqual(["c", "d"]);
});

test("what was written is there when the store is opened again", () => {
  const dataDir = temporaryFolder();
  openStore(dataDir).mails.put(mail("kept"));
  expect(openStore(dataDir).mails.get("kept")).toEqual(mail("kept"));
});
