import * as fc from 'fast-check';
import { app } from './app';
import { build } from './build';
import { Accepted, Finding } from './judge';
import { Slot } from './slot';
import { AppSpec } from './spec';

/** A generated app, and where it comes from: the same seed and path always give the same app. */
export interface Generated {
  readonly index: number;
  readonly seed: number;
  readonly path: string;
  readonly app: AppSpec;
  /** Why it was refused; undefined when it was not. */
  readonly refused?: string;
  readonly accepted?: Accepted;
}

function generate(index: number, seed: number, path: string, spec: AppSpec): Generated {
  const slot = new Slot(index);
  const { manifests, refused } = build(spec, slot);
  return { index, seed, path, app: spec, refused, accepted: manifests === undefined ? undefined : { index, app: spec, slot, manifests } };
}

/** Apps of each seed. */
export function generateApps(seeds: readonly number[], each: number): Generated[] {
  return seeds.flatMap((seed, at) => fc.sample(app, { seed, numRuns: each }).map((spec, i) => generate(at * each + i, seed, String(i), spec)));
}

/** The one app of a seed and a path, as a failure names it. */
export function generateOne(seed: number, path: string): Generated {
  const [spec] = fc.sample(app, { seed, path, numRuns: 1 });
  return generate(1, seed, path, spec);
}

/** Makes an app smaller for as long as something is wrong with it; gives up looking after some time. */
export async function shrink(from: Generated, judge: (accepted: Accepted) => Promise<Finding[]>, seconds = 40): Promise<Generated> {
  const property = fc.asyncProperty(app, async (spec) => {
    const { accepted } = generate(from.index, from.seed, '', spec);
    return accepted === undefined || (await judge(accepted)).length === 0;
  });
  const result = await fc.check(property, {
    seed: from.seed, path: from.path, numRuns: 1, interruptAfterTimeLimit: seconds * 1000, markInterruptAsFailure: false,
  });
  const path = result.counterexamplePath;
  return path === null || result.counterexample === null ? from : generate(from.index, from.seed, path, result.counterexample[0]);
}

/** What to read first about a failure: what is wrong, with which app, and how to see it again. */
export function report(findings: readonly Finding[], small: Generated, first: Generated): string {
  return [
    ...findings.map(({ message }) => message),
    `app: ${fc.stringify(small.app)}`,
    `again: CONFORMANCE_SEED=${small.seed} CONFORMANCE_PATH=${small.path} npm run conformance -- generated`,
    ...(small === first ? [] : [`before it was made smaller: CONFORMANCE_PATH=${first.path}`]),
  ].join('\n');
}
