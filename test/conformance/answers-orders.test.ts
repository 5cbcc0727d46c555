import { boundaryRequest, Probe } from './answers/boundary-requests';
import { binomialTail } from './answers/judging/binomial';
import { differences } from './answers/judging/compare';
import { acceptedSets, judge, predict, resolverOf } from './answers/judging/judge';
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

const setsOf = (first: number, amount: number, make = rawSet) => Array.from({ length: amount }, (_, i) => make(SEED * 100_000 + first + i, i));

function requestsOf(set: AnswerSet, amount: number): Probe[] {
  const random = new Random(set.seed);
  return Array.from({ length: amount }, () => boundaryRequest(random, set));
}

/** Missing destinations look alike, whatever is missing. */
const seenAs = (responder: Responder) => (responder.kind === 'unavailable' ? responder.kind : showResponder(responder));

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
      for (const name of new Set(outcomes.map(({ responder }) => seenAs(responder)))) {
        const own = outcomes.filter(({ responder }) => seenAs(responder) === name);
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
  ['requests', rawSet, 24, 20], ['connections', connectionSet, 40, 10],
] as const)('each case of an answer occurs if its condition holds, and no other: %s', async (_title, make, amount, least) => {
  const { accepted } = await acceptedSets(setsOf(60_000, DEEP ? 200 : amount, make).map(undeployed).filter((set) => openRequests(set).length > 0));
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
  expect(open.size).toBeGreaterThan(least);
}, TIMEOUT);
