import type { Account } from "../account.ts";
import type { StripeError } from "../errors.ts";
import type { Params } from "./params.ts";

/** One request of the API: the key has been checked, the parameters are unnested, `expand` is taken out. */
export interface Call {
  account: Account;
  /** The id in the path; empty where the path has none. */
  id: string;
  params: Params;
}

/** An object to answer with, or the error that a declined payment is. */
export type Answer = object | StripeError;

export interface ApiRoute {
  method: "GET" | "POST" | "DELETE";
  /** With `:id` for the id. */
  path: string;
  handle(call: Call): Answer;
}

export const get = route("GET");
export const post = route("POST");
export const del = route("DELETE");

function route(method: ApiRoute["method"]) {
  return (path: string, handle: ApiRoute["handle"]): ApiRoute => ({
    method,
    path: `/v1/${path}`,
    handle,
  });
}
