"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useSettingsTabs } from "./useSettingsTabs";

/** Goes on to the first page of the settings that is for this member. */
export function FirstTab() {
  const router = useRouter();
  const first = useSettingsTabs()[0]?.href;
  useEffect(() => {
    if (first) router.replace(first);
  }, [router, first]);
  return null;
}
