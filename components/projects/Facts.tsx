import { DataList } from "@mantine/core";
import type { ReactNode } from "react";

type FactsProps = { items: { label: string; value: ReactNode }[] };

/** Labelled values; what is not known yet is a dash. */
export function Facts({ items }: FactsProps) {
  return (
    <DataList size="sm" gap="sm" labelWidth={132}>
      {items.map(({ label, value }) => (
        <DataList.Item key={label}>
          <DataList.ItemLabel>{label}</DataList.ItemLabel>
          <DataList.ItemValue style={{ overflowWrap: "anywhere" }}>
            {value ?? "–"}
          </DataList.ItemValue>
        </DataList.Item>
      ))}
    </DataList>
  );
}
