import type { ComboboxData } from "@mantine/core";

/** The zones of the United States, as people there call them. */
const UNITED_STATES = [
  { value: "America/New_York", label: "Eastern Time (New York)" },
  { value: "America/Chicago", label: "Central Time (Chicago)" },
  { value: "America/Denver", label: "Mountain Time (Denver)" },
  { value: "America/Phoenix", label: "Mountain Time, no daylight saving (Phoenix)" },
  { value: "America/Los_Angeles", label: "Pacific Time (Los Angeles)" },
  { value: "America/Anchorage", label: "Alaska Time (Anchorage)" },
  { value: "Pacific/Honolulu", label: "Hawaii Time (Honolulu)" },
  { value: "America/Puerto_Rico", label: "Atlantic Time (Puerto Rico)" },
  { value: "Pacific/Guam", label: "Chamorro Time (Guam)" },
];

/** Every time zone to choose from, the usual ones first; `chosen` is there, whatever the browser knows. */
export function timeZoneOptions(chosen: string): ComboboxData {
  const usual = new Set(UNITED_STATES.map(({ value }) => value));
  const others = new Set([...Intl.supportedValuesOf("timeZone"), chosen]);
  return [
    { group: "United States", items: UNITED_STATES },
    {
      group: "Everywhere",
      items: [...others]
        .filter((zone) => !usual.has(zone))
        .sort()
        .map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") })),
    },
  ];
}
