import { expect, test } from "vitest";
import { uploadQueue } from "../../../components/documents/uploadQueue.ts";
import { sunupError } from "../../../lib/errors.ts";

const file = (name: string, type = "application/pdf") => new File(["x"], name, { type });

/** A queue whose files arrive or fail when the test says so. */
function controlled() {
  const under: { name: string; arrive: () => void; fail: (error: unknown) => void }[] = [];
  const kinds: string[] = [];
  const queue = uploadQueue(async (sent, settleKind, { signal }) => {
    await new Promise<void>((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason as Error));
      under.push({ name: sent.name, arrive: resolve, fail: reject });
    });
    kinds.push(settleKind());
  });
  const states = () => queue.uploads().map((each) => `${each.file.name} ${each.state}`);
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { queue, under, kinds, states, settle };
}

test("three files are sent at once, and the next one when one has arrived", async () => {
  const { queue, under, states, settle } = controlled();
  queue.add(["a", "b", "c", "d"].map((name) => file(`${name}.pdf`)));
  expect(states()).toEqual([
    ...["a.pdf sending", "b.pdf sending", "c.pdf sending"],
    "d.pdf waiting",
  ]);
  under[1]!.arrive();
  await settle();
  expect(states()).toEqual(["a.pdf sending", "c.pdf sending", "d.pdf sending"]);
});

test("the kind that was chosen while the file was sent is the one it gets", async () => {
  const { queue, under, kinds, settle } = controlled();
  queue.add([file("PTO letter.pdf")]);
  const [upload] = queue.uploads();
  expect(upload?.kind).toBe("ptoLetter");
  queue.setKind(upload!.id, "permit");
  under[0]!.arrive();
  await settle();
  expect(kinds).toEqual(["permit"]);
  expect(queue.uploads()).toEqual([]);
});

test("once a file is being saved its kind stays, for it is on its way already", async () => {
  const kinds: string[] = [];
  const saved = Promise.withResolvers<void>();
  const queue = uploadQueue(async (_file, settleKind) => {
    kinds.push(settleKind());
    await saved.promise;
  });
  queue.add([file("PTO letter.pdf")]);
  const { id } = queue.uploads()[0]!;
  queue.setKind(id, "permit");
  expect(queue.uploads()).toMatchObject([{ state: "saving", kind: "ptoLetter" }]);
  expect(kinds).toEqual(["ptoLetter"]);
  saved.resolve();
  await saved.promise;
});

test("what is ended leaves the list, makes room for the next, and never becomes a document", async () => {
  const { queue, kinds, states, settle } = controlled();
  queue.add(["a", "b", "c", "d"].map((name) => file(`${name}.pdf`)));
  queue.drop(queue.uploads()[0]!.id);
  await settle();
  expect(states()).toEqual(["b.pdf sending", "c.pdf sending", "d.pdf sending"]);
  expect(kinds).toEqual([]);
});

test("a failed file says why, and is sent again when that can help", async () => {
  const { queue, under, states, settle } = controlled();
  queue.add([file("a.pdf"), file("b.pdf")]);
  under[0]!.fail(sunupError("CONFLICT", { message: "The file did not arrive." }));
  under[1]!.fail(sunupError("INVALID", { message: "The file is empty." }));
  await settle();
  const [first, second] = queue.uploads();
  expect(first).toMatchObject({ state: "failed", retryable: true });
  expect(first?.problem).toContain("The file did not arrive.");
  expect(second).toMatchObject({ state: "failed", retryable: false });
  queue.retry(first!.id);
  under[2]!.arrive();
  await settle();
  expect(states()).toEqual(["b.pdf failed"]);
});

test("what can be no document is not sent at all", () => {
  const { queue, under, states } = controlled();
  queue.add([file("page.html", "text/html"), new File([], "empty.pdf")]);
  expect(under).toEqual([]);
  expect(states()).toEqual(["page.html failed", "empty.pdf failed"]);
});
