import type { JoinRefusal } from "@/lib/team";

/** Why an invitation is not good, and what to do about it. */
export const REFUSALS: Record<JoinRefusal, { title: string; text: string }> = {
  unknown: {
    title: "This invitation is not there",
    text: "The link is not complete, or it is a very old one. Open it again from the mail, or ask for a new invitation.",
  },
  used: {
    title: "This invitation has been used",
    text: "An invitation is good for one person, once. If that was you, sign in with the e-mail address it went to.",
  },
  revoked: {
    title: "This invitation was withdrawn",
    text: "The company took it back. Ask the person who invited you if you think that is a mistake.",
  },
  expired: {
    title: "This invitation has expired",
    text: "Invitations are good for seven days. Ask the person who invited you to send it again.",
  },
  otherAddress: {
    title: "This invitation is for somebody else",
    text: "It went to another e-mail address than that of your account. Sign in with that address, or ask to be invited at yours.",
  },
  otherCompany: {
    title: "Your account belongs to a company already",
    text: "One account belongs to one company. Ask to be invited at another e-mail address, and join with that one.",
  },
  companyClosed: {
    title: "The company takes nobody in just now",
    text: "Its account is paused or being closed. Ask the person who invited you.",
  },
};
