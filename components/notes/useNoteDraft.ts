import { useLocalStorage } from "@mantine/hooks";
import { useOwnMember } from "@/components/workspace/useOwnMember";
import { EMPTY_DRAFT, type NoteDraft } from "./types";

/**
 * The note that the member has begun on a project. It outlives leaving the page and a crash, on
 * this computer, until it is posted or emptied.
 */
export function useNoteDraft(projectId: string) {
  const member = useOwnMember();
  const [stored, setDraft, forget] = useLocalStorage<NoteDraft>({
    key: `sunup-note-${member._id}-${projectId}`,
    defaultValue: EMPTY_DRAFT,
    getInitialValueInEffect: false,
  });
  // Whatever else may stand there, such as what an older version left, is no draft.
  const draft =
    typeof stored?.text === "string" && Array.isArray(stored.mentioned) ? stored : EMPTY_DRAFT;
  return [
    draft,
    (next: NoteDraft) => (next.text === "" ? forget() : setDraft(next)),
    forget,
  ] as const;
}
