import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { SHARD_NAMES } from "./addresses.ts";
import { takeExclusiveLock } from "./exclusiveLock.ts";
import { errorCode, Problem } from "./problem.ts";

/**
 * The folder that keeps everything a local stack remembers. `sunup.json` marks it as ours; without
 * that mark a folder that holds anything is never written to, and --fresh never deletes in it.
 */
export type DataFolder = {
  dir: string;
  convexDir: string;
  /** Of the deployment of that name, made when it is needed. */
  shardDir(name: string): string;
  clerkDir: string;
  mailDir: string;
  stripeDir: string;
  logsDir: string;
  readState(): FolderState;
  writeState(change: Partial<FolderState>): void;
  /** Gives the folder up, so that another launcher may use it. */
  release(): void;
};

type FolderState = {
  sunup: "local data";
  /** Whether the demo companies are all there; deleted demo rows then stay deleted. */
  demoSeeded: boolean;
  /** How many Convex deployments its data is spread among. */
  shards: number;
  /** The launcher that holds the folder, for the message that a second one prints. */
  heldBy?: { pid: number; appUrl: string };
};

const MARK = "sunup.json";
const MARK_BEING_WRITTEN = `${MARK}.next`;
const LOCK = "launcher.lock";
const shardFolder = (name: string) => `convex-${name}`;
const CONTENTS = [
  ...["convex", "clerk", "mail", "stripe", "logs", MARK],
  ...SHARD_NAMES.map(shardFolder),
];
/** What a first start that was killed at once may leave in a folder before its mark. */
const BEFORE_MARK = [LOCK, MARK_BEING_WRITTEN];

/**
 * Creates or opens a data folder and locks it for this process. Throws a Problem when it cannot be
 * written, is somebody else's folder, or is in use by a running stack.
 */
export function openDataFolder(dir: string, options: { fresh: boolean; appUrl: string }) {
  try {
    createFolder(dir);
    if (
      !existsSync(join(dir, MARK)) &&
      readdirSync(dir).some((name) => !BEFORE_MARK.includes(name))
    ) {
      throw new Problem(
        `The folder ${dir} holds something else than Sunup's data; choose an empty or a new one with --data.`,
      );
    }
    return lockAndPrepare(dir, options);
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      `The data folder ${dir} cannot be written (${reason(error)}); choose another with --data.`,
    );
  }
}

function lockAndPrepare(dir: string, options: { fresh: boolean; appUrl: string }): DataFolder {
  const lock = takeExclusiveLock(join(dir, LOCK));
  if (!lock) {
    const holder = readState(dir).heldBy;
    const who = holder ? ` (process ${holder.pid}, ${holder.appUrl})` : "";
    throw new Problem(
      `Sunup is already running on the data folder ${dir}${who}; stop it first, or choose another folder with --data.`,
    );
  }
  if (options.fresh) {
    for (const name of CONTENTS) rmSync(join(dir, name), { recursive: true, force: true });
  }
  const folder: DataFolder = {
    dir,
    convexDir: join(dir, "convex"),
    shardDir: (name) => {
      const shardDir = join(dir, shardFolder(name));
      createFolder(shardDir);
      return shardDir;
    },
    clerkDir: join(dir, "clerk"),
    mailDir: join(dir, "mail"),
    stripeDir: join(dir, "stripe"),
    logsDir: join(dir, "logs"),
    readState: () => readState(dir),
    writeState: (change) => writeState(dir, { ...readState(dir), ...change }),
    release: () => lock.release(),
  };
  folder.writeState({ heldBy: { pid: process.pid, appUrl: options.appUrl } });
  const { convexDir, clerkDir, mailDir, stripeDir, logsDir } = folder;
  for (const child of [convexDir, clerkDir, mailDir, stripeDir, logsDir]) createFolder(child);
  return folder;
}

// Not mkdir's own `recursive`: where the kernel says "no such file" to a new name under an existing
// folder, as /proc does, Node 24 tries for ever.
function createFolder(dir: string): void {
  if (existsSync(dir)) return;
  createFolder(dirname(dir));
  mkdirSync(dir);
}

function readState(dir: string): FolderState {
  const file = join(dir, MARK);
  const empty: FolderState = { sunup: "local data", demoSeeded: false, shards: 1 };
  return existsSync(file)
    ? { ...empty, ...(JSON.parse(readFileSync(file, "utf8")) as Partial<FolderState>) }
    : empty;
}

function writeState(dir: string, state: FolderState): void {
  const next = join(dir, MARK_BEING_WRITTEN);
  writeFileSync(next, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(next, join(dir, MARK));
}

function reason(error: unknown): string {
  switch (errorCode(error)) {
    case "EACCES":
    case "EPERM":
      return "no permission";
    case "EROFS":
      return "it is on a read-only disk";
    case "ENOSPC":
      return "the disk is full";
    case "ENOTDIR":
      return "part of its path is a file";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
