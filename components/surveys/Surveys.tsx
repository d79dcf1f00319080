"use client";

import { ActionIcon, Button, Group, SegmentedControl, Skeleton, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useSearchParams } from "next/navigation";
import { PageHeader } from "@/components/ui/PageHeader";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useNow } from "@/components/ui/useNow";
import { useMember } from "@/components/workspace/MemberContext";
import { RequirePermission } from "@/components/workspace/RequirePermission";
import { api } from "@/convex/_generated/api";
import { addDays } from "@/lib/calendarDay";
import { clockAt, momentOf } from "@/lib/zonedTime";
import { Agenda } from "./Agenda";
import { addMonths, monthName, weeksOf } from "./calendarMonth";
import { MonthGrid } from "./MonthGrid";
import { SurveysNotInPlan } from "./SurveysNotInPlan";

/** The company's site surveys: a month on the desktop, a list by day on the phone. */
export function Surveys() {
  const { has } = useMember();
  return (
    <RequirePermission permission="projects.read">
      {has("siteSurvey") ? <Calendar /> : <SurveysNotInPlan order={1} />}
    </RequirePermission>
  );
}

function Calendar() {
  const { member, tenant } = useMember();
  const { timeZone } = tenant;
  const today = clockAt(useNow(), timeZone).day;
  const search = useSearchParams();
  const asked = search.get("month") ?? "";
  const month = /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) ? asked : today.slice(0, 7);
  const usual = member?.primaryRole === "Installer" ? "me" : "all";
  const who = search.get("who") === "me" || search.get("who") === "all" ? search.get("who") : usual;
  const wide = useMediaQuery("(min-width: 62em)", true, { getInitialValueInEffect: false });

  const weeks = weeksOf(month);
  const days = weeks.flat();
  const surveys = useLiveQuery(api.surveys.between, {
    from: momentOf(days[0] ?? today, "00:00", timeZone),
    before: momentOf(addDays(days.at(-1) ?? today, 1), "00:00", timeZone),
    ...(who === "me" && member !== null ? { assigneeId: member._id } : {}),
  });
  const members = useLiveQuery(api.members.names, {});
  const nameOf = (id: string) =>
    members.status === "ready" ? (members.data.find(({ _id }) => _id === id)?.name ?? "") : "";

  function show(change: { month?: string; who?: string }) {
    const next = new URLSearchParams({ month, who: who ?? usual, ...change });
    window.history.pushState(null, "", `/surveys?${next.toString()}`);
  }

  return (
    <>
      <PageHeader
        title="Surveys"
        description="Site visits, planned on each project's page. Times are your company's."
      />
      <Group justify="space-between" mb="md" gap="sm">
        <Group gap="xs">
          <ActionIcon
            variant="default"
            size="lg"
            aria-label="Month before"
            onClick={() => show({ month: addMonths(month, -1) })}
          >
            <IconChevronLeft size={18} aria-hidden />
          </ActionIcon>
          <Text component="h2" fw={650} miw={150} ta="center" aria-live="polite">
            {monthName(month)}
          </Text>
          <ActionIcon
            variant="default"
            size="lg"
            aria-label="Next month"
            onClick={() => show({ month: addMonths(month, 1) })}
          >
            <IconChevronRight size={18} aria-hidden />
          </ActionIcon>
          {month !== today.slice(0, 7) && (
            <Button variant="default" onClick={() => show({ month: today.slice(0, 7) })}>
              Today
            </Button>
          )}
        </Group>
        <SegmentedControl
          aria-label="Whose surveys"
          value={who ?? usual}
          data={[
            { value: "me", label: "Mine" },
            { value: "all", label: "Everybody’s" },
          ]}
          onChange={(value) => show({ who: value })}
        />
      </Group>
      {surveys.status === "loading" && (
        <Skeleton height={420} radius="lg" aria-label="Loading the surveys" />
      )}
      {surveys.status === "error" && <ErrorNotice error={surveys.error} />}
      {surveys.status === "ready" && (
        <>
          {wide ? (
            <MonthGrid
              {...{ month, weeks, today, timeZone, nameOf }}
              surveys={surveys.data.surveys}
            />
          ) : (
            <Agenda {...{ month, today, timeZone, nameOf }} surveys={surveys.data.surveys} />
          )}
          {surveys.data.more && (
            <Text c="dimmed" size="sm" mt="md" role="status">
              This month has more surveys than fit here. “Mine” shows all of yours.
            </Text>
          )}
        </>
      )}
    </>
  );
}
