"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { AppFrame } from "@/components/frame/AppFrame";
import { Bell } from "@/components/notifications/Bell";
import { useInbox } from "@/components/notifications/useInbox";
import { SearchButton } from "@/components/search/SearchButton";
import { useCommandPalette } from "@/components/search/useCommandPalette";
import { CompanyLogo } from "./CompanyLogo";
import { ClosingBanner } from "./ClosingBanner";
import { useMember } from "./MemberContext";
import { NAVIGATION, pagesFor } from "./navigation";
import { PastDueBanner } from "./PastDueBanner";
import { ReadOnlyBanner } from "./ReadOnlyBanner";
import { TenantName } from "./TenantName";
import { usePresence } from "./usePresence";

const VisitBanner = dynamic(() => import("./VisitBanner").then((m) => m.VisitBanner));
const SupportBanner = dynamic(() =>
  import("@/components/settings/support/SupportBanner").then((m) => m.SupportBanner),
);

const ADDRESSES = NAVIGATION.map(({ href }) => href);

/** The frame around every page of a company's workspace. */
export function WorkspaceShell({ children }: { children: ReactNode }) {
  const inbox = useInbox();
  const { can, canAsMember, member, visit, person } = useMember();
  const search = useCommandPalette();
  usePresence({ enabled: member !== null });
  return (
    <>
      <AppFrame
        home="/dashboard"
        pages={pagesFor(can)}
        addresses={ADDRESSES}
        person={person}
        phoneTools={
          <>
            <SearchButton compact onOpen={search.open} onReach={search.fetchAhead} />
            {member && <Bell onOpen={inbox.open} onPointerEnter={inbox.fetchAhead} />}
            <CompanyLogo size={32} />
          </>
        }
        bell={member && <Bell onOpen={inbox.open} onPointerEnter={inbox.fetchAhead} />}
        top={
          <>
            <TenantName />
            <SearchButton onOpen={search.open} onReach={search.fetchAhead} />
          </>
        }
        banners={
          <>
            {visit && <VisitBanner visit={visit} />}
            {canAsMember("settings.manage") && <SupportBanner />}
            <ClosingBanner />
            <PastDueBanner />
            <ReadOnlyBanner />
          </>
        }
      >
        {children}
      </AppFrame>
      {inbox.drawer}
      {search.palette}
    </>
  );
}
