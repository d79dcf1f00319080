/** A request that goes wrong before any handler sees it. Each server words it as the service it stands for. */
export class HttpProblem extends Error {
  readonly status: 404 | 405 | 413 | 421;

  constructor(status: HttpProblem["status"], message: string) {
    super(message);
    this.status = status;
  }
}
