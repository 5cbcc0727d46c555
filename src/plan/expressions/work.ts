/**
 * A limit of work: the steps that are left. Comparing expressions can take very many.
 *
 * @internal
 */
export class Work {
  /** Limits work to a number of steps. */
  constructor(private steps: number) {}

  /** The steps that are left; none or fewer than none if the limit is reached. */
  public get left(): number {
    return this.steps;
  }

  /** Counts steps. Returns false once more than the allowed ones are done. */
  public spend(steps: number): boolean {
    this.steps -= steps;
    return this.steps >= 0;
  }
}
