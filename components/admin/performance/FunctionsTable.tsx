import { Table } from "@mantine/core";
import { SortHeading } from "@/components/ui/SortHeading";
import { OWN_BUDGETS } from "@/lib/budgets";
import { formatBytes } from "@/lib/format";
import type { FunctionSort } from "@/lib/telemetry/functionSort";
import { growsWithRows } from "@/lib/telemetry/rowGrowth";
import { countWords, durationWords, type FunctionDay, shortCount, SORT_NAMES } from "./figures";
import classes from "./Performance.module.css";
import { Sparkline } from "./Sparkline";

type FunctionsTableProps = {
  rows: FunctionDay[];
  sort: FunctionSort;
  onSort: (sort: FunctionSort) => void;
  onOpen: (path: string) => void;
};

/** One row a function; on a phone each row is a card. */
export function FunctionsTable({ rows, sort, onSort, onOpen }: FunctionsTableProps) {
  const heading = (by: FunctionSort) => <Heading {...{ by, sort, onSort }} />;
  return (
    <Table
      className={classes.table}
      highlightOnHover
      highlightOnHoverColor="var(--sunup-hover)"
      borderColor="var(--sunup-line)"
      horizontalSpacing="xs"
      verticalSpacing={6}
      aria-label="Functions"
    >
      <Table.Thead>
        <Table.Tr>
          {heading("path")}
          {heading("calls")}
          <Table.Th>By hour</Table.Th>
          {heading("failed")}
          <Table.Th className={classes.figure}>p50</Table.Th>
          {heading("p95")}
          <Table.Th className={classes.figure}>p99</Table.Th>
          {heading("documents")}
          <Table.Th className={classes.figure}>Bytes</Table.Th>
          {heading("overruns")}
          {heading("rangesPerRow")}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <FunctionRow key={row.path} row={row} onOpen={onOpen} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function FunctionRow({ row, onOpen }: { row: FunctionDay; onOpen: (path: string) => void }) {
  const { path, kind, hours, conflicts, retries, cached } = row;
  const grows = growsWithRows(row.rangesPerRow);
  const known = OWN_BUDGETS[path];
  const besides = [
    cached > 0 && `${shortCount(cached)} cached`,
    conflicts > 0 && `${shortCount(conflicts)} conflicts`,
    retries > 0 && `${shortCount(retries)} retried`,
  ].filter((words) => words !== false);
  return (
    <Table.Tr>
      <Table.Td className={classes.name}>
        <button type="button" className={classes.path} onClick={() => onOpen(path)}>
          {path}
        </button>
        <span className={classes.sub}>{[kind.replace("_", " "), ...besides].join(" · ")}</span>
        {grows && known && <span className={classes.sub}>{known.why}</span>}
      </Table.Td>
      <Figure label="Calls">{countWords(row.calls)}</Figure>
      <Table.Td data-label="By hour">
        <Sparkline
          values={hours.map(({ calls }) => calls)}
          label={`Calls by hour, at most ${Math.max(...hours.map(({ calls }) => calls))}`}
        />
      </Table.Td>
      <Figure label="Errors" bad={row.failed > 0}>
        {countWords(row.failed)}
      </Figure>
      <Figure label="p50">{durationWords(row.p50)}</Figure>
      <Figure label="p95">{durationWords(row.p95)}</Figure>
      <Figure label="p99">{durationWords(row.p99)}</Figure>
      <Figure label="Documents a call">{countWords(row.documentsPerCall)}</Figure>
      <Figure label="Bytes">{formatBytes(row.bytesRead + row.bytesWritten)}</Figure>
      <Figure label="Over budget" bad={row.overruns > 0}>
        {countWords(row.overruns)}
      </Figure>
      <Figure label="Ranges a row" bad={grows}>
        {countWords(row.rangesPerRow)}
      </Figure>
    </Table.Tr>
  );
}

type FigureProps = { label: string; bad?: boolean; children: string };

function Figure({ label, bad = false, children }: FigureProps) {
  return (
    <Table.Td className={classes.figure} data-label={label} data-bad={bad || undefined}>
      {children}
    </Table.Td>
  );
}

type HeadingProps = Pick<FunctionsTableProps, "sort" | "onSort"> & { by: FunctionSort };

/** A column's heading that orders the table by it. */
function Heading({ by, sort, onSort }: HeadingProps) {
  const order = by === "path" ? "ascending" : "descending";
  return (
    <SortHeading
      label={SORT_NAMES[by]}
      order={by === sort ? order : undefined}
      className={by === "path" ? undefined : classes.figure}
      onSort={() => onSort(by)}
    />
  );
}
