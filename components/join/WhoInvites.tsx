import type { OpenOffer } from "./types";

/** "Maya Ortiz invites you, as Sales." */
export function WhoInvites({ offer }: { offer: OpenOffer }) {
  return (
    <>
      <bdi>{offer.inviterName}</bdi> invites you, as {offer.roles.join(" and ")}.
    </>
  );
}
