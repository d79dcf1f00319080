import { useNow } from "@/components/ui/useNow";
import { useMember } from "@/components/workspace/MemberContext";
import { MemberRow } from "./MemberRow";
import classes from "./Team.module.css";
import type { TeamMember } from "./types";
import { useLastSeen } from "./useLastSeen";

/** A list of people, with when each was last seen. */
export function MemberRows({ members }: { members: readonly TeamMember[] }) {
  const { member: own, can } = useMember();
  const lastSeen = useLastSeen(members.map(({ _id }) => _id));
  const now = useNow();
  return (
    <ul className={classes.list}>
      {members.map((member) => (
        <MemberRow
          key={member._id}
          member={member}
          isYou={member._id === own?._id}
          lastSeenAt={lastSeen.get(member._id)}
          now={now}
          manages={can("team.manage")}
        />
      ))}
    </ul>
  );
}
