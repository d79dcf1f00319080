"use client";

import { Button, SegmentedControl, Tabs } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useSearchParams } from "next/navigation";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { SearchField } from "@/components/ui/SearchField";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { useMember } from "@/components/workspace/MemberContext";
import { RequirePermission } from "@/components/workspace/RequirePermission";
import classes from "./Contacts.module.css";
import { type ContactsFilter, type ContactsTab, filterFrom, filterHref } from "./contactsFilter";
import { Duplicates } from "./Duplicates";
import { FoundOrganizations, Organizations } from "./Organizations";
import { FoundPeople, People } from "./People";

const NewContactDrawer = dynamic(() =>
  import("./NewContactDrawer").then((m) => m.NewContactDrawer),
);
const NewOrganizationDrawer = dynamic(() =>
  import("./NewOrganizationDrawer").then((m) => m.NewOrganizationDrawer),
);

/** People and organizations outside the company. For members with `contacts.read`. */
export function Contacts() {
  return (
    <RequirePermission permission="contacts.read">
      <ContactsPage />
    </RequirePermission>
  );
}

function ContactsPage() {
  const { canAsMember } = useMember();
  const filter = filterFrom(useSearchParams());
  const { tab, archived, text } = filter;
  // The address alone changes: Next keeps useSearchParams() in step without asking the server.
  const apply = (change: Partial<ContactsFilter>) =>
    window.history.replaceState(null, "", filterHref({ ...filter, ...change }));
  return (
    <>
      <PageHeader
        title="Contacts"
        description="Customers and whom they belong to, with their leads and projects."
        actions={canAsMember("contacts.write") && <NewButtons />}
      />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          window.history.pushState(
            null,
            "",
            filterHref({ tab: next as ContactsTab, archived: false, text: "" }),
          )
        }
      >
        <Tabs.List aria-label="Kind of contact">
          <Tabs.Tab value="people">People</Tabs.Tab>
          <Tabs.Tab value="organizations">Organizations</Tabs.Tab>
          <Tabs.Tab value="duplicates">Possible duplicates</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value={tab} pt="md">
          {tab !== "duplicates" && <FilterBar key={tab} filter={filter} onChange={apply} />}
          <Panel flush>
            <QueryBoundary resetKey={filterHref(filter)}>
              {tab === "people" &&
                (text === "" ? <People archived={archived} /> : <FoundPeople text={text} />)}
              {tab === "organizations" &&
                (text === "" ? (
                  <Organizations archived={archived} />
                ) : (
                  <FoundOrganizations text={text} />
                ))}
              {tab === "duplicates" && <Duplicates />}
            </QueryBoundary>
          </Panel>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

type FilterBarProps = {
  filter: ContactsFilter;
  onChange: (change: Partial<ContactsFilter>) => void;
};

function FilterBar({ filter, onChange }: FilterBarProps) {
  const what = filter.tab === "people" ? "people" : "organizations";
  return (
    <div className={classes.bar}>
      <SearchField
        className={classes.search}
        label={`Search ${what}`}
        placeholder={filter.tab === "people" ? "Name, e-mail or telephone" : "Name"}
        value={filter.text}
        onSearch={(text) => onChange({ text })}
      />
      {filter.text === "" && (
        <SegmentedControl
          aria-label="Active or archived"
          value={filter.archived ? "archived" : "active"}
          data={[
            { value: "active", label: "Active" },
            { value: "archived", label: "Archived" },
          ]}
          onChange={(value) => onChange({ archived: value === "archived" })}
        />
      )}
    </div>
  );
}

function NewButtons() {
  const person = useLazyDisclosure();
  const organization = useLazyDisclosure();
  return (
    <>
      <Button variant="default" aria-haspopup="dialog" onClick={organization.open}>
        New organization
      </Button>
      <Button
        leftSection={<IconPlus size={17} stroke={2} aria-hidden />}
        aria-haspopup="dialog"
        onClick={person.open}
      >
        New contact
      </Button>
      {person.wanted && <NewContactDrawer opened={person.opened} onClose={person.close} />}
      {organization.wanted && (
        <NewOrganizationDrawer opened={organization.opened} onClose={organization.close} />
      )}
    </>
  );
}
