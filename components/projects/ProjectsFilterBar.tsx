"use client";

import { ActionIcon, Button, NativeSelect, SegmentedControl } from "@mantine/core";
import {
  IconArrowsSort,
  IconBookmark,
  IconFilter,
  IconLayoutKanban,
  IconTable,
} from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { pagePart } from "@/components/ui/pagePart";
import { SearchField } from "@/components/ui/SearchField";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { STAGE_CATEGORIES, STAGE_CATEGORY_NAMES, type StageCategory } from "@/lib/stages";
import { narrows, NO_FILTER, type ProjectsFilter, type ProjectsView } from "./projectsFilter";
import classes from "./ProjectsFilterBar.module.css";
import { SORT_NAMES } from "./sortNames";
import type { MemberName, Stage } from "./types";

const SavedViews = pagePart(
  () => import("./SavedViews").then((module) => module.SavedViews),
  <SavedViewsLoading />,
);
const MoreFilters = dynamic(() => import("./MoreFilters").then((m) => m.MoreFilters));

type ProjectsFilterBarProps = {
  view: ProjectsView;
  filter: ProjectsFilter;
  stages: Stage[];
  members: MemberName[];
  /** Null for Sunup's staff, who have none of their own. */
  ownId: string | null;
  onChange: (change: Partial<ProjectsFilter>) => void;
};

const CATEGORY = "category:";

/** Board or table, and which projects. */
export function ProjectsFilterBar(props: ProjectsFilterBarProps) {
  const { view, filter, stages, members, ownId, onChange } = props;
  const more = useLazyDisclosure();
  const further = [filter.financing, filter.from, filter.to].filter((each) => each !== null).length;
  const chooseStage = (value: string) =>
    onChange(
      value.startsWith(CATEGORY)
        ? { stage: null, category: value.slice(CATEGORY.length) as StageCategory }
        : { stage: value || null, category: null },
    );

  return (
    <div className={classes.bar}>
      <SegmentedControl
        aria-label="Board or table"
        value={view}
        data={[
          { value: "table", label: <ViewLabel icon={IconTable} name="Table" /> },
          { value: "board", label: <ViewLabel icon={IconLayoutKanban} name="Board" /> },
        ]}
        onChange={(value) => onChange({ view: value as ProjectsView })}
      />
      {ownId !== null &&
        (stages.length > 0 && members.length > 0 ? (
          <SavedViews filter={{ ...filter, view }} {...{ stages, members }} onChoose={onChange} />
        ) : (
          <SavedViewsLoading />
        ))}
      <SearchField
        className={classes.search}
        label="Search projects"
        placeholder="Name, customer, address"
        value={filter.q ?? ""}
        onSearch={(words) => onChange({ q: words || null })}
      />
      <NativeSelect
        className={classes.select}
        aria-label="Stage"
        value={filter.stage ?? (filter.category && CATEGORY + filter.category) ?? ""}
        onChange={(event) => chooseStage(event.currentTarget.value)}
      >
        <option value="">All stages</option>
        {STAGE_CATEGORIES.map((category) => (
          <optgroup key={category} label={STAGE_CATEGORY_NAMES[category]}>
            <option value={CATEGORY + category}>All of {STAGE_CATEGORY_NAMES[category]}</option>
            {stages
              .filter((stage) => stage.category === category)
              .map(({ _id, name }) => (
                <option key={_id} value={_id}>
                  {name}
                </option>
              ))}
          </optgroup>
        ))}
      </NativeSelect>
      <NativeSelect
        className={classes.select}
        aria-label="Owner"
        value={filter.owner ?? ""}
        onChange={(event) => onChange({ owner: event.currentTarget.value || null })}
        data={[
          { value: "", label: "Everyone’s" },
          ...(ownId === null ? [] : [{ value: ownId, label: "Mine" }]),
          ...members
            .filter(({ _id }) => _id !== ownId)
            .map(({ _id, name }) => ({ value: _id, label: name })),
        ]}
      />
      <Button
        variant="default"
        leftSection={<IconFilter size={16} aria-hidden />}
        aria-haspopup="dialog"
        onClick={more.open}
      >
        {further === 0 ? "More filters" : `More filters (${further})`}
      </Button>
      {narrows(filter) && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => onChange({ ...NO_FILTER, ...keep(filter) })}
        >
          Clear filters
        </Button>
      )}
      {view === "table" && (
        <div className={classes.end}>
          {filter.q === null && (
            <div className={classes.sort}>
              <NativeSelect
                aria-label="Sort by"
                value={filter.sort}
                data={Object.entries(SORT_NAMES).map(([value, label]) => ({ value, label }))}
                onChange={(event) =>
                  onChange({
                    sort: event.currentTarget.value as ProjectsFilter["sort"],
                    reversed: false,
                  })
                }
              />
              <ActionIcon
                variant="default"
                size={36}
                aria-label="Reverse the order"
                aria-pressed={filter.reversed}
                onClick={() => onChange({ reversed: !filter.reversed })}
              >
                <IconArrowsSort size={17} aria-hidden />
              </ActionIcon>
            </div>
          )}
          <SegmentedControl
            aria-label="Active or archived"
            value={filter.archived ? "archived" : "active"}
            data={[
              { value: "active", label: "Active" },
              { value: "archived", label: "Archived" },
            ]}
            onChange={(value) => onChange({ archived: value === "archived" })}
          />
        </div>
      )}
      {more.wanted && (
        <MoreFilters
          filter={filter}
          opened={more.opened}
          onClose={more.close}
          onChange={onChange}
        />
      )}
    </div>
  );
}

/** What "Clear filters" leaves as it is. */
function keep({ view, archived, sort, reversed }: ProjectsFilter): Partial<ProjectsFilter> {
  return { view, archived, sort, reversed };
}

function SavedViewsLoading() {
  return (
    <Button variant="default" leftSection={<IconBookmark size={16} aria-hidden />} disabled>
      Saved views
    </Button>
  );
}

function ViewLabel({ icon: Icon, name }: { icon: typeof IconTable; name: string }) {
  return (
    <span className={classes.view}>
      <Icon size={16} stroke={1.8} aria-hidden />
      {name}
    </span>
  );
}
