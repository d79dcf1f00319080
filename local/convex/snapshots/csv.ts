/** CSV as `npx convex import` takes it: a header of field names; a cell is a number if it reads as one, else text. */
import Papa from "papaparse";
import type { FieldsJson } from "../store/types.ts";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** @throws Error that names the row. */
export function parseCsv(text: string): FieldsJson[] {
  // A byte order mark would become part of the first field's name.
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), {
    delimiter: ",",
    skipEmptyLines: true,
  });
  const broken = errors[0];
  if (broken !== undefined)
    throw new Error(`Row ${broken.row ?? 0} of the CSV: ${broken.message}.`);
  const [header, ...rows] = data;
  if (header === undefined) throw new Error("The CSV file has no header.");
  const names = header.map((name) => name.trim());
  return rows.map((cells, i) => {
    if (cells.length !== names.length) {
      throw new Error(
        `Row ${i + 1} of the CSV has ${cells.length} fields, but the header ${names.length}.`,
      );
    }
    return Object.fromEntries(names.map((name, at) => [name, valueOf(cells[at]!)]));
  });
}

function valueOf(cell: string): string | number {
  return NUMBER.test(cell) ? Number(cell) : cell;
}
