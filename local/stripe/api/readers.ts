/**
 * Readers turn parameters into typed values or throw Stripe's 400 with the name of the parameter.
 * A parameter that no reader expects is refused, so that the app cannot rely on what is not here.
 */
import { invalid, missingParam, StripeError } from "../errors.ts";
import type { Params, ParamValue } from "./params.ts";

/** `name` is the parameter's full name, for the error: "items[0][price]". */
export type Reader<T> = (value: ParamValue, name: string) => T;
type Shape = Record<string, Reader<unknown>>;
type Out<S extends Shape> = { [K in keyof S]: ReturnType<S[K]> };

/** Text, which must not be empty: Stripe takes an empty value as "unset". */
export const text: Reader<string> = (value, name) => {
  if (typeof value !== "string") throw invalid(`Invalid string: ${name}`, { param: name });
  if (value !== "") return value;
  throw invalid(
    `You passed an empty string for '${name}'. We assume empty values are an attempt to unset a parameter; however '${name}' cannot be unset. You should remove '${name}' from your request or supply a non-empty value.`,
    { code: "parameter_invalid_empty", param: name },
  );
};

/** A text of at most this many characters. */
export function textUpTo(length: number): Reader<string> {
  return (value, name) => {
    const given = text(value, name);
    if ([...given].length <= length) return given;
    throw invalid(
      `Invalid string: ${name} must be at most ${length} characters, and yours has ${[...given].length}.`,
      { param: name },
    );
  };
}

/** Also takes the empty value, which unsets: null. */
export function emptyable<T>(reader: Reader<T>): Reader<T | null> {
  return (value, name) => (value === "" ? null : reader(value, name));
}

/** A whole number in these bounds. */
export function integer(min = -99_999_999, max = 9_999_999_999): Reader<number> {
  return (value, name) => {
    if (typeof value !== "string" || !/^-?\d{1,12}$/.test(value)) {
      const given = typeof value === "string" ? value : name;
      throw invalid(`Invalid integer: ${given}`, {
        code: "parameter_invalid_integer",
        param: name,
      });
    }
    const number = Number(value);
    if (number < min) {
      throw invalid(`This value must be greater than or equal to ${min}.`, { param: name });
    }
    if (number > max) {
      throw invalid(`This value must be less than or equal to ${max}.`, { param: name });
    }
    return number;
  };
}

export const flag: Reader<boolean> = (value, name) => {
  if (value === "true" || value === "false") return value === "true";
  throw invalid(`Invalid boolean: ${typeof value === "string" ? value : name}`, { param: name });
};

export function oneOf<const T extends string>(...allowed: T[]): Reader<T> {
  return (value, name) => {
    const found = allowed.find((choice) => choice === value);
    if (found !== undefined) return found;
    throw invalid(`Invalid ${name}: must be one of ${allowed.join(", ")}`, { param: name });
  };
}

/** Either of two: the second reads what the first refuses. */
export function either<A, B>(first: Reader<A>, second: Reader<B>): Reader<A | B> {
  return (value, name) => {
    try {
      return first(value, name);
    } catch (error) {
      if (error instanceof StripeError) return second(value, name);
      throw error;
    }
  };
}

export function listOf<T>(reader: Reader<T>, max = 100): Reader<T[]> {
  return (value, name) => {
    if (value === "") return [];
    if (typeof value === "string") throw invalid("Invalid array", { param: name });
    const entries = Object.entries(value);
    if (entries.length > max) {
      throw invalid(`Array ${name} exceeded maximum ${max} allowed elements.`, { param: name });
    }
    return entries.map(([key, entry]) => {
      if (!/^\d+$/.test(key)) throw invalid("Invalid array", { param: name });
      return reader(entry, `${name}[${key}]`);
    });
  };
}

/** A hash of these parameters. Throws `parameter_missing` and `parameter_unknown`. */
export function hash<R extends Shape, O extends Shape>(
  required: R,
  optional: O,
): Reader<Out<R> & Partial<Out<O>>> {
  return (value, name) => {
    const full = (key: string): string => (name === "" ? key : `${name}[${key}]`);
    if (typeof value === "string") throw invalid("Invalid object", { param: name });
    const result: Record<string, unknown> = {};
    for (const [key, entry] of Object.entries(value)) {
      const reader = Object.hasOwn(required, key)
        ? required[key]
        : Object.hasOwn(optional, key)
          ? optional[key]
          : undefined;
      if (!reader) {
        throw invalid(
          `Received unknown parameter: ${full(key)}. Stripe or the local Stripe does not have it.`,
          { code: "parameter_unknown", param: full(key) },
        );
      }
      result[key] = reader(entry, full(key));
    }
    const missing = Object.keys(required).find((key) => !(key in result));
    if (missing !== undefined) throw missingParam(full(missing));
    return result as Out<R> & Partial<Out<O>>;
  };
}

/** The parameters of a whole request. */
export function read<T>(params: Params, reader: Reader<T>): T {
  return reader(params, "");
}

/** A change of metadata: an empty value removes its key, and an empty change removes all. */
export const metadata: Reader<Record<string, string> | null> = (value, name) => {
  if (value === "") return null;
  if (typeof value === "string") throw invalid("Invalid object", { param: name });
  for (const [key, entry] of Object.entries(value)) {
    const param = `${name}[${key}]`;
    if (typeof entry !== "string") throw invalid("Metadata values must be strings", { param });
    if (key.length > 40) {
      throw invalid(`Metadata keys must be at most 40 characters: ${key}`, { param });
    }
    if (entry.length > 500) {
      throw invalid("Metadata values can have up to 500 characters", { param });
    }
  }
  return { ...(value as Record<string, string>) };
};

/** Throws 400 when both of two parameters that exclude each other are given; `within` is their hash. */
export function requireOneAtMost<T extends object>(
  input: T,
  [first, second]: [keyof T & string, keyof T & string],
  within?: string,
): void {
  if (input[first] === undefined || input[second] === undefined) return;
  throw invalid(`You may only specify one of these parameters: ${first}, ${second}.`, {
    code: "parameters_exclusive",
    param: within ? `${within}[${second}]` : second,
  });
}
