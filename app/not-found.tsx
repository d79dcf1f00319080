import { Button } from "@mantine/core";
import type { Metadata } from "next";
import Link from "next/link";
import { PlainFrame } from "@/components/auth/PlainFrame";
import { Notice } from "@/components/ui/Notice";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFoundPage() {
  return (
    <PlainFrame>
      <Notice
        order={1}
        title="There is no such page"
        actions={
          <Button component={Link} href="/dashboard" variant="default">
            To the dashboard
          </Button>
        }
      >
        The address may be mistyped, or the page was moved.
      </Notice>
    </PlainFrame>
  );
}
