import { Badge } from "@mantine/core";
import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";
import { formatDate } from "@/lib/format";
import classes from "./Team.module.css";

type Member = FunctionReturnType<typeof api.members.list>["page"][number];

/** One member: who, since when, in which roles. */
export function MemberRow({ member, isYou }: { member: Member; isYou: boolean }) {
  return (
    <li className={classes.member}>
      <div className={classes.who}>
        <span className={classes.name}>
          <bdi>{member.name}</bdi>
          {isYou && <span className={classes.you}>you</span>}
        </span>
        <span className={classes.sub}>{member.email}</span>
      </div>
      <div className={classes.roles}>
        {member.roles.map((role) => (
          <Badge
            key={role}
            variant="light"
            color={role === member.primaryRole ? "lake" : "gray"}
            tt="none"
            size="lg"
          >
            {role}
          </Badge>
        ))}
        {member.status === "deactivated" && (
          <Badge variant="light" color="red" tt="none" size="lg">
            Deactivated
          </Badge>
        )}
      </div>
      <span className={classes.since}>Joined {formatDate(member._creationTime)}</span>
    </li>
  );
}
