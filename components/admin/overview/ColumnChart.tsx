import { VisuallyHidden } from "@mantine/core";
import classes from "./ColumnChart.module.css";

type Column = {
  key: string;
  /** What the column stands for, in words: "Nov 23, 2026". */
  label: string;
  value: number;
  /** The value in words: "3". */
  text: string;
};

type ColumnChartProps = {
  /** What is shown, for whoever cannot see it. */
  caption: string;
  /** What the columns stand for: "Day". */
  head: string;
  columns: Column[];
};

const STEP = 10;
/** Room for so many at least: a single column would fill the whole chart. */
const FEWEST = 6;
const HEIGHT = 100;

/** Values over time as columns; the same as a table for screen readers. */
export function ColumnChart({ caption, head, columns }: ColumnChartProps) {
  const most = Math.max(1, ...columns.map(({ value }) => value));
  const [first, last] = [columns[0], columns.at(-1)];
  return (
    <>
      <div className={classes.chart} aria-hidden>
        <svg
          viewBox={`0 0 ${Math.max(columns.length, FEWEST) * STEP} ${HEIGHT}`}
          preserveAspectRatio="none"
          className={classes.columns}
        >
          {columns.map(({ key, label, value, text }, index) => {
            const height = value <= 0 ? 1 : Math.max(3, (value / most) * HEIGHT);
            return (
              <g key={key}>
                <title>{`${label}: ${text}`}</title>
                <rect
                  className={value > 0 ? classes.column : classes.none}
                  {...{ x: index * STEP + 1, y: HEIGHT - height, width: STEP - 2, height }}
                />
              </g>
            );
          })}
        </svg>
        <p className={classes.ends}>
          <span>{first?.label}</span>
          {columns.length > 1 && <span>{last?.label}</span>}
        </p>
      </div>
      <VisuallyHidden>
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{head}</th>
              <th scope="col">{caption}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ key, label, text }) => (
              <tr key={key}>
                <th scope="row">{label}</th>
                <td>{text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </>
  );
}
