import { useMember } from "@/components/workspace/MemberContext";
import { SETTINGS_TABS } from "./settingsTabs";

/** The tabs that this member may open. */
export function useSettingsTabs() {
  const { can } = useMember();
  return SETTINGS_TABS.filter(({ permission }) => permission === "member" || can(permission));
}
