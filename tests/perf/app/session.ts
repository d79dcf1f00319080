import { fork } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { type FunctionReference, getFunctionName } from "convex/server";
import { WebSocket } from "ws";
import { api } from "../../../convex/_generated/api.js";
import type { Id } from "../../../convex/_generated/dataModel.js";
import type { Deeds, Orders } from "../neighbours/windows.ts";
import type { Deployment } from "./deployment.ts";
import { DASHBOARD } from "../dashboard.ts";

const WINDOWS = join(import.meta.dirname, "../neighbours/windows.ts");

const PROJECTS = 3;
const WAIT_FOR_COMPANY_MS = 60_000;
/** As long as the whole measurement may take: no session changes its token meanwhile. */
const TOKEN_SECONDS = 3_600;

const page = (numItems: number) => ({ paginationOpts: { numItems, cursor: null } });

/** Told of every call: the function, and the ms until its answer was there. */
export type Clock = (name: string, ms: number) => void;

/** A company whose administrator has the dashboard open, live. */
export class Session {
  readonly #deployment: Deployment;
  readonly #userId: string;
  readonly #client: ConvexClient;
  #stages: Id<"pipelineStages">[] = [];
  #projects: Id<"projects">[] = [];
  #edits = 0;
  /** Called with the newest name whenever the live list of projects changes. */
  #onProjects: (names: string[]) => void = () => {};

  private constructor(deployment: Deployment, userId: string) {
    this.#deployment = deployment;
    this.#userId = userId;
    this.#client = newClient(deployment);
  }

  /** Signs a company up through Clerk's webhook, gives it a few projects and opens its dashboard. */
  static async open(deployment: Deployment, number: number): Promise<Session> {
    const user = await deployment.clerk.users.createUser({
      emailAddress: [`company-${number}+clerk_test@bench.example`],
      skipPasswordRequirement: true,
      firstName: "Ada",
      unsafeMetadata: { companyName: `Bench Solar ${number}`, plan: "pro" },
    });
    const session = new Session(deployment, user.id);
    const token = await session.#token();
    session.#client.setAuth(() => Promise.resolve(token));
    await session.#fill();
    await session.#openDashboard();
    return session;
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  /** Signs in anew and opens the dashboard once. */
  async signIn(clock: Clock): Promise<void> {
    const began = performance.now();
    const http = new ConvexHttpClient(this.#deployment.convexUrl, { logger: false });
    http.setAuth(await this.#token());
    await Promise.all(
      DASHBOARD.map(([query, args]) =>
        timed(clock, query, () => http.query(query as FunctionReference<"query">, args)),
      ),
    );
    clock("sign_in", performance.now() - began);
  }

  /** The board: the first page of every column. */
  async openBoard(clock: Clock): Promise<void> {
    await Promise.all(
      this.#stages.map((stageId) =>
        timed(clock, api.projects.list, () =>
          this.#client.query(api.projects.list, { ...page(20), stageId }),
        ),
      ),
    );
  }

  /** One column of the board. */
  async look(clock: Clock): Promise<void> {
    const args = { ...page(20), stageId: this.#stages[0]! };
    await timed(clock, api.projects.list, () => this.#client.query(api.projects.list, args));
  }

  /** Renames the project that changed last, and waits until the open dashboard shows it. */
  async rename(clock: Clock): Promise<void> {
    const projectId = this.#projects.at(-1)!;
    const name = `Roof, ${++this.#edits} times renamed`;
    const began = performance.now();
    const shown = new Promise<void>((resolve) => {
      this.#onProjects = (names) => {
        if (names.includes(name)) resolve();
      };
    });
    await timed(clock, api.projects.update, () =>
      this.#client.mutation(api.projects.update, { projectId, name }),
    );
    await shown;
    clock("push", performance.now() - began);
  }

  /** Moves a project along the first two stages. */
  async move(clock: Clock): Promise<void> {
    const stageId = this.#stages[++this.#edits % 2]!;
    const projectId = this.#projects[0]!;
    await timed(clock, api.projects.moveToStage, () =>
      this.#client.mutation(api.projects.moveToStage, { projectId, stageId }),
    );
  }

  async takeLead(clock: Clock): Promise<void> {
    const lead = { name: `Lou ${++this.#edits}`, email: `lou${this.#edits}@lead.example` };
    await timed(clock, api.leads.create, () => this.#client.mutation(api.leads.create, lead));
  }

  async search(clock: Clock): Promise<void> {
    await timed(clock, api.search.find, () =>
      this.#client.query(api.search.find, { words: "roof" }),
    );
  }

  /** Calls from so many windows, in a process of their own, as fast as answers come, until `over`. */
  async hammer(windows: number, over: AbortSignal): Promise<Deeds> {
    const [projectId, stageId] = [this.#projects[0]!, this.#stages[0]!];
    const { convexUrl } = this.#deployment;
    const child = fork(WINDOWS);
    const orders: Orders = { convexUrl, token: await this.#token(), windows, projectId, stageId };
    child.send(orders);
    over.addEventListener("abort", () => child.send("over"), { once: true });
    try {
      return await new Promise<Deeds>((resolve, reject) => {
        child.once("message", (deeds) => resolve(deeds as Deeds));
        child.once("exit", () => reject(new Error("The noisy windows ended before their time.")));
      });
    } finally {
      child.kill();
    }
  }

  async #token(): Promise<string> {
    const { sessions } = this.#deployment.clerk;
    const { id } = await sessions.createSession({ userId: this.#userId });
    return (await sessions.getToken(id, "convex", TOKEN_SECONDS)).jwt;
  }

  async #fill(): Promise<void> {
    const limit = Date.now() + WAIT_FOR_COMPANY_MS;
    while ((await this.#client.query(api.onboarding.status, {})).status !== "ready") {
      if (Date.now() > limit) throw new Error("A company did not appear after its sign-up.");
      await sleep(50);
    }
    const stages = await this.#client.query(api.pipelineStages.list, {});
    this.#stages = stages.map(({ _id }) => _id);
    for (let n = 0; n < PROJECTS; n++) {
      const project = { name: `Roof ${n}`, customerName: "Joan Miller", stageId: this.#stages[0]! };
      this.#projects.push(await this.#client.mutation(api.projects.create, project));
    }
  }

  async #openDashboard(): Promise<void> {
    await Promise.all(
      DASHBOARD.map(
        ([query, args]) =>
          new Promise<void>((resolve) => {
            this.#client.onUpdate(query as FunctionReference<"query">, args, (result) => {
              if (getFunctionName(query) === "projects:list") this.#onProjects(namesIn(result));
              resolve();
            });
          }),
      ),
    );
  }
}

function newClient({ convexUrl }: Deployment): ConvexClient {
  return new ConvexClient(convexUrl, {
    webSocketConstructor: WebSocket as unknown as typeof globalThis.WebSocket,
    unsavedChangesWarning: false,
    logger: false,
  });
}

function namesIn(result: unknown): string[] {
  return (result as { page: { name: string }[] }).page.map(({ name }) => name);
}

async function timed<Result>(
  clock: Clock,
  fn: FunctionReference<"query" | "mutation">,
  call: () => Promise<Result>,
): Promise<Result> {
  const began = performance.now();
  const result = await call();
  clock(getFunctionName(fn).replace(":", "."), performance.now() - began);
  return result;
}
