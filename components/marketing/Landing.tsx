import { Hero } from "./Hero";
import { IsolationSection } from "./IsolationSection";
import classes from "./Landing.module.css";
import { LandingFooter } from "./LandingFooter";
import { LandingHeader } from "./LandingHeader";
import { PipelineSection } from "./PipelineSection";
import { PlansSection } from "./PlansSection";
import { RolesSection } from "./RolesSection";

/** The page for those who do not know Sunup yet. Drawn on the server; it brings no script of its own. */
export function Landing() {
  return (
    <div className={classes.page}>
      <LandingHeader />
      <main>
        <Hero />
        <PipelineSection />
        <RolesSection />
        <IsolationSection />
        <PlansSection />
      </main>
      <LandingFooter />
    </div>
  );
}
