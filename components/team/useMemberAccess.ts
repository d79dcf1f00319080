import { useMutation } from "convex/react";
import { toastError, toastSuccess, toastUndo } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import type { TeamMember } from "./types";

/** Turns a member's access off, with an Undo, and on again. */
export function useMemberAccess({ _id: memberId, name }: TeamMember) {
  const deactivate = useMutation(api.members.deactivate);
  const reactivate = useMutation(api.members.reactivate);
  const [turnOn] = useExclusive(async () => {
    try {
      await reactivate({ memberId });
      toastSuccess(`${name} has access again.`);
    } catch (thrown) {
      toastError(thrown);
    }
  });
  const [turnOff] = useExclusive(async () => {
    try {
      await deactivate({ memberId });
      toastUndo(`${name}’s access is off.`, () => void turnOn());
    } catch (thrown) {
      toastError(thrown);
    }
  });
  return { turnOff, turnOn };
}
