import { FirstTab } from "@/components/settings/FirstTab";

export default function SettingsPage() {
  return <FirstTab />;
}
