import { PATH_EXPRESSIONS, VALUE_EXPRESSIONS } from './mutations/expressions';
import { judge, mutatedPair } from './mutations/mutated-pair';
import { manifestsOf } from './mutations/state';
import { Random } from './support/small-alphabet';
import { Expression } from '../../src/plan/expressions/re2';

/** A deep run judges 10,000 pairs or more. */
const PAIRS = Number(process.env.PROOF_PAIRS ?? 100);
const SEED = Number(process.env.PROOF_SEED ?? 5);
const isDeep = process.env.PROOF_PAIRS !== undefined;

test('spellings of an expression match the same strings', () => {
  for (const { spellings, inside, outside } of [...PATH_EXPRESSIONS, ...VALUE_EXPRESSIONS]) {
    const results = spellings.map((spelling) => [...inside, ...outside].filter((word) => Expression.of(spelling).matches(word)));
    expect(results).toEqual(spellings.map(() => inside));
  }
});

test('mutated states are equivalent if no request is answered differently, and always if the mutations keep the meaning', () => {
  const random = new Random(SEED);
  const counts = { equivalent: 0, undecided: 0, keeping: 0, lost: 0, requests: 0 };
  for (let i = 0; i < PAIRS; i += 1) {
    const pair = mutatedPair(random);
    const { isEquivalent, isUndecided, reasons, asked, wrong } = judge(pair, random);
    const shown = () => `pair ${i}: ${pair.mutations.join(', ')}\n${[pair.before, pair.after].map((state) => JSON.stringify(manifestsOf(state))).join('\n=======\n')}`;
    if (wrong.length > 0) throw new Error(`${wrong.slice(0, 3).join('\n')}\n${shown()}`);
    if (pair.keepsMeaning && !isEquivalent && !isUndecided) throw new Error(`not equivalent: ${reasons.slice(0, 3).join('\n')}\n${shown()}`);
    counts.equivalent += Number(isEquivalent);
    counts.undecided += Number(isUndecided);
    counts.keeping += Number(pair.keepsMeaning);
    counts.lost += Number(pair.keepsMeaning && isUndecided);
    counts.requests += asked;
  }
  if (isDeep) process.stdout.write(`${PAIRS} pairs: ${JSON.stringify(counts)}\n`);
  expect(counts.undecided).toBeLessThanOrEqual(Math.ceil(PAIRS / 100));
  expect(counts.keeping).toBeGreaterThan(PAIRS / 3);
  expect(counts.equivalent).toBeLessThan(PAIRS * 3 / 4);
}, 3_600_000);
