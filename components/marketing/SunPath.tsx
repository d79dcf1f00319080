import { DEFAULT_STAGES } from "@/lib/stages";
import classes from "./SunPath.module.css";
import { arcPath, arcPoint } from "./sunPathGeometry";

const OTHER_DAYS = [0.72, 0.86, 1.14];
const LAST = DEFAULT_STAGES.length - 1;

/**
 * A sun chart, as designers of solar plants draw it, with a job's stages on its arc: from the
 * horizon at contract to noon at completion.
 */
export function SunPath() {
  const noon = arcPoint(1);
  return (
    <figure className={classes.figure}>
      <svg viewBox="0 0 640 470" className={classes.chart} role="img" aria-labelledby="sun-path">
        <title id="sun-path">
          {`The stages of a job on the path of the rising sun: ${DEFAULT_STAGES.map(({ name }) => name).join(", ")}.`}
        </title>
        <defs>
          <radialGradient id="sun-path-glow">
            <stop offset="0" stopColor="#ffcf61" stopOpacity="0.7" />
            <stop offset="1" stopColor="#f5a31a" stopOpacity="0" />
          </radialGradient>
          <linearGradient id="sun-path-arc" x1="0" y1="1" x2="1" y2="0">
            <stop offset="0" stopColor="#7656b4" />
            <stop offset="0.3" stopColor="#1d7d97" />
            <stop offset="0.55" stopColor="#d57296" />
            <stop offset="1" stopColor="#fcbf3d" />
          </linearGradient>
        </defs>
        <g className={classes.chartLines}>
          {OTHER_DAYS.map((scale) => (
            <path key={scale} d={arcPath(scale)} />
          ))}
          {DEFAULT_STAGES.map(({ name }, index) => {
            const inner = arcPoint(index / LAST, 0.72);
            const outer = arcPoint(index / LAST, 1.14);
            return <line key={name} x1={inner.x} y1={inner.y} x2={outer.x} y2={outer.y} />;
          })}
        </g>
        <circle cx={noon.x} cy={noon.y} r="92" fill="url(#sun-path-glow)" />
        <path d={arcPath()} className={classes.arc} stroke="url(#sun-path-arc)" />
        <Panels />
        {DEFAULT_STAGES.map(({ name, category }, index) => {
          const { x, y } = arcPoint(index / LAST);
          const atNoon = index === LAST;
          return (
            <g key={name} data-stage-category={category}>
              <circle
                className={atNoon ? classes.sun : classes.stage}
                cx={x}
                cy={y}
                r={atNoon ? 26 : 9}
              />
              <text className={classes.label} {...labelPlace(index, x, y)}>
                {name}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

/** Right below a point on the steep part of the arc, left above it where the arc grows flat. */
function labelPlace(index: number, x: number, y: number) {
  if (index === LAST) return { x, y: y + 62, textAnchor: "middle" } as const;
  if (index === 0) return { x: x + 18, y: y + 26, textAnchor: "start" } as const;
  return index < LAST - 1
    ? ({ x: x + 17, y: y + 20, textAnchor: "start" } as const)
    : ({ x: x - 4, y: y - 20, textAnchor: "end" } as const);
}

/** A row of panels on the horizon, in the foreground of the chart. */
function Panels() {
  return (
    <g className={classes.panels}>
      <line x1="0" y1="400" x2="640" y2="400" />
      {Array.from({ length: 6 }, (_, index) => (
        <path key={index} d={`M${264 + index * 60} 414h50l14 44h-56z`} />
      ))}
    </g>
  );
}
