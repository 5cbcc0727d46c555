const MODULUS = 2_147_483_647;

/** Choices that are the same for the same seed, on every machine. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = 1 + seed % (MODULUS - 1);
    // Seeds next to each other begin with similar numbers.
    for (let i = 0; i < 8; i++) this.next();
  }

  /** A number from 0 to below 1. */
  public next(): number {
    this.state = this.state * 48_271 % MODULUS;
    return (this.state - 1) / (MODULUS - 1);
  }

  /** An integer from 0 to one below the limit. */
  public below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** Whether something of this probability happens. */
  public chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of the values. */
  public pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }

  /** What one of the functions makes. */
  public either<T>(...makers: readonly (() => T)[]): T {
    return this.pick(makers)();
  }

  /** A value with this probability. */
  public maybe<T>(probability: number, make: () => T): T | undefined {
    return this.chance(probability) ? make() : undefined;
  }

  /** A list. */
  public list<T>(least: number, most: number, make: (index: number) => T): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, (_, i) => make(i));
  }

  /** Different ones of the values. */
  public some<T>(values: readonly T[], least: number, most: number): T[] {
    const left = [...values];
    return this.list(least, Math.min(most, left.length), () => left.splice(this.below(left.length), 1)[0]);
  }
}

/** Without the fields that are undefined. */
export function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
