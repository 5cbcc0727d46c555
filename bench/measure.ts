/** The time of a function, compared with another one that alternates with it. */
export interface Comparison {
  readonly ours: number;
  readonly other: number;
  /** Median of ours over median of the other. */
  readonly ratio: number;
}

/** Alternates two functions, so that a machine that slows down slows both, and compares the medians in milliseconds. */
export function compare(rounds: number, ours: () => number, other: () => number): Comparison {
  const a: number[] = [];
  const b: number[] = [];
  ours();
  other();
  for (let round = 0; round < rounds; round++) {
    a.push(ours());
    b.push(other());
  }
  return { ours: median(a), other: median(b), ratio: median(a) / median(b) };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  return sorted[Math.floor(sorted.length / 2)];
}

/** The time of a function in milliseconds. */
export function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** The CPU time of a function in milliseconds, that of garbage collection included. */
export function cpuTimed(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
