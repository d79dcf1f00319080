import { setTimeout as sleep } from "node:timers/promises";
import type { FunctionReturnType } from "convex/server";
import { internal } from "../../convex/_generated/api.js";
import type { Id } from "../../convex/_generated/dataModel.js";
import { Problem } from "../launcher/problem.ts";
import { runInternal } from "../launcher/runInternal.ts";

export type RestoreState = FunctionReturnType<typeof internal.archives.restore.read>;

type Deployment = { convexUrl: string; convexAdminKey: string };
type Wanted = { archive: Blob; company: string; reason: string };

const LOOK_MS = 250;

/**
 * Sends an archive to a deployment and has it restored into the company; resolves once that is done.
 * Throws a Problem that says why it was refused, or how far it came.
 */
export async function restoreArchive(
  deployment: Deployment,
  { archive, company, reason }: Wanted,
  onProgress: (state: RestoreState) => void = () => {},
): Promise<RestoreState> {
  const { upload, begin, read } = internal.archives.restore;
  const address = await runInternal(deployment, "mutation", upload, { company });
  const headers = { "content-type": "application/zip" };
  const sent = await fetch(address, { method: "POST", headers, body: archive });
  if (!sent.ok) throw new Problem(`The archive could not be sent: ${await sent.text()}`);
  const { storageId } = (await sent.json()) as { storageId: Id<"_storage"> };
  const begun = await runInternal(deployment, "mutation", begin, { company, storageId, reason });
  for (;;) {
    const state = await runInternal(deployment, "query", read, begun);
    onProgress(state);
    if (state.state === "done") return state;
    if (state.state === "refused") throw new Problem(`${state.problem} Nothing was written.`);
    if (state.state === "failed") {
      throw new Problem(
        `${state.problem} ${state.rows} rows were written: close the company, and begin with a new one.`,
      );
    }
    await sleep(LOOK_MS);
  }
}
