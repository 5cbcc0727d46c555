import { GATEWAY_EXAMPLE, loginExample, policyExample } from './access-example';
import { showRequest } from './show-request';
import { Cluster } from '../../cluster/cluster';
import { BypassedDenial, bypassedDenials } from '../../cluster/routing/bypassed-denials';
import { core2RouteExample, selects } from '../routes/core2-route-example';
import { Level, Problem, Rule } from '../rule';

const ROUTES = ['fraud', 'preview'].map((path) => core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/${path}/ } }]
${selects('fraud')}`, { name: path }));
const denies = (paths: string) => policyExample(`  action: DENY
  rules:
    - to: [{ operation: { paths: [${paths}] } }]
      when: [{ key: "request.auth.claims[groups]", notValues: [risk] }]
    - when:
        - { key: "request.headers[seldon-model]", values: [fraud] }
        - { key: "request.auth.claims[groups]", notValues: [risk] }`);

/** A route to a model that a policy denies on another route of the same gateway. */
export const unprotectedRoute: Rule = {
  id: 'unprotected-route',
  level: Level.ERROR,
  title: 'A route reaches a model that a policy denies on another route',
  page: {
    explanation: `
A policy denies the requests of one route to a model, and another route of the same gateway reaches the same model with requests that no
policy denies. The finding shows such a request. It is a warning if the routes are on different hosts, where this may be intended.`,
    wrong: [GATEWAY_EXAMPLE, loginExample(), ...ROUTES, denies('/v2/models/fraud/*')].join('---\n'),
    right: [GATEWAY_EXAMPLE, loginExample(), ...ROUTES, denies('/v2/models/fraud/*, /v2/models/preview/*')].join('---\n'),
  },
  check: (cluster: Cluster) => cluster.derived(bypassedDenials).filter(({ byHeader }) => !byHeader).map(problemOf),
};

function problemOf({ policy, rule, model, denied, request, route, otherHost }: BypassedDenial): Problem {
  return {
    object: policy.object,
    field: rule.field,
    level: otherHost ? Level.WARNING : undefined,
    related: [{ object: route.object, field: route.field }],
    problem: `the policy denies "${denied.path}" on host "${denied.host}", and ${showRequest(request)}, reaches the same model "${model}" through ${route.object}`,
    remedy: 'deny the requests of that route as well, with a rule for its path and host',
  };
}
