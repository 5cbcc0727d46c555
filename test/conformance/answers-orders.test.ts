import { boundaryRequest, Probe } from './answers/boundary-requests';
import { binomialTail } from './answers/judging/binomial';
import { choiceOf, chosenFor, differences } from './answers/judging/compare';
import { acceptedSets, judge, predict, resolverOf } from './answers/judging/judge';
import { Observation } from './answers/judging/observation';
import { isSeen, showResponder } from './answers/judging/responders';
import { connectionSet } from './answers/manifests/connection-set';
import { rawSet } from './answers/manifests/raw-set';
import { AnswerSet } from './answers/manifests/set';
import { Random } from './answers/random';
import { count } from './harness/figures';
import { Manifest } from './harness/manifests';
import { AnswerCase, Responder } from '../../src/answers/answer';

// What depends on chance, and what depends on the age of objects.

const DEEP = process.env.CONFORMANCE_DEEP === 'true';
const SEED = Number(process.env.CONFORMANCE_SEED ?? 1);
const TIMEOUT = DEEP ? 2 * 3_600_000 : 900_000;
const OF_SHARE = 2_000;
/** Below it a difference between a share and its count is no chance. */
const LIMIT = 1e-7;

/** How many sets are tried for one that has wanted requests. */
const MOST_TRIED = 200;

/**
 * The first sets that Istio accepts and that have wanted requests, until they are enough. A fixed number of sets would have too few of them for some
 * seeds, since most sets have none.
 */
async function setsWith(
  make: (seed: number, index: number) => AnswerSet, first: number, wanted: (set: AnswerSet) => readonly Probe[],
  least: { readonly sets: number; readonly requests: number },
): Promise<AnswerSet[]> {
  const found: AnswerSet[] = [];
  let requests = 0;
  for (let i = 0; found.length < least.sets || requests < least.requests; i++) {
    if (i > MOST_TRIED * (found.length + 1)) throw new Error(`of ${i} sets, only ${found.length} have wanted requests`);
    const set = make(SEED * 100_000 + first + i, found.length);
    const amount = new Set(wanted(set).map((probe) => JSON.stringify(probe))).size;
    if (amount === 0 || (await acceptedSets([set])).accepted.length === 0) continue;
    found.push(set);
    requests += amount;
  }
  return found;
}

function requestsOf(set: AnswerSet, amount: number): Probe[] {
  const random = new Random(set.seed);
  return Array.from({ length: amount }, () => boundaryRequest(random, set));
}

/** Missing destinations look alike, whatever is missing, and so do subsets with the same labels. */
const seenAs = (responder: Responder) => (responder.kind === 'unavailable' ? responder.kind : choiceOf(responder) ?? showResponder(responder));

/** Whether a responder, and no other one of an answer, got a request. */
function isCounted(responder: Responder, among: readonly Responder[], seen: Observation): boolean {
  return isSeen(responder, seen) && (choiceOf(responder) === undefined || choiceOf(responder) === chosenFor(seen, among));
}

const sharesOf = ({ outcomes }: AnswerCase) => new Set(outcomes.filter(({ share }) => !share.isNone).map(({ responder }) => seenAs(responder))).size;

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
  const sets = await setsWith(rawSet, 50_000, (set) => sharedRequests(set, 1), DEEP ? { sets: 20, requests: 20 } : { sets: 3, requests: 3 });
  const repeated = (set: AnswerSet) => sharedRequests(set, DEEP ? 2 : 1).flatMap((probe) => (
    Array.from({ length: OF_SHARE * sharesOf(predict(resolverOf(set), probe)) }, () => probe)
  ));
  const wrong: string[] = [];
  let shares = 0;
  for (const set of sets) {
    const { observations, predictions, disagreements } = await judge([set], repeated);
    expect(disagreements.map((each) => each.differences)).toEqual([]);
    for (const probe of new Set(observations.map((each) => each.probe))) {
      const seen = observations.filter((each) => each.probe === probe);
      const { outcomes } = predictions[observations.indexOf(seen[0])];
      const responders = outcomes.map(({ responder }) => responder);
      let counted = 0;
      for (const name of new Set(responders.map(seenAs))) {
        const own = outcomes.filter(({ responder }) => seenAs(responder) === name);
        const share = own.reduce((sum, each) => sum + Number(each.share.numerator) / Number(each.share.denominator), 0);
        const got = seen.filter((each) => isCounted(own[0].responder, responders, each)).length;
        counted += got;
        shares++;
        if (binomialTail(got, seen.length, share) < LIMIT) wrong.push(`${name} got ${got} of ${seen.length} requests, share ${share}`);
      }
      if (counted !== seen.length) wrong.push(`${counted} of ${seen.length} requests are counted: ${JSON.stringify(probe)}`);
    }
  }
  console.log(`${shares} shares of at least ${OF_SHARE} requests each`);
  count('answers compared', shares * OF_SHARE);
  expect(wrong).toEqual([]);
  expect(shares).toBeGreaterThanOrEqual(2 * sets.length);
}, TIMEOUT);

