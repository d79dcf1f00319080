import { ClerkAPIResponseError } from "@clerk/nextjs/errors";
import { describe, expect, test } from "vitest";
import { clerkProblems } from "../../../components/auth/clerkProblems.ts";
import { splitName } from "../../../components/auth/personName.ts";

function refused(code: string, parameter?: string): ClerkAPIResponseError {
  return new ClerkAPIResponseError("refused", {
    status: 422,
    data: [{ code, message: "m", long_message: "Said by Clerk.", meta: { param_name: parameter } }],
  });
}

describe("what Clerk refuses, in plain words", () => {
  test("nothing refused is no problem", () => {
    expect(clerkProblems(null)).toEqual([]);
    expect(clerkProblems(undefined)).toEqual([]);
  });

  test("a taken address is the e-mail field's problem", () => {
    expect(clerkProblems(refused("form_identifier_exists", "email_address"))).toEqual([
      { field: "email", message: expect.stringContaining("has an account already") },
    ]);
  });

  test("an unknown address and a wrong password look alike", () => {
    const unknown = clerkProblems(refused("form_identifier_not_found", "identifier"));
    expect(unknown).toEqual(clerkProblems(refused("form_password_incorrect", "password")));
    expect(unknown[0]?.field).toBe("password");
  });

  test.each(["form_code_incorrect", "verification_expired", "verification_failed"])(
    "%s is the code field's problem",
    (code) => {
      expect(clerkProblems(refused(code, "code"))[0]?.field).toBe("code");
    },
  );

  test("a code that we do not know keeps Clerk's sentence at its field", () => {
    expect(clerkProblems(refused("form_new_rule", "password"))).toEqual([
      { field: "password", message: "Said by Clerk." },
    ]);
  });

  test("anything else is one sentence for the whole form", () => {
    for (const thrown of [refused("odd"), new Error("boom"), "boom", 7]) {
      const problems = clerkProblems(thrown);
      expect(problems).toHaveLength(1);
      expect(problems[0]?.field).toBeUndefined();
      expect(problems[0]?.message).not.toContain("boom");
    }
  });
});

test.each([
  ["Cher", { firstName: "Cher" }],
  ["  Ada   Lovelace ", { firstName: "Ada", lastName: "Lovelace" }],
  ["Ludwig van Beethoven", { firstName: "Ludwig van", lastName: "Beethoven" }],
])("the name %j is split for Clerk", (name, expected) => {
  expect(splitName(name)).toEqual(expected);
});
