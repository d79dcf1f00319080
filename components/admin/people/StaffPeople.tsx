"use client";

import { Skeleton } from "@mantine/core";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { Notice } from "@/components/ui/Notice";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { useStaff } from "../StaffContext";
import { AddStaff } from "./AddStaff";
import { AppointmentRow } from "./AppointmentRow";
import classes from "./StaffPeople.module.css";
import { StaffRow } from "./StaffRow";

/** Sunup's own people and what each may do. For owners. */
export function StaffPeople() {
  const { may } = useStaff();
  if (!may("owner")) {
    return (
      <Notice order={1} title="Owners manage the staff">
        Ask an owner if somebody is to be added, or to do other work.
      </Notice>
    );
  }
  return (
    <>
      <PageHeader title="Staff" description="Sunup’s own people, and what each may do here." />
      <People />
    </>
  );
}

function People() {
  const people = useLiveQuery(api.staff.people.list, {});
  if (people.status === "error") return <ErrorNotice error={people.error} />;
  if (people.status === "loading") {
    return (
      <Panel>
        <Skeleton height={160} radius="md" aria-label="Loading the staff" />
      </Panel>
    );
  }
  const { staff, appointments } = people.data;
  const owners = staff.filter(({ level }) => level === "owner").length;
  return (
    <div className={classes.panels}>
      <Panel title="Add somebody">
        <AddStaff />
        {appointments.length > 0 && (
          <ul className={classes.people} aria-label="Who is to be staff">
            {appointments.map((appointment) => (
              <AppointmentRow key={appointment._id} appointment={appointment} />
            ))}
          </ul>
        )}
      </Panel>
      <Panel title="On the staff">
        <ul className={classes.people} aria-label="On the staff">
          {staff.map((person) => (
            <StaffRow
              key={person._id}
              person={person}
              isLastOwner={person.level === "owner" && owners === 1}
            />
          ))}
        </ul>
      </Panel>
    </div>
  );
}