/** Objects whose age decides, by kind: VirtualServices that are not delegates, and Gateways. */
const agedOf = ({ manifests }: AnswerSet, kind: string) => manifests.filter((each) => each.kind === kind && (kind === 'Gateway' || each.spec.hosts !== undefined)).map(keyOf);

const keyOf = ({ metadata }: Manifest) => `${metadata.namespace}/${metadata.name}`;

/** The places of the objects of a set in the order of their age, by kind and name. */
type Order = ReadonlyMap<string, number>;

/** An order in which one VirtualService and one Gateway are the oldest. */
function orderOf(set: AnswerSet, firsts: { readonly [kind: string]: number }): Order {
  return new Map(Object.entries(firsts).flatMap(([kind, first]) => {
    const keys = agedOf(set, kind);
    return keys.map((key, i) => [`${kind} ${key}`, (i + keys.length - first % keys.length) % keys.length] as const);
  }));
}

const withoutAge = ({ metadata: { creationTimestamp, ...metadata }, ...manifest }: any): Manifest => ({ ...manifest, metadata });

/** A set as it is before it is deployed. */
const undeployed = (set: AnswerSet): AnswerSet => ({ ...set, manifests: set.manifests.map(withoutAge) });

/** The set in a cluster where its objects have this order. The resolver does not get to know it. */
function deployed(set: AnswerSet, order: Order): AnswerSet {
  const aged = set.manifests.map((manifest) => {
    const place = order.get(`${manifest.kind} ${keyOf(manifest)}`);
    return place === undefined ? manifest : { ...manifest, metadata: { ...manifest.metadata, creationTimestamp: `2026-01-0${1 + place}T00:00:00Z` } };
  });
  return { ...set, manifests: aged, readByResolver: set.manifests };
}

const OLDEST = /(VirtualService|Gateway) (\S+) is the oldest/g;

const objectsIn = ({ condition }: AnswerCase) => [...(condition ?? '').matchAll(OLDEST)].map(([, kind, key]) => `${kind} ${key}`);

/** Requests whose answer depends on the age of objects alone. */
function openRequests(set: AnswerSet): Probe[] {
  const resolver = resolverOf(set);
  return requestsOf(set, 100).filter((probe) => {
    const { cases } = resolver.resolve(probe.request);
    return cases.length > 1 && cases.every((each) => objectsIn(each).length > 0);
  });
}

/** The case whose condition holds: it names the oldest object, and of those with this one the oldest of the next kind. */
function caseHeld(cases: readonly AnswerCase[], order: Order): AnswerCase {
  const places = (each: AnswerCase) => objectsIn(each).map((name) => order.get(name)!);
  return [...cases].sort((a, b) => {
    const [of, to] = [places(a), places(b)];
    const first = of.findIndex((place, i) => place !== to[i]);
    return first < 0 ? 0 : of[first] - to[first];
  })[0];
}

test.each([
  ['requests', rawSet], ['connections', connectionSet],
] as const)('each case of an answer occurs if its condition holds, and no other: %s', async (_title, make) => {
  const least = DEEP ? { sets: 40, requests: 250 } : { sets: 4, requests: 25 };
  const accepted = await setsWith((seed, index) => undeployed(make(seed, index)), 60_000, openRequests, least);
  const most = (kind: string) => Math.max(...accepted.map((set) => agedOf(set, kind).length));
  const wrong: string[] = [];
  const open = new Map<string, Set<AnswerCase['condition']>>();
  let compared = 0;
  for (let route = 0; route < most('VirtualService'); route++) {
    for (let gateway = 0; gateway < most('Gateway'); gateway++) {
      const orders = new Map(accepted.map((set) => [set.seed, orderOf(set, { VirtualService: route, Gateway: gateway })]));
      const { observations } = await judge(accepted.map((set) => deployed(set, orders.get(set.seed)!)), openRequests);
      for (const seen of observations) {
        const { set, probe } = seen;
        const { cases } = resolverOf(set).resolve(probe.request);
        const held = caseHeld(cases, orders.get(set.seed)!);
        const key = `${set.seed} ${JSON.stringify(probe)}`;
        if (!open.has(key)) open.set(key, new Set(cases.map(({ condition }) => condition)));
        open.get(key)!.delete(held.condition);
        compared++;
        const found = differences(held, seen);
        if (found.length > 0) wrong.push(`seed ${set.seed}: ${JSON.stringify(probe)} if ${held.condition}\n  ${found.join('\n  ')}`);
      }
    }
  }
  console.log(`${open.size} requests of ${accepted.length} sets, ${compared} comparisons`);
  count('answers compared', compared);
  expect(wrong.slice(0, 3)).toEqual([]);
  expect([...open].filter(([, { size }]) => size > 0)).toEqual([]);
  expect(open.size).toBeGreaterThanOrEqual(least.requests);
}, TIMEOUT);
