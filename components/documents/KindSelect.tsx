import { NativeSelect } from "@mantine/core";
import { DOCUMENT_KIND_NAMES, DOCUMENT_KINDS, type DocumentKind } from "@/lib/documents";
import classes from "./Documents.module.css";

const OPTIONS = DOCUMENT_KINDS.map((kind) => ({ value: kind, label: DOCUMENT_KIND_NAMES[kind] }));

type KindSelectProps = {
  /** The document's name. */
  name: string;
  kind: DocumentKind;
  disabled?: boolean;
  onChange: (kind: DocumentKind) => void;
};

/** What kind of document it is, changed where it stands. */
export function KindSelect({ name, kind, disabled, onChange }: KindSelectProps) {
  return (
    <NativeSelect
      aria-label={`Kind of ${name}`}
      size="xs"
      className={classes.kind}
      value={kind}
      data={OPTIONS}
      disabled={disabled}
      onChange={(event) => onChange(event.currentTarget.value as DocumentKind)}
    />
  );
}
