import Link from "next/link";
import { PLANS } from "@/lib/plans";
import classes from "./Hero.module.css";
import landing from "./Landing.module.css";
import { SunPath } from "./SunPath";

/** What Sunup is, in one sentence and one picture. */
export function Hero() {
  return (
    <section className={`${landing.night} ${classes.hero}`}>
      <div className={`${landing.wrap} ${classes.columns}`}>
        <div className={classes.words}>
          <h1 className={classes.title}>From signed contract to permission to operate.</h1>
          <p className={classes.pitch}>
            Sunup is where solar installation companies run their work: leads and projects in one
            live pipeline that the office, sales and the crew see change as it happens.
          </p>
          <div className={classes.actions}>
            <Link href="/signup" className={landing.button}>
              Create your company
            </Link>
            <Link href="/sign-in" className={landing.button} data-quiet>
              Sign in
            </Link>
          </div>
          <p className={classes.small}>
            {PLANS.starter.name} is free and needs no card. Up to{" "}
            {PLANS.starter.limits.leadsPerMonth} leads a month.
          </p>
        </div>
        <SunPath />
      </div>
    </section>
  );
}
