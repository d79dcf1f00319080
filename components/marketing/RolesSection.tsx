import { ROLE_WORK } from "@/components/ui/roleWords";
import { ROLES } from "@/lib/roles";
import landing from "./Landing.module.css";
import classes from "./RolesSection.module.css";

/** For whom Sunup is: the roles a company has, and what each does in it. */
export function RolesSection() {
  return (
    <section id="team" className={`${landing.section} ${classes.band}`}>
      <div className={landing.wrap}>
        <h2 className={landing.heading}>Made for the people of an installation company</h2>
        <p className={landing.lead}>
          Each has a role, and may hold several. What a role does not allow is neither shown nor
          accepted.
        </p>
        <dl className={classes.roles}>
          {ROLES.map((role) => (
            <div key={role} className={classes.role}>
              <dt>{role}</dt>
              <dd>{ROLE_WORK[role]}</dd>
            </div>
          ))}
        </dl>
      </div>
    </section>
  );
}
