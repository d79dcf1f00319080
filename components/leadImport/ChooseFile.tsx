"use client";

import { Alert, Button, FileButton } from "@mantine/core";
import { IconFileSpreadsheet } from "@tabler/icons-react";
import { type DragEvent, useState } from "react";
import { Panel } from "@/components/ui/Panel";
import { MAX_IMPORT_BYTES, MAX_IMPORT_ROWS } from "@/lib/leadImport";
import classes from "./LeadImport.module.css";
import type { LeadFile } from "./readLeadFile";

type ChooseFileProps = { onChosen: (file: LeadFile) => void };

/** Chooses a CSV file, by the button or by dropping it, and says what is wrong with it. */
export function ChooseFile({ onChosen }: ChooseFileProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [reading, setReading] = useState(false);
  const [over, setOver] = useState(false);

  async function choose(file: File | null) {
    if (file === null || reading) return;
    setProblem(null);
    setReading(true);
    // The parser is loaded with the first file.
    const { FileProblem, readLeadFile } = await import("./readLeadFile");
    try {
      onChosen(await readLeadFile(file));
    } catch (thrown) {
      setProblem(
        thrown instanceof FileProblem
          ? thrown.message
          : "This file could not be read. Choose it once more.",
      );
    } finally {
      setReading(false);
    }
  }

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    void choose(event.dataTransfer.files[0] ?? null);
  }

  return (
    <Panel>
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <IconFileSpreadsheet size={34} stroke={1.5} aria-hidden />
        <p className={classes.hint}>
          Drop a CSV file here, or choose one. Its first row names the columns; at most{" "}
          {MAX_IMPORT_ROWS.toLocaleString("en-US")} rows and {MAX_IMPORT_BYTES / 1024 / 1024} MB.
        </p>
        <FileButton
          accept=".csv,.txt,text/csv"
          inputProps={{ "aria-label": "CSV file" }}
          onChange={(file) => void choose(file)}
        >
          {(props) => (
            <Button {...props} loading={reading}>
              Choose a file
            </Button>
          )}
        </FileButton>
      </div>
      {problem && (
        <Alert color="red" role="alert" mt="md" title="This file cannot be imported">
          {problem}
        </Alert>
      )}
    </Panel>
  );
}
