import type { GenericDatabaseReader, GenericDatabaseWriter } from "convex/server";
import type { DataModel } from "../_generated/dataModel";
import type { DatabaseReader, DatabaseWriter } from "../_generated/server";
import { platformReader, platformWriter } from "./rules";
import type { PlatformTable } from "./tables";

/** The database of what belongs to no tenant, for reading. */
export type PlatformReader = Omit<
  GenericDatabaseReader<Pick<DataModel, PlatformTable>>,
  "system" | "vars"
>;

/** Platform tables for reading; see `platformDb`. */
export function platformReaderDb(db: DatabaseReader): PlatformReader {
  const ruled: PlatformReader = platformReader(db);
  return {
    get: ruled.get.bind(ruled),
    query: ruled.query.bind(ruled),
    normalizeId: ruled.normalizeId.bind(ruled),
  };
}

/** The database of what belongs to no tenant. */
export type PlatformDb = Omit<
  GenericDatabaseWriter<Pick<DataModel, PlatformTable>>,
  "system" | "vars"
>;

/**
 * Platform tables for reading and writing. Tenants' tables neither compile here nor,
 * by the rules underneath, answer.
 */
export function platformDb(db: DatabaseWriter): PlatformDb {
  const ruled: PlatformDb = platformWriter(db);
  return {
    get: ruled.get.bind(ruled),
    query: ruled.query.bind(ruled),
    normalizeId: ruled.normalizeId.bind(ruled),
    insert: ruled.insert.bind(ruled),
    patch: ruled.patch.bind(ruled),
    replace: ruled.replace.bind(ruled),
    delete: ruled.delete.bind(ruled),
  };
}
