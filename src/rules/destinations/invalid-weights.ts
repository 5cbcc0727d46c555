import { Cluster } from '../../cluster/cluster';
import { RouteRule, routeRules } from '../../cluster/destinations';
import { listOf, numberOf, objectOf, showPath } from '../../cluster/json';
import { Level, Problem, Rule } from '../rule';

const MAX_UINT32 = 4294967295;

/**
 * Weights that Istio rejects or ignores.
 *
 * @internal
 */
export const invalidWeights: Rule = {
  id: 'invalid-weights',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'The weights of a rule are rejected or ignored',
  codes: ['IST0106', 'KIA1104'],
  page: {
    explanation: 'Weights need not add up to 100, but at least one of several destinations must have a weight above 0, and none may have a negative one. A '
      + 'destination without a weight has the weight 0. Istio rejects other rules, and releases that did not made Envoy reject all routes of the port. The '
      + 'weight of a single destination is ignored, so one with weight 0 still gets all requests, which is a warning.',
    wrong: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /iris/}}]
    route:
    - {destination: {host: iris, port: {number: 80}}}
    - {destination: {host: iris-canary, port: {number: 80}}}
`,
    right: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: iris, namespace: models}
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
  - match: [{uri: {prefix: /iris/}}]
    route:
    - {destination: {host: iris, port: {number: 80}}, weight: 90}
    - {destination: {host: iris-canary, port: {number: 80}}, weight: 10}
`,
  },
  check: (cluster: Cluster) => routeRules(cluster).flatMap(checkWeights),
};

function checkWeights({ route: object, json, field }: RouteRule): Problem[] {
  const weights = listOf(json.route).map((share) => numberOf(objectOf(share).weight));
  const path = showPath(field);
  const negative = weights.findIndex((weight) => weight !== undefined && weight < 0);
  if (negative >= 0) {
    return [{
      object,
      field: [...field, 'route', negative, 'weight'],
      problem: `${path}.route[${negative}] of ${object} has weight ${weights[negative]}, so Istio rejects the VirtualService`,
      remedy: 'set a weight of 0 or more',
    }];
  }
  if (weights.length === 1 && weights[0] === 0) {
    return [{
      object,
      field: [...field, 'route', 0, 'weight'],
      level: Level.WARNING,
      problem: `${path} of ${object} has a single destination with weight 0, which gets all requests, since Istio ignores the weight of a single destination`,
      remedy: 'remove the weight if that is intended, or answer these requests with a directResponse',
    }];
  }
  const sum = weights.reduce<number>((all, weight = 0) => all + weight, 0);
  if (weights.length < 2 || (sum > 0 && sum <= MAX_UINT32)) return [];
  return [{
    object,
    field: [...field, 'route'],
    problem: sum === 0
      ? `all ${weights.length} weights of ${path} of ${object} are 0 or missing, so Istio rejects the VirtualService`
      : `the weights of ${path} of ${object} add up to ${sum}, so Envoy rejects all routes of the port`,
    remedy: sum === 0 ? 'set a weight above 0 for at least one destination' : `set weights whose sum does not exceed ${MAX_UINT32}`,
  }];
}
