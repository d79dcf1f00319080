import { expect, test } from "vitest";
import { setupTrouble } from "../../../components/onboarding/setupTrouble.ts";
import { sunupError } from "../../../lib/errors.ts";

const WELL = { error: undefined, refused: false, unansweredMs: 0 };

test("nothing is said while all is well", () => {
  expect(setupTrouble(WELL)).toBeNull();
  expect(setupTrouble({ ...WELL, unansweredMs: 4_000 })).toBeNull();
});

test.each([
  ["a slow connection", { unansweredMs: 6_000 }, /slow.*nothing is lost/, "wait"],
  ["a server out of reach", { unansweredMs: 13_000 }, /account is safe.*We keep trying/, "reload"],
  ["a session that is not accepted", { refused: true }, /could not confirm it/, "reload"],
  [
    "an address that is not confirmed",
    { error: sunupError("EMAIL_NOT_VERIFIED") },
    /not confirmed yet\. Confirm it in your account/,
    "account",
  ],
  [
    "a deleted account",
    { error: sunupError("ACCOUNT_DELETED") },
    /was deleted.*Sign out, then sign up again/,
    "signOut",
  ],
  ["a failure of ours", { error: new Error("Server Error") }, /on our side\. Try again/, "retry"],
])("%s is explained in its own words, with what helps", (_what, situation, text, remedy) => {
  const trouble = setupTrouble({ ...WELL, ...situation });
  expect(trouble?.text).toMatch(text);
  expect(trouble?.remedy).toBe(remedy);
});

test("a refusal says more than the slow connection that goes with it", () => {
  const error = sunupError("ACCOUNT_DELETED");
  expect(setupTrouble({ error, refused: false, unansweredMs: 60_000 })?.remedy).toBe("signOut");
});
