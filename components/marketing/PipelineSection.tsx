import landing from "./Landing.module.css";
import classes from "./PipelineSection.module.css";
import { ProjectPreview } from "./ProjectPreview";

const POINTS = [
  {
    title: "Eight stages, ready when you sign up",
    text: "Contract, survey, design, permitting, installation, inspection, permission to operate, done. Each has a target in days, so a job that waits too long says so.",
  },
  {
    title: "Everybody sees the same minute",
    text: "Move a job in the office and the phone on the roof shows it at once. Nothing to refresh, and nobody’s half-typed edit is lost.",
  },
  {
    title: "One record for a job",
    text: "Customer, site, system size, price and notes in one place. Archived jobs keep everything and come back with a click.",
  },
];

/** What working with Sunup is like. */
export function PipelineSection() {
  return (
    <section id="pipeline" className={landing.section}>
      <div className={landing.wrap}>
        <h2 className={landing.heading}>One live pipeline for the whole company</h2>
        <p className={landing.lead}>
          A solar job waits on many desks: yours, the designer’s, the permit office’s, the
          utility’s. Sunup shows where every job stands and how long it has stood there.
        </p>
        <ProjectPreview />
        <ul className={classes.points}>
          {POINTS.map(({ title, text }) => (
            <li key={title}>
              <h3>{title}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
