import type { Amounts } from "./fill.ts";

const WIDTH = 30;
/** Between two lines of a log, in milliseconds. */
const LINE_MS = 5_000;
/** Between two pictures of the bar, in milliseconds. */
const DRAW_MS = 100;

/** Shows how far the filling is: a bar that moves in a terminal, a line now and then in a log. */
export function progressBar(wanted: Amounts) {
  const terminal = process.stdout.isTTY;
  let drawnAt = 0;
  const draw = (done: Amounts) => {
    const share = (done.tenants + done.projects) / (wanted.tenants + wanted.projects);
    const full = Math.floor(Math.min(1, share) * WIDTH);
    const bar = "█".repeat(full) + "░".repeat(WIDTH - full);
    const words = `${done.tenants} of ${wanted.tenants} companies, ${done.projects} of ${wanted.projects} projects`;
    process.stdout.write(terminal ? `\r${bar}  ${words}\x1b[K` : `${words}\n`);
  };
  return {
    show(done: Amounts) {
      if (Date.now() - drawnAt < (terminal ? DRAW_MS : LINE_MS)) return;
      drawnAt = Date.now();
      draw(done);
    },
    end() {
      draw(wanted);
      if (terminal) process.stdout.write("\n");
    },
  };
}
