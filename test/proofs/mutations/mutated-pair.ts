import { atomRequests } from './atom-requests';
import { CHANGING } from './changing';
import { KEEPING, Mutation } from './keeping';
import { randomState } from './random-state';
import { clusterOfState, State } from './state';
import { Resolver } from '../../../src/answers/resolver';
import { compareTraffic } from '../../../src/proofs/comparison';
import { answerTexts } from '../support/answer-texts';
import { Random } from '../support/small-alphabet';

/** Two states, of which the second one is the first after mutations. */
export interface MutatedPair {
  readonly before: State;
  readonly after: State;
  /** The names of the mutations. */
  readonly mutations: readonly string[];
  /** Whether all of them keep the meaning. */
  readonly keepsMeaning: boolean;
}

/** Mutates a state until so many mutations applied. */
function mutate(state: State, count: number, all: { readonly [name: string]: Mutation }, random: Random): readonly [State, readonly string[]] {
  let after = state;
  const names: string[] = [];
  for (let tries = 0; tries < 50 && names.length < count; tries += 1) {
    const [name, mutation] = random.pick(Object.entries(all));
    const mutated = mutation(after, random);
    if (mutated === undefined) continue;
    after = mutated;
    names.push(name);
  }
  return [after, names];
}

/** A random pair; a half of all pairs keeps the meaning. */
export function mutatedPair(random: Random): MutatedPair {
  const before = randomState(random);
  const keepsMeaning = random.chance(50);
  const [kept, names] = mutate(before, keepsMeaning ? 1 + random.below(3) : random.below(2), KEEPING, random);
  if (keepsMeaning) return { before, after: kept, mutations: names, keepsMeaning };
  const [after, more] = mutate(kept, 1 + random.below(2), CHANGING, random);
  return { before, after, mutations: [...names, ...more], keepsMeaning };
}

/** What requests show about the verdict on a pair. */
export interface Judgement {
  readonly isEquivalent: boolean;
  readonly isUndecided: boolean;
  /** Reasons of what is not decided, and places where changes were found. */
  readonly reasons: readonly string[];
  /** How many requests were asked. */
  readonly asked: number;
  /** How many of them are answered differently. */
  readonly different: number;
  /** What contradicts the verdict. */
  readonly wrong: readonly string[];
}

/** Judges the verdict on a pair by requests for all conditions of both states. */
export function judge({ before, after }: MutatedPair, random: Random): Judgement {
  const [b, a] = [clusterOfState(before), clusterOfState(after)];
  const { changes, repeated, undecided } = compareTraffic(b, a);
  const [first, second] = [new Resolver(b), new Resolver(a)];
  const requests = atomRequests([before, after], random);
  const wrong: string[] = [];
  let different = 0;
  for (const request of requests) {
    const [x, y] = [answerTexts(first.resolve(request)), answerTexts(second.resolve(request))];
    if (x === y) continue;
    different += 1;
    const repeats = new Set(request.headers.map(({ name }) => name)).size < request.headers.length;
    if (undecided.length + changes.length + (repeats ? repeated.length : 0) === 0) wrong.push(`missed ${JSON.stringify(request)}: ${x} → ${y}`);
  }
  for (const { witness } of [...changes, ...repeated]) {
    if (answerTexts(first.resolve(witness)) === answerTexts(second.resolve(witness))) wrong.push(`no difference for ${JSON.stringify(witness)}`);
  }
  return {
    isEquivalent: changes.length + repeated.length + undecided.length === 0,
    isUndecided: undecided.length > 0,
    reasons: [...undecided.map(({ reason }) => reason), ...[...changes, ...repeated].map((change) => JSON.stringify(change.witness))],
    asked: requests.length,
    different,
    wrong,
  };
}
