import { IconLock } from "@tabler/icons-react";
import { chooseConsoleDeployment } from "@/components/providers/consoleDeployment";
import { PlainButton } from "@/components/ui/links";
import { Notice } from "@/components/ui/Notice";
import { HOME } from "@/lib/shards";

/** For staff of home who chose a deployment on which nobody has made them staff. */
export function NotStaffHere({ deployment }: { deployment: string }) {
  return (
    <main style={{ padding: "15vh 24px" }}>
      <Notice
        role="alert"
        order={1}
        icon={<IconLock size={26} stroke={1.6} aria-hidden />}
        title={`You are not staff on “${deployment}”`}
        actions={
          <PlainButton onClick={() => chooseConsoleDeployment(HOME)}>Back to home</PlainButton>
        }
      >
        Each deployment has staff of its own. Whoever runs it can add you there as at home.
      </Notice>
    </main>
  );
}
