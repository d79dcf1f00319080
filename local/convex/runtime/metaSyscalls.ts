/** Syscalls that any function may make: who asks, what runs, handles, the audit log. */
import type { JSONValue } from "convex/values";
import { auditLog } from "./auditLog.ts";
import { functionHandle, resolveAddress, type AddressArgs } from "./address.ts";
import { SyscallError } from "./errors.ts";
import type { Execution } from "./execution.ts";
import { userOf } from "./identity.ts";
import type { Services } from "./services.ts";
import type { SyscallArgs } from "./syscalls.ts";

/** Undefined: not one of these. */
export function commonSyscall(
  services: Services,
  execution: Execution,
  op: string,
  args: SyscallArgs,
): JSONValue | undefined {
  const { request, component } = execution;
  switch (op) {
    case "1.0/getUserIdentity":
      // Components get no identity; the app decides what to hand down.
      return component === "" ? (userOf(request.identity) as JSONValue) : null;
    case "1.0/createFunctionHandle":
      return functionHandle(resolveAddress(services.deployment(), component, args as AddressArgs));
    case "1.0/getFunctionMetadata":
      return { name: execution.path, componentPath: component };
    case "1.0/getDeploymentMetadata":
      return { name: services.log.deploymentName, region: null, class: "local" };
    case "1.0/getRequestMetadata":
      if (execution.kind === "query") {
        throw new SyscallError("getRequestMetadata() is not available in queries.");
      }
      return {
        ip: request.ip,
        userAgent: request.userAgent,
        requestId: request.requestId,
        scheduledFunctionId: request.scheduledJobId,
        authToken: request.identity.kind === "user" ? request.identity.token : null,
      };
    case "1.0/auditLog":
      auditLog(services.log, execution, args.body ?? null);
      return null;
    default:
      return undefined;
  }
}
