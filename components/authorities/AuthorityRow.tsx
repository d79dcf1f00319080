"use client";

import { ActionIcon, Menu } from "@mantine/core";
import { IconArchive, IconArchiveOff, IconDots, IconPencil } from "@tabler/icons-react";
import { useMutation } from "convex/react";
import { filterHref, NO_FILTER } from "@/components/permits/permitsFilter";
import { AnchorLink } from "@/components/ui/links";
import { toastError, toastUndo } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import { AUTHORITY_KIND_NAMES } from "@/lib/authorities";
import classes from "./Authorities.module.css";
import { usualTime } from "./authorityWords";
import type { Authority } from "./types";

type AuthorityRowProps = {
  authority: Authority;
  /** For those who may change it. */
  onEdit: ((authority: Authority) => void) | undefined;
};

/** An authority of the directory: who it is, how long it takes, how to reach it. */
export function AuthorityRow({ authority, onEdit }: AuthorityRowProps) {
  const setArchived = useMutation(api.authorities.setArchived);
  const { _id: authorityId, name, kind, state, portalUrl, phone, notes, archived } = authority;
  const icon = { size: 16, stroke: 1.7, "aria-hidden": true } as const;

  async function archive(out: boolean) {
    try {
      await setArchived({ authorityId, archived: out });
      toastUndo(out ? `${name} archived.` : `${name} is back in the directory.`, () => {
        setArchived({ authorityId, archived: !out }).catch(toastError);
      });
    } catch (thrown) {
      toastError(thrown);
    }
  }

  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <bdi className={classes.name}>{name}</bdi>
        <span className={classes.sub}>
          {[AUTHORITY_KIND_NAMES[kind], state].filter(Boolean).join(" · ")}
        </span>
        {notes && (
          <p className={classes.notes} dir="auto">
            {notes}
          </p>
        )}
      </div>
      <div className={classes.facts}>
        <span>{usualTime(authority)}</span>
        <AnchorLink href={filterHref({ ...NO_FILTER, authority: authorityId })}>
          What waits there
        </AnchorLink>
      </div>
      <div className={classes.facts}>
        {portalUrl && (
          <a href={portalUrl} target="_blank" rel="noopener noreferrer">
            Portal
            <span className={classes.hidden}> of {name}</span>
          </a>
        )}
        {phone && <a href={`tel:${phone}`}>{phone}</a>}
      </div>
      {onEdit && (
        <Menu position="bottom-end" width={190} portalProps={{ target: "#content" }}>
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              className={classes.tools}
              aria-label={`What to do with ${name}`}
            >
              <IconDots {...icon} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil {...icon} />} onClick={() => onEdit(authority)}>
              Edit
            </Menu.Item>
            {archived ? (
              <Menu.Item
                leftSection={<IconArchiveOff {...icon} />}
                onClick={() => void archive(false)}
              >
                Bring back
              </Menu.Item>
            ) : (
              <Menu.Item leftSection={<IconArchive {...icon} />} onClick={() => void archive(true)}>
                Archive
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}
