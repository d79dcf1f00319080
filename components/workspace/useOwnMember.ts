import { useMember } from "./MemberContext";

/** The signed-in member, for what is only ever shown to one. Throws for Sunup's staff in an entry. */
export function useOwnMember() {
  const { member } = useMember();
  if (member === null) throw new Error("This is for the company's own people.");
  return member;
}
