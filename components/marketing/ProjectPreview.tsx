import { StageBadge } from "@/components/ui/StageBadge";
import { formatCents, formatKw, formatProjectNumber } from "@/lib/format";
import { DEFAULT_STAGES } from "@/lib/stages";
import classes from "./ProjectPreview.module.css";

/** Examples, and labelled as such: nobody's real jobs. */
const EXAMPLES = [
  { number: 14, name: "Rooftop, Maple Street 12", stage: 4, kw: 8.4, cents: 2_450_000, days: 3 },
  { number: 13, name: "Carport and garage", stage: 3, kw: 12.6, cents: 3_890_000, days: 26 },
  { number: 12, name: "Ground mount, Mill Farm", stage: 2, kw: 24, cents: 6_120_000, days: 5 },
  { number: 11, name: "Rooftop with battery", stage: 6, kw: 9.9, cents: 3_315_000, days: 11 },
];

/** The projects' list as it looks in the product, drawn with its own parts. */
export function ProjectPreview() {
  return (
    <figure className={classes.figure}>
      <div className={classes.window}>
        <div className={classes.top}>
          <span className={classes.title}>Projects</span>
          <span className={classes.live}>
            <span className={classes.pulse} aria-hidden="true" />
            Live
          </span>
        </div>
        <ul className={classes.rows}>
          {EXAMPLES.map((example) => {
            const stage = DEFAULT_STAGES[example.stage];
            if (!stage) return null;
            const late = stage.targetDays > 0 && example.days > stage.targetDays;
            return (
              <li key={example.number} className={classes.row} data-stage-category={stage.category}>
                <span className={classes.job}>
                  <span className={classes.name}>{example.name}</span>
                  <span className={classes.sub}>
                    {formatProjectNumber(example.number)} · {formatKw(example.kw)} ·{" "}
                    {formatCents(example.cents)}
                  </span>
                </span>
                <span className={classes.way} aria-hidden="true">
                  {DEFAULT_STAGES.map(({ name }, index) => (
                    <span key={name} data-done={index <= example.stage || undefined} />
                  ))}
                </span>
                <span className={classes.state}>
                  <StageBadge name={stage.name} category={stage.category} />
                  <span className={classes.days} data-late={late || undefined}>
                    {example.days} days, target {stage.targetDays}
                  </span>
                </span>
              </li>
            );
          })}
        </ul>
      </div>
      <figcaption className={classes.caption}>Example data.</figcaption>
    </figure>
  );
}
