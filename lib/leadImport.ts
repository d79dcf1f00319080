import type { LeadForm } from "./leads.ts";
import { TEXT_LIMITS } from "./limits.ts";

/** Most rows and bytes of one file. A larger file is for two imports. */
export const MAX_IMPORT_ROWS = 20_000;
export const MAX_IMPORT_BYTES = 20 * 1024 * 1024;
export const MAX_IMPORT_COLUMNS = 100;

/** Rows that one transaction takes in: far below every limit of Convex. */
export const IMPORT_BATCH = 100;

/** What a column of a file can be. Names and addresses often come in parts. */
export const IMPORT_FIELDS = [
  "name",
  "firstName",
  "lastName",
  "email",
  "phone",
  "address",
  "city",
  "state",
  "zip",
  "notes",
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];
export const IMPORT_FIELD_NAMES: Record<ImportField, string> = {
  name: "Name",
  firstName: "First name",
  lastName: "Last name",
  email: "E-mail",
  phone: "Phone",
  address: "Address",
  city: "City",
  state: "State",
  zip: "ZIP code",
  notes: "Notes",
};

/** For each column what it is, or null when it is left out. */
export type ImportMapping = (ImportField | null)[];

/** What to do with a row whose e-mail address or telephone number a lead has already. */
export const DUPLICATE_RULES = ["skip", "update"] as const;
export type DuplicateRule = (typeof DUPLICATE_RULES)[number];

/**
 * Where an import stands. `full`: the plan takes no more leads this month; it goes on when
 * there is room again, like one that is running and whose browser was closed.
 */
export const IMPORT_STATUSES = ["running", "full", "done", "cancelled"] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

const HEADINGS: Record<ImportField, readonly string[]> = {
  name: ["name", "fullname", "customer", "customername", "contact", "contactname", "lead"],
  firstName: ["firstname", "first", "givenname", "forename"],
  lastName: ["lastname", "last", "surname", "familyname"],
  email: ["email", "emailaddress", "mail", "customeremail", "contactemail"],
  phone: ["phone", "phonenumber", "telephone", "mobile", "mobilephone", "cell", "tel"],
  address: ["address", "street", "streetaddress", "siteaddress", "addressline1", "fulladdress"],
  city: ["city", "town"],
  state: ["state", "province", "region"],
  zip: ["zip", "zipcode", "postalcode", "postcode"],
  notes: ["notes", "note", "comment", "comments", "message", "description"],
};

/** What each column seems to be, by its heading; each field once. */
export function guessMapping(headings: readonly string[]): ImportMapping {
  const taken = new Set<ImportField>();
  return headings.map((heading) => {
    const plain = heading.toLowerCase().replace(/[^a-z0-9]/g, "");
    const field = IMPORT_FIELDS.find((each) => HEADINGS[each].includes(plain));
    if (field === undefined || taken.has(field)) return null;
    taken.add(field);
    return field;
  });
}

/** Whether the columns can give a lead its name. */
export function mapsName(mapping: ImportMapping): boolean {
  return mapping.some((each) => each === "name" || each === "firstName" || each === "lastName");
}

/** Without the apostrophe that our own downloads put before what a spreadsheet would run. */
function textOf(cell = ""): string {
  return cell.trim().replace(/^'(?=[=+\-@])/, "");
}

/** Longer than any field takes: what is longer is refused by its row, and need not be sent whole. */
const LONGEST = TEXT_LIMITS.notes + 1;

/** The lead that a row of the file describes; it is checked where it is taken in. */
export function leadOfRow(cells: readonly string[], mapping: ImportMapping): Required<LeadForm> {
  const of = (field: ImportField) =>
    mapping
      .flatMap((each, column) => (each === field ? [textOf(cells[column])] : []))
      .filter((text) => text !== "")
      .join("\n");
  const joined = (separator: string, ...parts: string[]) =>
    parts.filter((part) => part !== "").join(separator);
  const place = joined(" ", of("state"), of("zip"));
  const lead = {
    name: of("name") || joined(" ", of("firstName"), of("lastName")),
    email: of("email"),
    phone: of("phone"),
    address: joined(", ", of("address"), of("city"), place),
    notes: of("notes"),
  };
  return Object.fromEntries(
    Object.entries(lead).map(([field, text]) => [field, text.slice(0, LONGEST)]),
  ) as Required<LeadForm>;
}
