"use client";

import { Button, Menu } from "@mantine/core";
import { IconBookmark, IconCheck, IconUsers } from "@tabler/icons-react";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { describeError } from "@/lib/errors";
import { ManageViewsDialog } from "./ManageViewsDialog";
import type { ProjectsFilter } from "./projectsFilter";
import { SaveViewDialog } from "./SaveViewDialog";
import { filterOf, matchingView, savedFilterOf, type SavedView } from "./savedFilter";
import classes from "./SavedViews.module.css";
import type { MemberName, Stage } from "./types";

type SavedViewsProps = {
  /** What the page shows, with the view it really shows. */
  filter: ProjectsFilter;
  stages: Stage[];
  members: MemberName[];
  onChoose: (filter: ProjectsFilter) => void;
};

/** The views that are kept under a name: choose one, save what is shown, rename, share and delete. */
export function SavedViews({ filter, stages, members, onChoose }: SavedViewsProps) {
  const views = useLiveQuery(api.savedViews.list, {});
  const saving = useLazyDisclosure();
  const managing = useLazyDisclosure();
  const all = views.status === "ready" ? views.data : [];
  const current = matchingView(all, filter, { stages, members });
  const own = all.filter(({ isOwn }) => isOwn);
  const companys = all.filter(({ isOwn }) => !isOwn);
  const items = (some: SavedView[]) =>
    some.map((view) => (
      <Menu.Item
        key={view._id}
        aria-current={view === current || undefined}
        leftSection={
          view.isOwn && view.shared && <IconUsers size={15} role="img" aria-label="Shared" />
        }
        rightSection={view === current && <IconCheck size={15} aria-hidden />}
        onClick={() => onChoose(filterOf(view.filter))}
      >
        <bdi className={classes.name}>{view.name}</bdi>
      </Menu.Item>
    ));

  return (
    <>
      <Menu
        position="bottom-start"
        width={280}
        classNames={{ dropdown: classes.dropdown }}
        portalProps={{ target: "#content" }}
      >
        <Menu.Target>
          <Button
            variant="default"
            className={classes.button}
            leftSection={<IconBookmark size={16} aria-hidden />}
            aria-label={current ? `Saved views: ${current.name}` : "Saved views"}
          >
            <bdi className={classes.current}>{current?.name ?? "Saved views"}</bdi>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.status === "loading" && <Menu.Label>Loading …</Menu.Label>}
          {views.status === "error" && (
            <Menu.Label>{describeError(views.error).message}</Menu.Label>
          )}
          {views.status === "ready" && all.length === 0 && (
            <Menu.Label>Keep filters that you use often under a name.</Menu.Label>
          )}
          {own.length > 0 && <Menu.Label>Mine</Menu.Label>}
          {items(own)}
          {companys.length > 0 && <Menu.Label>Company’s</Menu.Label>}
          {items(companys)}
          {all.length > 0 && <Menu.Divider />}
          <Menu.Item onClick={saving.open}>Save this view…</Menu.Item>
          {all.some(({ mayChange }) => mayChange) && (
            <Menu.Item onClick={managing.open}>Manage views…</Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {saving.wanted && (
        <SaveViewDialog
          filter={savedFilterOf(filter, { stages, members })}
          opened={saving.opened}
          onClose={saving.close}
        />
      )}
      {managing.wanted && (
        <ManageViewsDialog
          views={all.filter(({ mayChange }) => mayChange)}
          opened={managing.opened}
          onClose={managing.close}
        />
      )}
    </>
  );
}
