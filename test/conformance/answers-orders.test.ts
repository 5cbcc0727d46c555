import { boundaryRequest, Probe } from './answers/boundary-requests';
import { binomialTail } from './answers/judging/binomial';
import { differences } from './answers/judging/compare';
import { acceptedSets, judge, predict, resolverOf } from './answers/judging/judge';
import { isSeen, showResponder } from './answers/judging/responders';
import { rawSet } from './answers/manifests/raw-set';
import { AnswerSet } from './answers/manifests/set';
import { Random } from './answers/random';
import { count } from './harness/figures';
import { Manifest } from './harness/manifests';
import { AnswerCase } from '../../src/answers/answer';

// What depends on chance, and what depends on the age of objects.

const DEEP = process.env.CONFORMANCE_DEEP === 'true';
const SEED = Number(process.env.CONFORMANCE_SEED ?? 1);
const TIMEOUT = DEEP ? 2 * 3_600_000 : 900_000;
const OF_SHARE = 2_000;
/** Below it a difference between a share and its count is no chance. */
const LIMIT = 1e-7;

const setsOf = (first: number, amount: number) => Array.from({ length: amount }, (_, i) => rawSet(SEED * 100_000 + first + i, i));

function requestsOf(set: AnswerSet, amount: number): Probe[] {
  const random = new Random(set.seed);
  return Array.from({ length: amount }, () => boundaryRequest(random, set));
}

const sharesOf = ({ outcomes }: AnswerCase) => (
  new Set(outcomes.filter(({ share }) => !share.isNone).map(({ responder }) => showResponder(responder))).size
);

/** Requests that several answer, no two of the same rule. */
function sharedRequests(set: AnswerSet, most: number): Probe[] {
  const resolver = resolverOf(set);
  const found = new Map<string, Probe>();
  for (const probe of requestsOf(set, 200)) {
    const predicted = predict(resolver, probe);
    if (sharesOf(predicted) > 1) found.set(JSON.stringify(predicted.rule?.field) + predicted.rule?.object.toString(), probe);
  }
  return [...found.values()].slice(0, most);
}

test('shares are those that many requests get', async () => {
  const { accepted } = await acceptedSets(setsOf(50_000, DEEP ? 40 : 12));
  const repeated = (set: AnswerSet) => sharedRequests(set, DEEP ? 2 : 1).flatMap((probe) => (
    Array.from({ length: OF_SHARE * sharesOf(predict(resolverOf(set), probe)) }, () => probe)
  ));
  const wrong: string[] = [];
  let shares = 0;
  for (const set of accepted.filter((each) => sharedRequests(each, 1).length > 0).slice(0, DEEP ? 20 : 3)) {
    const { observations, predictions, disagreements } = await judge([set], repeated);
    expect(disagreements.map((each) => each.differences)).toEqual([]);
    for (const probe of new Set(observations.map((each) => each.probe))) {
      const seen = observations.filter((each) => each.probe === probe);
      const { outcomes } = predictions[observations.indexOf(seen[0])];
      for (const name of new Set(outcomes.map(({ responder }) => showResponder(responder)))) {
        const own = outcomes.filter(({ responder }) => showResponder(responder) === name);
        const share = own.reduce((sum, each) => sum + Number(each.share.numerator) / Number(each.share.denominator), 0);
        const got = seen.filter((each) => isSeen(own[0].responder, each)).length;
        shares++;
        if (binomialTail(got, seen.length, share) < LIMIT) wrong.push(`${name} got ${got} of ${seen.length} requests, share ${share}`);
      }
    }
  }
  console.log(`${shares} shares of at least ${OF_SHARE} requests each`);
  count('answers compared', shares * OF_SHARE);
  expect(wrong).toEqual([]);
  expect(shares).toBeGreaterThan(5);
}, TIMEOUT);

/** The VirtualServices of a set that are not delegates. */
const rootsOf = ({ manifests }: AnswerSet) => manifests.filter(({ kind, spec }) => kind === 'VirtualService' && spec.hosts !== undefined);

const keyOf = ({ metadata }: Manifest) => `${metadata.namespace}/${metadata.name}`;

/** The set in a cluster where one of its VirtualServices is the oldest. The resolver does not get to know it. */
function withOldest(set: AnswerSet, oldest: string): AnswerSet {
  const aged = set.manifests.map((manifest) => ({
    ...manifest, metadata: { ...manifest.metadata, creationTimestamp: keyOf(manifest) === oldest ? '2025-01-01T00:00:00Z' : '2026-01-01T00:00:00Z' },
  }));
  return { ...set, manifests: aged, readByResolver: set.manifests };
}

/** Requests whose answer depends on the age of VirtualServices alone. */
function openRequests(set: AnswerSet): Probe[] {
  const resolver = resolverOf(set);
  return requestsOf(set, 60).filter((probe) => {
    const { cases } = resolver.resolve(probe.request);
    return cases.length > 1 && cases.every(({ condition }) => OLDEST.test(condition ?? ''));
  });
}

const OLDEST = /^VirtualService (\S+) is the oldest[^,]*$/;

test('each case of an answer occurs if its condition holds', async () => {
  const isOpen = (set: AnswerSet) => set.manifests.every(({ metadata }) => !('creationTimestamp' in metadata)) && openRequests(set).length > 0;
  const { accepted } = await acceptedSets(setsOf(60_000, DEEP ? 400 : 60).filter(isOpen));
  const wrong: string[] = [];
  let cases = 0;
  for (let k = 0; k < Math.max(...accepted.map((set) => rootsOf(set).length)); k++) {
    const sets = accepted.filter((set) => rootsOf(set).length > k).map((set) => withOldest(set, keyOf(rootsOf(set)[k])));
    const { observations } = await judge(sets, openRequests);
    for (const seen of observations) {
      const oldest = keyOf(rootsOf(seen.set)[k]);
      const held = resolverOf(seen.set).resolve(seen.probe.request).cases.find(({ condition }) => OLDEST.exec(condition!)![1] === oldest);
      if (held === undefined) continue;
      cases++;
      const found = differences(held, seen);
      if (found.length > 0) wrong.push(`seed ${seen.set.seed}: ${JSON.stringify(seen.probe)} if ${oldest} is the oldest\n  ${found.join('\n  ')}`);
    }
  }
  console.log(`${cases} cases of answers of ${accepted.length} sets`);
  count('answers compared', cases);
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(cases).toBeGreaterThan(20);
}, TIMEOUT);
