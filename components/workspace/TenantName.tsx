"use client";

import { PLANS } from "@/lib/plans";
import { CompanyLogo } from "./CompanyLogo";
import { useMember } from "./MemberContext";
import classes from "./TenantName.module.css";

/** Whose workspace this is, and in which role one works in it. */
export function TenantName() {
  const { member, tenant } = useMember();
  return (
    <div className={classes.tenant}>
      <CompanyLogo size={40} />
      <div className={classes.words}>
        <div className={classes.top}>
          <span className={classes.name} dir="auto" title={tenant.name}>
            {tenant.name}
          </span>
          <span className={classes.plan}>{PLANS[tenant.plan].name}</span>
        </div>
        <span className={classes.role}>{member?.primaryRole ?? "Sunup staff"}</span>
      </div>
    </div>
  );
}
