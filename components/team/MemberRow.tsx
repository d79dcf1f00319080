import { Badge } from "@mantine/core";
import { formatDate } from "@/lib/format";
import { LastSeen } from "./LastSeen";
import { MemberActions } from "./MemberActions";
import { RoleBadges } from "./RoleBadges";
import classes from "./Team.module.css";
import type { TeamMember } from "./types";

type MemberRowProps = {
  member: TeamMember;
  isYou: boolean;
  lastSeenAt: number | undefined;
  now: number;
  /** Whether the viewer may change roles and access. */
  manages: boolean;
};

/** One member: who, in which roles, when last seen, and what can be done about them. */
export function MemberRow({ member, isYou, lastSeenAt, now, manages }: MemberRowProps) {
  const active = member.status === "active";
  return (
    <li className={classes.row} data-off={active ? undefined : true}>
      <div className={classes.who}>
        <span className={classes.name}>
          <bdi>{member.name}</bdi>
          {isYou && <span className={classes.you}>you</span>}
        </span>
        <span className={classes.sub}>{member.email}</span>
      </div>
      <div className={classes.roles}>
        <RoleBadges roles={member.roles} primaryRole={member.primaryRole} />
        {!active && (
          <Badge variant="light" color="red" tt="none" size="lg">
            {member.accountDeletedAt !== undefined
              ? "Account deleted"
              : member.lock
                ? "Locked by Sunup"
                : "Access off"}
          </Badge>
        )}
        {manages && member.lock && (
          <span className={classes.sub} dir="auto">
            {member.lock.reason}
          </span>
        )}
      </div>
      <div className={classes.times}>
        {isYou ? (
          <LastSeen at={now} now={now} />
        ) : (
          <LastSeen at={lastSeenAt} now={now} active={active} />
        )}
        <span className={classes.sub}>Joined {formatDate(member._creationTime)}</span>
      </div>
      {manages && <MemberActions member={member} isYou={isYou} />}
    </li>
  );
}
