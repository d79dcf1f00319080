import { NativeSelect } from "@mantine/core";
import {
  IMPORT_FIELD_NAMES,
  IMPORT_FIELDS,
  type ImportField,
  type ImportMapping,
} from "@/lib/leadImport";
import classes from "./LeadImport.module.css";
import type { LeadFile } from "./readLeadFile";

const PREVIEWED = 5;

type MappingTableProps = {
  file: LeadFile;
  mapping: ImportMapping;
  onChange: (mapping: ImportMapping) => void;
};

/** The first rows of a file, with what each column is. A field is one column's only. */
export function MappingTable({ file, mapping, onChange }: MappingTableProps) {
  const choose = (column: number, field: ImportField | null) =>
    onChange(
      mapping.map((each, index) => {
        if (index === column) return field;
        return each === field ? null : each;
      }),
    );
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="First rows of the file">
      <table className={classes.preview}>
        <thead>
          <tr>
            {file.headings.map((heading, column) => {
              const name = heading.trim() || `Column ${column + 1}`;
              return (
                <th key={column} scope="col">
                  <bdi className={classes.heading}>{name}</bdi>
                  <NativeSelect
                    size="xs"
                    aria-label={`What “${name}” is`}
                    value={mapping[column] ?? ""}
                    onChange={(event) =>
                      choose(column, (event.currentTarget.value || null) as ImportField | null)
                    }
                    data={[
                      { value: "", label: "Leave out" },
                      ...IMPORT_FIELDS.map((field) => ({
                        value: field,
                        label: IMPORT_FIELD_NAMES[field],
                      })),
                    ]}
                  />
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {file.rows.slice(0, PREVIEWED).map((cells, row) => (
            <tr key={row}>
              {file.headings.map((_, column) => (
                <td key={column} className={mapping[column] ? undefined : classes.dropped}>
                  <bdi>{cells[column]}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
