import { saveFile } from "./saveFile";

/** One line of a CSV file; what is undefined stays empty. */
export type CsvRow = (string | number | undefined)[];

/** Rows as CSV (RFC 4180) that a spreadsheet opens as it is: a byte-order mark, and no text that runs as a formula. */
export function toCsv(rows: CsvRow[]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** Spreadsheets run what begins with these (OWASP, CSV injection); an apostrophe keeps it text. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: CsvRow[number]): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Has the browser save rows as a CSV file of that name. */
export function saveCsv(name: string, rows: CsvRow[]): void {
  saveFile(name, "text/csv", toCsv(rows));
}
