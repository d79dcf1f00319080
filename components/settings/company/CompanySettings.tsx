"use client";

import { Skeleton } from "@mantine/core";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { RequirePermission } from "@/components/workspace/RequirePermission";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import classes from "./CompanySettings.module.css";
import { LogoPanel } from "./LogoPanel";
import { ProfileForm } from "./ProfileForm";

/** What the company says of itself: profile and logo. For members with `settings.manage`. */
export function CompanySettings() {
  return (
    <RequirePermission permission="settings.manage">
      <PageHeader
        title="Company"
        description="Your company as your team and your customers see it."
      />
      <Profile />
    </RequirePermission>
  );
}

function Profile() {
  const { canAsMember } = useMember();
  const profile = useLiveQuery(api.company.profile, {});
  if (profile.status === "error") return <ErrorNotice error={profile.error} />;
  return (
    <div className={classes.columns}>
      <Panel title="Profile">
        {profile.status === "loading" ? (
          <div role="status" aria-label="Loading the profile">
            {Array.from({ length: 6 }, (_, field) => (
              <Skeleton key={field} height={42} mb={24} radius="md" />
            ))}
          </div>
        ) : (
          <ProfileForm profile={profile.data} />
        )}
      </Panel>
      {canAsMember("settings.manage") && (
        <Panel title="Logo">
          {profile.status === "loading" ? (
            <Skeleton height={160} radius="md" />
          ) : (
            <LogoPanel logo={profile.data.logo} />
          )}
        </Panel>
      )}
    </div>
  );
}
