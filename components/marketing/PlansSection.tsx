import Link from "next/link";
import { planLimitRows, planPrice } from "@/components/ui/planWords";
import { FEATURE_NAMES } from "@/lib/planWords";
import { PLAN_IDS, PLANS, TRIAL_DAYS, type PlanId } from "@/lib/plans";
import landing from "./Landing.module.css";
import classes from "./PlansSection.module.css";

const INVITATION: Record<PlanId, string> = {
  starter: "Start free",
  pro: `Try ${TRIAL_DAYS} days free`,
  enterprise: "Ask for Enterprise",
};

/** The plans with their true prices and limits, from the one list of plans. */
export function PlansSection() {
  return (
    <section id="plans" className={`${landing.section} ${classes.band}`}>
      <div className={landing.wrap}>
        <h2 className={landing.heading}>Plans</h2>
        <p className={landing.lead}>
          Start free and change when the crew grows. {PLANS.pro.name} can be tried for {TRIAL_DAYS}{" "}
          days; for {PLANS.enterprise.name} you start on {PLANS.starter.name} while we agree on the
          terms.
        </p>
        <ul className={classes.plans}>
          {PLAN_IDS.map((id) => {
            const plan = PLANS[id];
            return (
              <li key={id} className={classes.plan} data-featured={id === "pro" || undefined}>
                <h3 className={classes.name}>{plan.name}</h3>
                <p className={classes.summary}>{plan.summary}</p>
                <p className={classes.price}>{planPrice(plan)}</p>
                <dl className={classes.limits}>
                  {planLimitRows(plan).map(({ label, value }) => (
                    <div key={label}>
                      <dt>{label}</dt>
                      <dd>{value}</dd>
                    </div>
                  ))}
                </dl>
                {plan.features.length > 0 && (
                  <ul className={classes.features} aria-label={`Also in ${plan.name}`}>
                    {plan.features.map((feature) => (
                      <li key={feature}>{FEATURE_NAMES[feature]}</li>
                    ))}
                  </ul>
                )}
                <Link
                  href={`/signup?plan=${id}`}
                  className={`${landing.button} ${classes.choose}`}
                  data-quiet={id === "pro" ? undefined : true}
                >
                  {INVITATION[id]}
                </Link>
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}
