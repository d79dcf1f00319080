import classes from "./Performance.module.css";

type SparklineProps = {
  values: number[];
  /** What a screen reader says instead. */
  label: string;
  width?: number;
  height?: number;
};

/** A few numbers do not fill the whole width. */
const FEWEST_SLOTS = 24;

/** Bars for a row of numbers, the largest as high as there is room. */
export function Sparkline({ values, label, width = 84, height = 22 }: SparklineProps) {
  const most = Math.max(...values, 0);
  const step = width / Math.max(FEWEST_SLOTS, values.length);
  return (
    <svg
      className={classes.sparkline}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={label}
    >
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
      {values.map((value, index) => {
        const tall = most === 0 ? 0 : (value / most) * (height - 1);
        // A little is not nothing.
        const bar = value > 0 ? Math.max(2, tall) : 0;
        return (
          <rect
            key={index}
            x={index * step}
            y={height - bar}
            width={Math.max(1, step - 1)}
            height={bar}
            rx={1}
          />
        );
      })}
    </svg>
  );
}
