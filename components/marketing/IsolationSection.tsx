import classes from "./IsolationSection.module.css";
import landing from "./Landing.module.css";

const POINTS = [
  {
    title: "Two walls, one behind the other",
    text: "Every question to the database is bound to your company before it is asked, and every row is checked again before it is handed out. Each wall holds without the other.",
  },
  {
    title: "Your company comes from your sign-in",
    text: "Who you are is read from a signed session, never from what a browser claims. There is nothing in an address or a form that could name another company.",
  },
  {
    title: "Foreign looks like missing",
    text: "Somebody who guesses the address of one of your projects gets the same answer as for a project that never existed: not found.",
  },
];

/** Why another company on Sunup never sees your data. */
export function IsolationSection() {
  return (
    <section id="isolation" className={landing.section}>
      <div className={`${landing.wrap} ${classes.columns}`}>
        <div>
          <h2 className={landing.heading}>Your data, walled off from everybody else’s</h2>
          <p className={landing.lead}>
            Your competitors may use Sunup too. It is built so that one company’s request cannot
            name, count or change another company’s rows.
          </p>
          <Walls />
        </div>
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

/** Three companies' data side by side, two lines between each. Decorative. */
function Walls() {
  return (
    <svg className={classes.walls} viewBox="0 0 420 150" aria-hidden="true" focusable="false">
      {[0, 1, 2].map((company) => (
        <g key={company} transform={`translate(${company * 144} 0)`} data-yours={company === 1}>
          {[0, 1, 2, 3].map((row) => (
            <rect key={row} x="8" y={14 + row * 34} width="112" height="22" rx="5" />
          ))}
        </g>
      ))}
      {[132, 276].map((x) => (
        <path key={x} d={`M${x - 3} 0v150M${x + 3} 0v150`} />
      ))}
    </svg>
  );
}
