const TICK_MS = 10_000;

/**
 * Does one step of the start and says so: a line when it begins, one every ten seconds while it
 * lasts, and one with its time when it is done.
 */
export async function step<T>(doing: string, done: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${doing} ...`);
  const ticker = setInterval(() => console.log(`  still at it, ${seconds()} s`), TICK_MS);
  try {
    const result = await work();
    console.log(`  ${done} in ${seconds()} s`);
    return result;
  } finally {
    clearInterval(ticker);
  }
}
