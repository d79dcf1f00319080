"use client";

import { Button, Group } from "@mantine/core";
import { Facts } from "@/components/ui/Facts";
import { Panel } from "@/components/ui/Panel";
import { saveFile } from "@/components/ui/saveFile";
import { formatBytes, formatMoment } from "@/lib/format";
import classes from "./Erasures.module.css";
import type { Erasure } from "./types";

const count = (value: number) => value.toLocaleString("en-US");
const moment = (value: number | undefined) => (value === undefined ? null : formatMoment(value));

/** What was erased, on whose word, what stays and why: to print or to keep as a file. */
export function Certificate({ erasure }: { erasure: Erasure }) {
  const rows = erasure.erased.reduce((sum, each) => sum + each.rows, 0);
  return (
    <>
      <Group gap="sm" className={classes.actions}>
        <Button onClick={() => window.print()}>Print</Button>
        <Button
          variant="default"
          onClick={() =>
            saveFile(`${erasure.number}.json`, "application/json", JSON.stringify(erasure, null, 2))
          }
        >
          Download
        </Button>
      </Group>
      <Panel title={`Certificate ${erasure.number}`}>
        <Facts
          items={[
            { label: "Company", value: <bdi>{erasure.companyName}</bdi> },
            {
              label: "Fingerprint of its id",
              value: <code className={classes.fingerprint}>{erasure.fingerprint}</code>,
            },
            { label: "Asked for by", value: erasure.requestedByName },
            { label: "Asked for on", value: moment(erasure.requestedAt) },
            { label: "Reason", value: <bdi>{erasure.reason}</bdi> },
            {
              label: "Confirmed by",
              value: erasure.confirmedByName ?? "nobody took the closing back in time",
            },
            { label: "Confirmed on", value: moment(erasure.confirmedAt) },
            { label: "Began", value: moment(erasure.startedAt) },
            { label: "Done", value: moment(erasure.finishedAt) },
            {
              label: "Last look",
              value: `All tables were looked through (${count(erasure.scanned)} rows of Sunup’s own one by one): ${erasure.found === 0 ? "no trace of the company’s id was left" : `${erasure.found} traces`}.`,
            },
          ]}
        />
      </Panel>
      <Panel title="What was erased">
        <Facts
          items={[
            { label: "Rows", value: count(rows) },
            { label: "Files", value: `${count(erasure.files)} (${formatBytes(erasure.bytes)})` },
            { label: "Accounts of people", value: `${count(erasure.accounts)}, with Clerk` },
            { label: "Invitations", value: count(erasure.invitations) },
            { label: "Customers at Stripe", value: count(erasure.customers) },
            { label: "Scheduled work", value: `${count(erasure.jobs)} cancelled` },
          ]}
        />
        <Counts title="Rows erased, by table" counts={erasure.erased} />
        {erasure.nameless.length > 0 && (
          <Counts title="Rows that stay without the company" counts={erasure.nameless} />
        )}
      </Panel>
      <Panel title="What stays, and why">
        <dl className={classes.kept}>
          {erasure.kept.map(({ what, why }) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>{why}</dd>
            </div>
          ))}
        </dl>
      </Panel>
    </>
  );
}

function Counts({ title, counts }: { title: string; counts: Erasure["erased"] }) {
  const sorted = [...counts].sort((one, other) => one.table.localeCompare(other.table));
  return (
    <table className={classes.counts}>
      <caption className={classes.caption}>{title}</caption>
      <tbody>
        {sorted.map(({ table, rows }) => (
          <tr key={table}>
            <th scope="row">{table}</th>
            <td>{count(rows)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
