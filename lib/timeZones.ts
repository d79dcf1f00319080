/** Where a company is taken to be until it says otherwise. */
export const DEFAULT_TIME_ZONE = "America/New_York";

/** True for a name of the IANA time zone database, such as "America/Denver"; offsets are no place. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en-US", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
