import type { useSignIn } from "@clerk/nextjs";

type SignIn = ReturnType<typeof useSignIn>["signIn"];
type Failure = Promise<Error | null>;

/** The second step of a sign-in: how its code is sent and checked, both resolve to what failed. */
export type SecondFactor = {
  prompt: string;
  send?: () => Failure;
  verify: (code: string) => Failure;
};

/** The first of the account's second factors that has a six-digit code, or null. */
export function secondFactor(signIn: SignIn): SecondFactor | null {
  const offered = signIn.supportedSecondFactors.map(({ strategy }) => strategy);
  if (offered.includes("totp")) {
    return {
      prompt: "Enter the code of your authenticator app.",
      verify: async (code) => (await signIn.mfa.verifyTOTP({ code })).error,
    };
  }
  if (offered.includes("email_code")) {
    return {
      prompt: "Enter the code that we sent to your e-mail address.",
      send: async () => (await signIn.mfa.sendEmailCode()).error,
      verify: async (code) => (await signIn.mfa.verifyEmailCode({ code })).error,
    };
  }
  if (offered.includes("phone_code")) {
    return {
      prompt: "Enter the code that we sent to your phone.",
      send: async () => (await signIn.mfa.sendPhoneCode()).error,
      verify: async (code) => (await signIn.mfa.verifyPhoneCode({ code })).error,
    };
  }
  return null;
}
