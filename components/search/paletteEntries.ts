import {
  type Icon,
  IconAddressBook,
  IconBolt,
  IconBuilding,
  IconSolarPanel,
} from "@tabler/icons-react";
import type { FunctionReturnType } from "convex/server";
import { pagesFor } from "@/components/workspace/navigation";
import type { api } from "@/convex/_generated/api";
import { formatProjectNumber } from "@/lib/format";
import { LEAD_STATUS_NAMES } from "@/lib/leadStatus";
import type { Permission } from "@/lib/roles";

export type Found = FunctionReturnType<typeof api.search.find>;

/** A line of the palette; `href` is where it leads, and its key. */
export type PaletteEntry = {
  href: string;
  icon: Icon;
  title: string;
  detail?: string;
  note?: string;
};

export type PaletteGroup = { label: string; entries: PaletteEntry[] };

/** What was found, each kind under its heading. */
export function foundGroups({ projects, leads, contacts, organizations }: Found): PaletteGroup[] {
  return [
    {
      label: "Projects",
      entries: projects.map(({ _id, name, customerName, number, archived }) => ({
        href: `/projects/${_id}`,
        icon: IconSolarPanel,
        title: name,
        detail: customerName,
        note: archived ? "Archived" : formatProjectNumber(number),
      })),
    },
    {
      label: "Leads",
      entries: leads.map(({ _id, name, email, status }) => ({
        href: `/leads/${_id}`,
        icon: IconBolt,
        title: name,
        detail: email,
        note: LEAD_STATUS_NAMES[status],
      })),
    },
    {
      label: "Contacts",
      entries: [
        ...contacts.map(({ _id, name, email }) => ({
          href: `/contacts/${_id}`,
          icon: IconAddressBook,
          title: name,
          detail: email,
        })),
        ...organizations.map(({ _id, name }) => ({
          href: `/contacts/organizations/${_id}`,
          icon: IconBuilding,
          title: name,
        })),
      ],
    },
  ];
}

/** The pages whose name has a word that begins like each of these; all of them without words. */
export function matchingPages(
  words: string,
  can: (permission: Permission) => boolean,
): PaletteEntry[] {
  const begun = words.toLowerCase().split(" ");
  return pagesFor(can)
    .filter(({ label }) => {
      const own = label.toLowerCase().split(" ");
      return begun.every((start) => own.some((word) => word.startsWith(start)));
    })
    .map(({ href, label, icon }) => ({ href, icon, title: label }));
}
