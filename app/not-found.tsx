import type { Metadata } from "next";
import { PlainFrame } from "@/components/auth/PlainFrame";
import { ButtonLink } from "@/components/ui/links";
import { Notice } from "@/components/ui/Notice";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFoundPage() {
  return (
    <PlainFrame>
      <Notice
        order={1}
        title="There is no such page"
        actions={
          <ButtonLink href="/dashboard" variant="default">
            To the dashboard
          </ButtonLink>
        }
      >
        The address may be mistyped, or the page was moved.
      </Notice>
    </PlainFrame>
  );
}
