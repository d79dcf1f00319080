import { useMember } from "@/components/workspace/MemberContext";
import { SETTINGS_TABS } from "./settingsTabs";

/** The tabs that this member may open. */
export function useSettingsTabs() {
  const { can, member } = useMember();
  return SETTINGS_TABS.filter(
    ({ permission, ownPeople }) =>
      (permission === "member" || can(permission)) && !(ownPeople && member === null),
  );
}
