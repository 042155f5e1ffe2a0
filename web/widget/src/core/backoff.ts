/** Waiting times between tries: doubling, capped, and spread so that thousands of widgets do not come back at once. */
export class Backoff {
  private tries = 0

  constructor(
    private readonly base = 500,
    private readonly cap = 20_000,
    private readonly random: () => number = Math.random,
  ) {}

  /** Half of the step is sure, half is chance ("equal jitter"), so that a retry is never immediate. */
  next(): number {
    const step = Math.min(this.cap, this.base * 2 ** this.tries++)
    return step / 2 + this.random() * (step / 2)
  }

  reset(): void {
    this.tries = 0
  }

  get count(): number {
    return this.tries
  }
}
