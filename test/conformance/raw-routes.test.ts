import { rareRequests, rawRequests, RawRequest, RawRoutes, rawRoutes } from './generator/raw-routes';
import { RestRequest } from './harness/clients';
import { count } from './harness/figures';
import { Manifest } from './harness/manifests';
import { Exchange, startWorld } from './harness/world';
import { Cluster } from '../../src/cluster/cluster';
import { ClusterObject } from '../../src/cluster/cluster-object';
import { gatewayVirtualHosts, RouteRule } from '../../src/cluster/routing/virtual-hosts';
import { FindingPlace } from '../../src/rules/finding';
import { overlappingEndpoints } from '../../src/rules/routes/overlapping-endpoints';
import { findingsOf } from '../../src/rules/run';
import { loadProofs } from '../support/cluster';
import { matchingRules, virtualHostFor } from '../support/route-model';

// VirtualServices that were not written with this library, at random. Envoy and the model of routes agree on who answers, and the
// rule about overlaps finds exactly the pairs of which one gets requests that match the other.

const DEEP = process.env.CONFORMANCE_DEEP === 'true';
const [SETS, SEED] = [DEEP ? 2_000 : 120, Number(process.env.CONFORMANCE_SEED ?? 1)];
const SETS_OF_WORLD = 60;
const REQUESTS_OF_SET = 40;
/** Below the ports at which the Envoys really listen. */
const FIRST_PORT = 2_000;
const TIMEOUT = DEEP ? 4 * 3_600_000 : 600_000;

const ALL_REQUESTS = rawRequests();
const RARE_REQUESTS = rareRequests();

/** A deterministic choice among all requests. */
function some(amount: number, seed: number): RawRequest[] {
  let state = seed;
  return Array.from({ length: amount }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return ALL_REQUESTS[state % ALL_REQUESTS.length];
  });
}

/** A request with what should become of it. */
interface Expected {
  readonly set: RawRoutes;
  readonly request: RawRequest;
  readonly matching: readonly RouteRule[];
}

const nameOf = ({ virtualService }: RouteRule) => `${virtualService.namespace}/${virtualService.name}`;
const pairOf = (a: string, b: string) => [a, b].sort().join(' and ');

/** The rules of two VirtualServices that compete for a request: Istio puts a catch-all rule last, whatever its age. */
function competing([first, ...others]: readonly RouteRule[]): string[] {
  if (first === undefined) return [];
  const rivals = others.filter((rule) => rule.virtualService !== first.virtualService && rule.isCatchAll === first.isCatchAll);
  return [...new Set(rivals.map((rule) => pairOf(nameOf(first), nameOf(rule))))];
}

function found(manifests: readonly Manifest[]): Set<string> {
  const findings = findingsOf(clusterOf(manifests), [overlappingEndpoints], loadProofs);
  // A finding about a delegate is one about the VirtualService that refers to it.
  const rootOf = ({ namespace, name }: FindingPlace) => `${namespace}/${name.replace(/-inner$/, '')}`;
  return new Set(findings.flatMap((finding) => finding.related.map((place) => pairOf(rootOf(finding), rootOf(place)))));
}

function clusterOf(manifests: readonly Manifest[]): Cluster {
  return new Cluster(manifests.map((manifest) => new ClusterObject(manifest, { file: 'raw.yaml' })));
}

const asRest = ({ set, request: { host, path, method, headers } }: Expected): RestRequest => ({ rest: path, host, method, headers, port: set.port });

function answer({ answeredBy, response }: Exchange): string {
  return answeredBy === undefined ? `status ${response.status}` : `${answeredBy.at.service}:${answeredBy.at.port}`;
}

function predicted([first]: readonly RouteRule[]): string {
  if (first === undefined) return 'status 404';
  const { host, port } = (first.rule.route as any)[0].destination;
  return `${host.replace('.svc.cluster.local', '')}:${port.number}`;
}

test('Envoy answers as the model of routes predicts, and the rule reports exactly the overlaps that Envoy shows', async () => {
  const sets = rawRoutes(SEED, SETS, FIRST_PORT);
  const wrong: string[] = [];
  const hidden: string[] = [];
  let shown = 0;
  for (let i = 0; i < sets.length; i += SETS_OF_WORLD) {
    const some60 = sets.slice(i, i + SETS_OF_WORLD);
    const world = await startWorld(some60.flatMap(({ manifests }) => manifests));
    try {
      expect(await world.rejected()).toEqual([]);
      const expected: Expected[] = [];
      for (const set of some60) {
        const hosts = gatewayVirtualHosts(clusterOf(set.manifests));
        const pairs = found(set.manifests);
        const witnesses = new Map<string, Expected>();
        const common = new Set<string>();
        const look = (request: RawRequest) => {
          const matching = matchingRules(virtualHostFor(hosts, request), request);
          matching.forEach((_rule, k) => competing(matching.slice(k)).forEach((pair) => common.add(pair)));
          for (const pair of competing(matching)) {
            if (!pairs.has(pair)) wrong.push(`port ${set.port}: missed ${pair} for ${JSON.stringify(request)}`);
            if (!witnesses.has(pair)) witnesses.set(pair, { set, request, matching });
          }
        };
        ALL_REQUESTS.forEach(look);
        if ([...pairs].some((pair) => !witnesses.has(pair))) RARE_REQUESTS.forEach(look);
        for (const pair of pairs) {
          if (!common.has(pair)) wrong.push(`port ${set.port}: false alarm about ${pair}`);
          else if (!witnesses.has(pair)) hidden.push(`port ${set.port}: ${pair}`);
        }
        shown += witnesses.size;
        expected.push(...witnesses.values(), ...some(REQUESTS_OF_SET, set.port).map((request) => ({
          set, request, matching: matchingRules(virtualHostFor(hosts, request), request),
        })));
      }
      const exchanges = await world.sendAll(expected.map(asRest));
      exchanges.forEach((exchange, j) => {
        const [seen, wanted] = [answer(exchange), predicted(expected[j].matching)];
        if (seen !== wanted) wrong.push(`port ${expected[j].set.port}: ${JSON.stringify(expected[j].request)} got ${seen}, predicted ${wanted}`);
      });
    } finally {
      await world.close();
    }
  }
  count('sets of raw routes', sets.length);
  count('overlaps shown by Envoy', shown);
  count('overlaps behind other rules', hidden.length);

  expect(wrong.slice(0, 10)).toEqual([]);
  // Where others take all requests that the two have in common, there is no overlap.
  expect(hidden).toEqual([]);
  expect(shown).toBeGreaterThan(SETS / 4);
}, TIMEOUT);
