"use client";

import { Banner } from "./Banner";
import { useMember } from "./MemberContext";

/** Over every page of a company in which nothing can be changed for a while. The frame is always there. */
export function ReadOnlyBanner() {
  const { readOnly } = useMember().tenant;
  return (
    <div role="status">
      {readOnly !== undefined && (
        <Banner>
          <strong>Your company&apos;s data is being brought in.</strong> You can look around;
          changes have to wait until it is done, which takes some minutes.
        </Banner>
      )}
    </div>
  );
}
