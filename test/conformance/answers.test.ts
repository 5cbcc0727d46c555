import * as fs from 'fs';
import { boundaryRequest, Probe } from './answers/boundary-requests';
import { Coverage } from './answers/judging/coverage';
import { acceptedSets, judge } from './answers/judging/judge';
import { describe as describeDisagreement } from './answers/judging/report';
import { accessSet } from './answers/manifests/access-set';
import { connectionSet } from './answers/manifests/connection-set';
import { constructSets } from './answers/manifests/construct-sets';
import { core1Set } from './answers/manifests/core1-set';
import { core2Set } from './answers/manifests/core2-set';
import { rawSet } from './answers/manifests/raw-set';
import { AnswerSet } from './answers/manifests/set';
import { sidecarSet } from './answers/manifests/sidecar-set';
import { Random } from './answers/random';
import { tokenRequests } from './answers/token-requests';
import { count } from './harness/figures';

// The resolver answers random requests for random manifests as a real Envoy does, which gets its configuration from the real istiod.

const DEEP = process.env.CONFORMANCE_DEEP === 'true';
const SEED = Number(process.env.CONFORMANCE_SEED ?? 1);
const REQUESTS_OF_SET = Number(process.env.CONFORMANCE_REQUESTS ?? 40);
const TIMEOUT = DEEP ? 2 * 3_600_000 : 900_000;

/** A kind of sets. Sets of one world share its proxies, except those with policies. */
interface Kind {
  readonly setsOf: (amount: number) => readonly AnswerSet[];
  readonly amount: number;
  readonly ofWorld: number;
  readonly probesOf: (random: Random, set: AnswerSet) => readonly Probe[];
}

const made = (make: (seed: number, index: number) => AnswerSet, ofWorld: number) => (amount: number) => (
  Array.from({ length: amount }, (_, i) => make(SEED * 100_000 + i, i % ofWorld))
);
const nearBoundaries = (random: Random, set: AnswerSet) => Array.from({ length: REQUESTS_OF_SET }, () => boundaryRequest(random, set));
const withTokens = (random: Random, set: AnswerSet) => tokenRequests(random, set, REQUESTS_OF_SET);

const KINDS: { readonly [name: string]: Kind } = {
  'objects of Istio': { setsOf: made(rawSet, 40), amount: 400, ofWorld: 40, probesOf: nearBoundaries },
  'Sidecars': { setsOf: made(sidecarSet, 10), amount: 200, ofWorld: 10, probesOf: nearBoundaries },
  'connections': { setsOf: made(connectionSet, 40), amount: 80, ofWorld: 40, probesOf: nearBoundaries },
  'policies': { setsOf: made(accessSet, 10), amount: 100, ofWorld: 10, probesOf: withTokens },
  'Seldon Core 1': { setsOf: made(core1Set, 40), amount: 80, ofWorld: 40, probesOf: nearBoundaries },
  'Seldon Core 2': { setsOf: made(core2Set, 40), amount: 80, ofWorld: 40, probesOf: nearBoundaries },
  'constructs': { setsOf: (amount) => constructSets(SEED, amount * 7, 0).slice(0, amount), amount: 120, ofWorld: 40, probesOf: nearBoundaries },
};

test.each(Object.keys(KINDS))('the resolver and Envoy agree: %s', async (name) => {
  const { setsOf, amount, ofWorld, probesOf } = KINDS[name];
  const all = setsOf(Math.ceil(Number(process.env.CONFORMANCE_SETS ?? amount * (DEEP ? 1 : 0.1))));
  const wrong: string[] = [];
  const coverage = new Coverage();
  for (let i = 0; i < all.length; i += ofWorld) {
    const { accepted, refused } = await acceptedSets(all.slice(i, i + ofWorld));
    coverage.addRefused(refused);
    const verdict = await judge(accepted, (set) => probesOf(new Random(set.seed + 50_000_000), set));
    expect(verdict.rejected).toEqual([]);
    coverage.add(accepted, verdict);
    wrong.push(...verdict.disagreements.map(describeDisagreement));
  }
  console.log(`${name}: ${coverage.describe()}; ${wrong.length} disagreements`);
  count('sets of manifests for answers', coverage.sets);
  count('answers compared', coverage.requests);
  if (process.env.CONFORMANCE_REPORT !== undefined) fs.writeFileSync(`${process.env.CONFORMANCE_REPORT}-${name.replace(/ /g, '-')}.txt`, wrong.join('\n\n'));
  expect(wrong.slice(0, 3)).toEqual([]);
  if (process.env.CONFORMANCE_SETS === undefined) expect(coverage.missing(name)).toEqual([]);
}, TIMEOUT);
