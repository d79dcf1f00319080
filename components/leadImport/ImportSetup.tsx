"use client";

import { Alert, Button, NativeSelect, Radio, Stack } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState } from "react";
import { Panel } from "@/components/ui/Panel";
import { toastError } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { type DuplicateRule, guessMapping, type ImportMapping, mapsName } from "@/lib/leadImport";
import { count, roomWords, statusWords } from "./importWords";
import classes from "./LeadImport.module.css";
import { MappingTable } from "./MappingTable";
import type { LeadFile } from "./readLeadFile";
import type { ImportRow } from "./types";

type ImportSetupProps = {
  file: LeadFile;
  /** The import of this same file that did not come to its end. */
  unfinished: ImportRow | undefined;
  onStarted: (importId: Id<"leadImports">) => void;
  onBack: () => void;
};

/** The look before an import: which column is what, and what to do with duplicates. */
export function ImportSetup({ file, unfinished, onStarted, onBack }: ImportSetupProps) {
  const start = useMutation(api.leadImports.start);
  const campaigns = useLiveQuery(api.campaigns.list, {});
  const room = useLiveQuery(api.leads.allowance, {});
  const [mapping, setMapping] = useState<ImportMapping>(() => guessMapping(file.headings));
  const [duplicates, setDuplicates] = useState<DuplicateRule>("skip");
  const [chosen, setChosen] = useState<string | null>(null);
  const open =
    campaigns.status === "ready"
      ? campaigns.data.filter(({ archivedAt }) => archivedAt === undefined)
      : [];
  const campaign =
    open.find(({ _id }) => _id === chosen) ?? open.find(({ isDefault }) => isDefault) ?? open[0];
  const left = file.rows.length - (unfinished?.nextRow ?? 0);
  const short = room.status === "ready" ? roomWords(room.data, left) : null;

  const [begin, busy] = useExclusive(async () => {
    if (unfinished) return onStarted(unfinished._id);
    if (!campaign) return;
    try {
      onStarted(
        await start({
          ...{ fileName: file.name, fingerprint: file.fingerprint, rows: file.rows.length },
          ...{ mapping, duplicates, campaignId: campaign._id },
        }),
      );
    } catch (thrown) {
      toastError(thrown);
    }
  });

  return (
    <Panel title={file.name}>
      <Stack gap="md">
        {unfinished ? (
          <Alert color="lake" title="This file was begun before">
            {statusWords(unfinished)} It goes on with the columns and choices of its start.
          </Alert>
        ) : (
          <>
            <MappingTable file={file} mapping={mapping} onChange={setMapping} />
            <div className={classes.options}>
              <Radio.Group
                label="When a lead with the same e-mail or phone is there already"
                value={duplicates}
                onChange={(value) => setDuplicates(value as DuplicateRule)}
              >
                <Stack gap={8} mt={8}>
                  <Radio value="skip" label="Skip the row" />
                  <Radio value="update" label="Update that lead with what the row says" />
                </Stack>
              </Radio.Group>
              <NativeSelect
                label="Campaign"
                value={campaign?._id ?? ""}
                data={open.map(({ _id, name }) => ({ value: _id, label: name }))}
                onChange={(event) => setChosen(event.currentTarget.value)}
              />
            </div>
            {!mapsName(mapping) && (
              <Alert color="sun" role="status" title="Which column is the name?">
                Choose “Name”, “First name” or “Last name” for one of the columns.
              </Alert>
            )}
          </>
        )}
        {short && (
          <Alert color="sun" role="status" title="Not all of them fit">
            {short}
          </Alert>
        )}
        <div className={classes.buttons}>
          <Button
            loading={busy}
            disabled={!unfinished && (!mapsName(mapping) || !campaign)}
            onClick={() => void begin()}
          >
            {unfinished ? "Go on with" : "Import"} {count(left, "row", "rows")}
          </Button>
          <Button variant="default" onClick={onBack}>
            Choose another file
          </Button>
        </div>
      </Stack>
    </Panel>
  );
}
