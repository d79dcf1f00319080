import { describe, expect, it } from "vitest";
import { cleanFileName, deliveryHeaders, fileProblem, requestedRange } from "../../lib/files.ts";

describe("a file's name", () => {
  it.each([
    ["roof.jpg", "roof.jpg"],
    ["C:\\Users\\ada\\roof.jpg", "roof.jpg"],
    ["../../etc/passwd", "passwd"],
    ["", "file"],
    ["..//", "file"],
    ["a\r\nSet-Cookie: b", "aSet-Cookie: b"],
    ["photo\u202Egpj.exe", "photogpj.exe"],
    ["屋根 🌞.png", "屋根 🌞.png"],
    ["x".repeat(300), "x".repeat(200)],
  ])("%j is kept as %j", (given, kept) => {
    expect(cleanFileName(given)).toBe(kept);
  });

  it("of any script is a header's value", () => {
    for (const name of ["a\"b'c(d)*;\u0000.png", "屋根 🌞.png", "\ud800broken.png"]) {
      const header = deliveryHeaders({ name, contentType: "image/png", sha256: "" })[
        "content-disposition"
      ];
      expect(header).toMatch(/^inline; filename\*=UTF-8''[\w.~!%-]+$/);
    }
  });
});

describe("what a browser does with a file", () => {
  const headers = (contentType: string) => {
    const given = deliveryHeaders({ name: "f", contentType, sha256: "" });
    return [given["content-type"], given["content-disposition"]?.split(";")[0]];
  };

  it("shows pictures", () => {
    expect(headers("image/png")).toEqual(["image/png", "inline"]);
    expect(headers("IMAGE/JPEG; charset=x")).toEqual(["image/jpeg", "inline"]);
  });

  it("shows PDF in its own viewer: as nothing else, and without a script of ours", () => {
    expect(headers("application/pdf")).toEqual(["application/pdf", "inline"]);
    const given = deliveryHeaders({ name: "f", contentType: "application/pdf", sha256: "" });
    expect(given["x-content-type-options"]).toBe("nosniff");
    expect(given["content-security-policy"]).toMatch(/^default-src 'none';/);
    expect(given["content-security-policy"]).not.toContain("script-src");
  });

  it("saves documents", () => {
    expect(headers("text/csv")).toEqual(["text/csv", "attachment"]);
  });

  it.each([
    "text/html",
    "image/svg+xml",
    "application/xhtml+xml",
    "text/xml",
    "text/javascript",
    "",
    "x",
  ])("saves %j as bytes without a meaning", (contentType) => {
    expect(headers(contentType)).toEqual(["application/octet-stream", "attachment"]);
  });
});

describe("a logo", () => {
  it.each([
    [{ size: 2 * 1024 * 1024, contentType: "image/png" }, null],
    [{ size: 1, contentType: "image/webp" }, null],
    [{ size: 2 * 1024 * 1024 + 1, contentType: "image/png" }, "A logo can have at most 2 MB."],
    [{ size: 0, contentType: "image/png" }, "The file is empty."],
    [{ size: 1, contentType: "image/svg+xml" }, "A logo must be PNG, JPEG, or WEBP."],
    [{ size: 1, contentType: undefined }, "A logo must be PNG, JPEG, or WEBP."],
  ])("%o: %s", (file, problem) => {
    expect(fileProblem("logo", file)).toBe(problem);
  });
});

it("a range has both ends, or there is none", () => {
  expect(requestedRange(null, 10)).toEqual({ start: 0, end: 9 });
  expect(requestedRange("bytes=0-0", 10)).toEqual({ start: 0, end: 0 });
  expect(requestedRange("bytes=-99", 10)).toEqual({ start: 0, end: 9 });
  expect(requestedRange("bytes=-", 10)).toBeNull();
  expect(requestedRange("bytes=10-", 10)).toBeNull();
  expect(requestedRange("bytes=1e1-2", 10)).toBeNull();
});
