import { boundaryRequest, Probe } from './answers/boundary-requests';
import { acceptedSets, judge } from './answers/judging/judge';
import { describe as describeDisagreement } from './answers/judging/report';
import { accessSet } from './answers/manifests/access-set';
import { headerProbes, headerSet } from './answers/manifests/header-set';
import { rawSet } from './answers/manifests/raw-set';
import { AnswerSet } from './answers/manifests/set';
import { Random } from './answers/random';
import { tokenRequests } from './answers/token-requests';
import { count } from './harness/figures';
import { EnvoyProgram } from './harness/tools';

// Which headers Envoy joins, keeps apart, removes and sets differs between releases, and nothing else that the resolver answers does.

const SEED = Number(process.env.CONFORMANCE_SEED ?? 1);
const AMOUNT = Number(process.env.CONFORMANCE_SETS ?? (process.env.CONFORMANCE_DEEP === 'true' ? 40 : 10));
const REQUESTS = 40;

const RELEASES: readonly [istioVersion: string, envoy: EnvoyProgram][] = [['1.32', 'envoy'], ['1.31', 'envoy-1.39'], ['1.30', 'envoy-1.38'], ['1.29.0', 'envoy-1.37']];

async function disagreements(sets: readonly AnswerSet[], probesOf: (set: AnswerSet) => readonly Probe[], envoy: EnvoyProgram): Promise<string[]> {
  const { accepted } = await acceptedSets(sets);
  const verdict = await judge(accepted, probesOf, envoy);
  expect(verdict.rejected).toEqual([]);
  expect(verdict.observations.length).toBeGreaterThan(100);
  count('answers compared', verdict.observations.length);
  return verdict.disagreements.slice(0, 3).map(describeDisagreement);
}

test.each(RELEASES)('each header on one and two lines, with Istio %s', async (istioVersion, envoy) => {
  const probes = headerProbes();
  expect(await disagreements([headerSet(istioVersion)], () => probes, envoy)).toEqual([]);
}, 300_000);

describe.each(RELEASES.slice(1))('random requests with Istio %s', (istioVersion, envoy) => {
  const setsOf = (make: (seed: number, index: number) => AnswerSet) => Array.from({ length: AMOUNT }, (_, i) => (
    { ...make(SEED * 100_000 + i, i), settings: { istioVersion } }
  ));
  const randomOf = (set: AnswerSet) => new Random(set.seed + 70_000_000);

  test('objects of Istio', async () => {
    const boundary = (set: AnswerSet) => {
      const random = randomOf(set);
      return Array.from({ length: REQUESTS }, () => boundaryRequest(random, set));
    };
    expect(await disagreements(setsOf(rawSet), boundary, envoy)).toEqual([]);
  }, 900_000);

  test('policies', async () => {
    expect(await disagreements(setsOf(accessSet), (set) => tokenRequests(randomOf(set), set, REQUESTS), envoy)).toEqual([]);
  }, 900_000);
});
