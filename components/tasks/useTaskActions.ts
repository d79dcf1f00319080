import { useMutation } from "convex/react";
import { toastError, toastUndo, withdrawUndo } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { showTask } from "./optimisticTasks";
import type { Task } from "./types";

/** What an editor of a task gives back; an empty day and a null assignee are none. */
export type TaskEdit = { title: string; dueDay: string; assigneeId: Id<"members"> | null };

/** Checks off, changes and removes tasks: seen at once, taken back with a sentence when refused. */
export function useTaskActions() {
  const setDone = useMutation(api.tasks.setDone).withOptimisticUpdate((store, { taskId, done }) =>
    showTask(store, taskId, { state: done ? "done" : "open" }),
  );
  const update = useMutation(api.tasks.update).withOptimisticUpdate((store, change) =>
    showTask(store, change.taskId, {
      ...(change.title === undefined ? {} : { title: change.title.trim() }),
      ...(change.dueDay === undefined ? {} : { dueDay: change.dueDay || undefined }),
      ...(change.assigneeId === undefined ? {} : { assigneeId: change.assigneeId ?? undefined }),
    }),
  );
  const remove = useMutation(api.tasks.remove).withOptimisticUpdate((store, { taskId }) =>
    showTask(store, taskId, null),
  );
  const restore = useMutation(api.tasks.restore);
  return {
    check: async ({ _id: taskId, title }: Task, done: boolean) => {
      withdrawUndo();
      try {
        await setDone({ taskId, done });
        if (!done) return;
        toastUndo(`Done: “${title}”.`, () => {
          setDone({ taskId, done: false }).catch(toastError);
        });
      } catch (thrown) {
        toastError(thrown);
      }
    },
    save: async ({ _id: taskId }: Task, edit: TaskEdit) => {
      await update({ taskId, ...edit }).catch(toastError);
    },
    remove: async ({ _id: taskId, title }: Task) => {
      withdrawUndo();
      try {
        await remove({ taskId });
        toastUndo(`Removed “${title}”.`, () => {
          restore({ taskId }).catch(toastError);
        });
      } catch (thrown) {
        toastError(thrown);
      }
    },
  };
}
