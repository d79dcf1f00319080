/** `log.audit` of convex/server: what a function writes for the record, with facts of its request. */
import type { JSONValue } from "convex/values";
import type { LogSink } from "../logs/sink.ts";
import { SyscallError } from "./errors.ts";
import { isTransaction, type Execution } from "./execution.ts";

/** Of a mutation, and of what it calls, written only when it has committed. */
export function auditLog(log: LogSink, execution: Execution, body: JSONValue): void {
  const line = withFacts(execution, body);
  const write = () => log.audit(execution, line);
  if (changesData(execution)) execution.shared.afterCommit.push(write);
  else write();
}

function changesData(execution: Execution): execution is Extract<Execution, { tx: unknown }> {
  if (!isTransaction(execution)) return false;
  return (
    execution.kind === "mutation" || (execution.parent !== null && changesData(execution.parent))
  );
}

/** `log.vars.ip` and the like arrive as `{$var: "ip"}`. */
function withFacts(execution: Execution, value: JSONValue): JSONValue {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((element) => withFacts(execution, element));
  if (typeof value.$var === "string") return factOf(execution, value.$var);
  const fields = Object.entries(value).map(([name, field]) => [name, withFacts(execution, field)]);
  return Object.fromEntries(fields) as JSONValue;
}

function factOf({ request }: Execution, name: string): JSONValue {
  switch (name) {
    case "requestId":
      return request.requestId;
    case "ip":
      return request.ip;
    case "userAgent":
      return request.userAgent;
    case "now":
      return Date.now();
    case "convexActor":
      return null; // members of a Convex team, whom the engine does not know
    default:
      throw new SyscallError(`Unknown audit log variable: "${name}"`);
  }
}
