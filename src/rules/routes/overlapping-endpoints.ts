import { levelOf } from './overlap-level';
import { showMatch } from './show-match';
import { Cluster } from '../../cluster/cluster';
import { coversMatch } from '../../cluster/routing/match-relations';
import { overlappingRules, RulePair, takesAll } from '../../cluster/routing/overlapping-rules';
import { gatewayVirtualHosts, isKnownOrder, VirtualHost } from '../../cluster/routing/virtual-hosts';
import { groupBy } from '../../plan/groups';
import { Level, orderOf } from '../level';
import { Problem, Rule } from '../rule';

/** VirtualServices of one host and gateway that match the same requests. */
export const overlappingEndpoints: Rule = {
  id: 'overlapping-endpoints',
  level: Level.ERROR,
  title: 'Two VirtualServices match the same requests',
  page: {
    explanation: `
Istio merges all VirtualServices of a host on a gateway into one list of rules. Rules of the older VirtualService come first; of two that
were created in the same second, the one whose name comes first. A request is answered by the first rule that matches, so requests that
were meant for one backend reach another one.

The finding is an error if the rule that is tried first takes all requests of the other one, or if both expect the same requests otherwise.
It is a warning if the narrower rule happens to come first: as soon as it is created again, it is the younger one and gets no requests. It
is information if it takes an unlikely request to match both, such as one with the headers that identify both.`,
    wrong: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: all-models, namespace: models }
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http:
    - match: [{ uri: { prefix: /v2 } }]
      route: [{ destination: { host: seldon-mesh.models.svc.cluster.local, port: { number: 80 } } }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris, namespace: models }
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http:
    - match: [{ uri: { prefix: /v2/models/iris/ } }]
      route:
        - destination: { host: seldon-mesh.models.svc.cluster.local, port: { number: 80 } }
          headers: { request: { set: { seldon-model: iris }, remove: [x-seldon-route, seldon-internal-model] } }
`,
    right: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: models, namespace: models }
spec:
  hosts: [models.example.com]
  gateways: [istio-system/gateway]
  http:
    - match: [{ uri: { prefix: /v2/models/iris/ } }]
      route:
        - destination: { host: seldon-mesh.models.svc.cluster.local, port: { number: 80 } }
          headers: { request: { set: { seldon-model: iris }, remove: [x-seldon-route, seldon-internal-model] } }
    - match: [{ uri: { prefix: /v2/models/wine/ } }]
      route:
        - destination: { host: seldon-mesh.models.svc.cluster.local, port: { number: 80 } }
          headers: { request: { set: { seldon-model: wine }, remove: [x-seldon-route, seldon-internal-model] } }
`,
  },
  check: (cluster: Cluster) => {
    const found = [...groupBy(cluster.derived(gatewayVirtualHosts).flatMap((on) => overlapsOn(cluster, on)), pairKey).values()].map(overlapOfPair);
    const byObject = groupBy(found, ({ second, level }) => `${level} ${second.virtualService}`);
    return [...byObject.values()].flatMap((overlaps) => (isOneFinding(overlaps) ? [overlaps] : overlaps.map((overlap) => [overlap]))).map(problemOf);
  },
};

/** More overlaps of a VirtualService are one finding. */
const MAX_FINDINGS = 5;

/** Where clients name the model in a header, each VirtualService has an unlikely overlap with most others. */
function isOneFinding(overlaps: readonly ObjectOverlap[]): boolean {
  return overlaps[0].level === Level.INFO || overlaps.length > MAX_FINDINGS;
}

/** Two rules that overlap on a virtual host. */
interface Overlapping extends RulePair {
  readonly on: VirtualHost;
}

function overlapsOn(cluster: Cluster, on: VirtualHost): Overlapping[] {
  return overlappingRules(cluster, on.rules)
    // Istio puts catch-all rules last, whatever the age.
    .filter(({ first, second }) => first.isCatchAll === second.isCatchAll)
    .map((pair) => ({ ...pair, on }));
}

function pairKey({ first, second }: Overlapping): string {
  return JSON.stringify([String(first.virtualService), String(second.virtualService)].sort());
}

/** The overlap of two VirtualServices: the most serious one, and the number of the others. */
interface ObjectOverlap extends Overlapping {
  readonly level: Level;
  readonly more: number;
}

function overlapOfPair(pairs: readonly Overlapping[]): ObjectOverlap {
  const [worst] = pairs.map((pair) => ({ ...pair, level: levelOf(pair) })).sort((a, b) => orderOf(a.level) - orderOf(b.level));
  return { ...worst, more: pairs.length - 1 };
}

/** The problem of a VirtualService that overlaps with one or several others. */
function problemOf(overlaps: readonly ObjectOverlap[]): Problem {
  const [worst] = overlaps;
  const { first, second, on, level } = worst;
  const requests = `${commonRequests(worst)} on host "${on.host}" of gateway ${on.gateway}`;
  const more = worst.more === 0 ? '' : ` (and ${worst.more} more)`;
  const related = overlaps.map((overlap) => ({ object: overlap.first.object, field: overlap.first.field }));
  const places = { object: second.object, field: second.field, related, level };
  if (takesAll(worst)) {
    return {
      ...places,
      problem: `${second.virtualService} gets no requests for ${requests}${more}, since ${first.virtualService} matches them too and comes first${andOthers(overlaps.length - 1)}`,
      remedy: `${whyFirst(worst)}. ${REMEDY}`,
    };
  }
  return {
    ...places,
    problem: `${first.virtualService} and ${second.virtualService} both match requests for ${requests}${more}${andOthers(overlaps.length - 1)}`,
    remedy: `${whyFirst(worst)}. ${REMEDY}`,
  };
}

function andOthers(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ', and another VirtualService matches such requests too' : `, and ${count} other VirtualServices match such requests too`;
}

/** The requests that both match: those of the narrower rule, if one covers the other. */
function commonRequests({ first, second, texts }: RulePair): string {
  if (coversMatch(first.match, second.match, texts)) return showMatch(second.match);
  return coversMatch(second.match, first.match, texts) ? showMatch(first.match) : showMatch(first.match, second.match);
}

const REMEDY = 'Give one of them another host or path, or put the rules into one VirtualService with the narrower one first';

function whyFirst({ first, second }: RulePair): string {
  return isKnownOrder(first.virtualService, second.virtualService)
    ? `the rules of ${first.virtualService} come first, since it is older`
    : `the older VirtualService comes first, and by name if both are created in the same second, as ${first.virtualService}`;
}
