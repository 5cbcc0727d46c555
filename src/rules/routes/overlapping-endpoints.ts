import { levelOf } from './overlap-level';
import { OverlappingRules, OverlapSearch } from './overlap-search';
import { haveSameResponder } from './same-responder';
import { showMatch } from './show-match';
import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { coversMatch } from '../../cluster/routing/match-relations';
import { overlappingRules, RulePair, takesAll } from '../../cluster/routing/overlapping-rules';
import { gatewayVirtualHosts, isKnownOrder, RouteRule, VirtualHost } from '../../cluster/routing/virtual-hosts';
import { groupBy } from '../../plan/groups';
import { Level, orderOf } from '../level';
import { Proofs } from '../proofs';
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

The finding is an error if the rules that are tried first, one or several together, take all requests of another one, or if both expect the same requests otherwise.
It is a warning if the narrower rule happens to come first: as soon as it is created again, it is the younger one and gets no requests. It is also
one if both lead such requests to the same model, so that only other settings of a rule have no effect, such as a timeout. It
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
          weight: 50
        - destination: { host: seldon-mesh.models.svc.cluster.local, port: { number: 80 } }
          headers: { request: { set: { seldon-model: iris-next }, remove: [x-seldon-route, seldon-internal-model] } }
          weight: 50
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
          weight: 50
        - destination: { host: seldon-mesh.models.svc.cluster.local, port: { number: 80 } }
          headers: { request: { set: { seldon-model: iris-next }, remove: [x-seldon-route, seldon-internal-model] } }
          weight: 50
    - match: [{ uri: { prefix: /v2 } }]
      route: [{ destination: { host: seldon-mesh.models.svc.cluster.local, port: { number: 80 } } }]
`,
  },
  check: (cluster: Cluster, _found, proofs: Proofs) => {
    const pairs = cluster.derived(gatewayVirtualHosts).flatMap((on) => overlapsOn(cluster, on));
    if (pairs.length === 0) return [];
    const search = new OverlapSearch(proofs());
    const found = [...groupBy(pairs, pairKey).values()].flatMap((ofPair) => overlapOfPair(cluster, ofPair, search) ?? []);
    const byObject = groupBy(found, ({ second, level }) => `${level} ${second.virtualService}`);
    return [...byObject.values()].flatMap((overlaps) => (isOneFinding(overlaps) ? [overlaps] : overlaps.map((overlap) => [overlap])))
      .map((overlaps) => problemOf(overlaps, search));
  },
};

/** More overlaps of a VirtualService are one finding. */
const MAX_FINDINGS = 5;

/** Where clients name the model in a header, each VirtualService has an unlikely overlap with most others. */
function isOneFinding(overlaps: readonly ObjectOverlap[]): boolean {
  return overlaps[0].level === Level.INFO || overlaps.length > MAX_FINDINGS;
}

function overlapsOn(cluster: Cluster, on: VirtualHost): OverlappingRules[] {
  return overlappingRules(cluster, on.rules)
    // Istio puts catch-all rules last, whatever the age.
    .filter(({ first, second }) => first.isCatchAll === second.isCatchAll)
    .map((pair) => ({ ...pair, on }));
}

function pairKey({ first, second }: OverlappingRules): string {
  return JSON.stringify([String(first.virtualService), String(second.virtualService)].sort());
}

/** The overlap of two VirtualServices: the most serious one, and the number of the others. */
interface ObjectOverlap extends OverlappingRules {
  readonly level: Level;
  readonly more: number;
  /** The rules that take all requests of the second one; none if they do not. */
  readonly takenBy: readonly RouteRule[];
  /** Whether another backend than the intended one may answer. */
  readonly isMisrouted: boolean;
}

/** Only requests that a wrong backend answers make an error. */
function levelWith(level: Level, isMisrouted: boolean): Level {
  return level === Level.ERROR && !isMisrouted ? Level.WARNING : level;
}

/** Undefined if other rules get all requests that the two have in common. */
function overlapOfPair(cluster: Cluster, pairs: readonly OverlappingRules[], search: OverlapSearch): ObjectOverlap | undefined {
  const shown = pairs.flatMap((pair): Omit<ObjectOverlap, 'more'>[] => {
    const level = levelOf(pair);
    if (!search.isShown(pair, level)) return [];
    const takenBy = takesAll(pair) ? [pair.first] : search.takenBy(pair, level);
    const isMisrouted = [pair.first, ...takenBy].some((rule) => !haveSameResponder(cluster, rule, pair.second));
    return [{ ...pair, takenBy, isMisrouted, level: levelWith(takenBy.length > 1 ? Level.ERROR : level, isMisrouted) }];
  });
  const [worst] = shown.sort((a, b) => orderOf(a.level) - orderOf(b.level));
  return worst === undefined ? undefined : { ...worst, more: shown.length - 1 };
}

/** The problem of a VirtualService that overlaps with one or several others. */
function problemOf(overlaps: readonly ObjectOverlap[], search: OverlapSearch): Problem {
  const [worst] = overlaps;
  const { first, second, on, level, takenBy } = worst;
  const more = worst.more === 0 ? '' : ` (and ${worst.more} more)`;
  const firsts = [...new Set([...takenBy.length > 1 ? takenBy : [], ...overlaps.map((overlap) => overlap.first)])];
  const example = search.exampleOf(worst);
  const places = {
    object: second.object,
    field: second.field,
    related: firsts.map(({ object, field }) => ({ object, field })),
    level,
    remedy: `${REMEDY}. ${whyFirst(worst)}`,
    ...example === undefined ? {} : { example },
  };
  const where = `on host "${on.host}" of gateway ${on.gateway}${more}`;
  if (takenBy.length > 0) {
    const requests = `${takenBy.length > 1 ? showMatch(second.match) : commonRequests(worst)} ${where}`;
    const problem = `${second.virtualService} gets no requests for ${requests}, since ${whoTakes(worst)}${andOthers(overlaps.length - 1)}`;
    return { ...places, problem };
  }
  return {
    ...places,
    problem: `${first.virtualService} and ${second.virtualService} both match requests for ${commonRequests(worst)} ${where}${andOthers(overlaps.length - 1)}`,
  };
}

function whoTakes({ first, second, takenBy }: ObjectOverlap): string {
  if (takenBy.length === 1) return `${first.virtualService} matches them too and comes first`;
  const nameOf = (each: ClusterObject) => (each === second.virtualService ? 'earlier rules of its own' : String(each));
  const names = [...new Set(takenBy.map(({ virtualService }) => virtualService))].map(nameOf);
  if (names.length === 1) return `${takenBy.length} rules of ${names[0]} together match them all and come first`;
  return `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]} together match them all and come first`;
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

const REMEDY = 'give one of them another host or path, or put the rules into one VirtualService with the narrower one first';

function whyFirst(overlap: ObjectOverlap): string {
  const order = orderText(overlap);
  return overlap.isMisrouted ? order : `${order}. Both lead such requests to the same model, but only the settings of the first one apply`;
}

function orderText({ first: one, second, takenBy }: ObjectOverlap): string {
  const first = takenBy.length > 1 ? takenBy.find(({ virtualService }) => virtualService !== second.virtualService) ?? one : one;
  return isKnownOrder(first.virtualService, second.virtualService)
    ? `The rules of ${first.virtualService} come first, since it is older`
    : `The older VirtualService comes first, and by name if both are created in the same second, as ${first.virtualService}`;
}
