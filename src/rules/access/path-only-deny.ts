import { GATEWAY_EXAMPLE, loginExample, policyExample } from './access-example';
import { showRequest } from './show-request';
import { Cluster } from '../../cluster/cluster';
import { BypassedDenial, bypassedDenials } from '../../cluster/routing/bypassed-denials';
import { MODEL_HEADER } from '../../plan/core2-service';
import { core2RouteExample, selects } from '../routes/core2-route-example';
import { Level, Problem, Rule } from '../rule';

const PATHS = '    - to: [{ operation: { paths: [/v2/models/fraud, /v2/models/fraud/*] } }]\n';
const CLAIM = '{ key: "request.auth.claims[groups]", notValues: [risk] }';
const OPEN = `    - match: [{ uri: { prefix: /v2/models/ } }]
      route:
        - destination: { host: seldon-mesh, port: { number: 80 } }`;

/** A policy that denies a model by its path, where clients name the model in a header. */
export const pathOnlyDeny: Rule = {
  id: 'path-only-deny',
  level: Level.ERROR,
  title: 'A policy denies the path of a model, and clients can name it in a header',
  page: {
    explanation: `
Seldon Core 2 chooses the model by the header \`seldon-model\`, not by the path. A policy that denies only the path of a model is bypassed
where a route does not set the header: a request for the path of another model, with the header of the denied one, reaches the denied one.
The same holds for gRPC calls, whose path does not contain the model. Deny the header as well, or set it in every route. The finding shows
a request that the routes and policies at the gateway admit.`,
    wrong: [GATEWAY_EXAMPLE, loginExample(), core2RouteExample(OPEN), policyExample(`  action: DENY
  rules:
${PATHS}      when: [${CLAIM}]`)].join('---\n'),
    right: [GATEWAY_EXAMPLE, loginExample(), core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/fraud/ } }]
${selects('fraud')}`, { name: 'fraud' }), policyExample(`  action: DENY
  rules:
${PATHS}      when: [${CLAIM}]
    - when: [{ key: "request.headers[seldon-model]", values: [fraud] }, ${CLAIM}]`)].join('---\n'),
  },
  check: (cluster: Cluster) => cluster.derived(bypassedDenials).filter(({ byHeader }) => byHeader).map(problemOf),
};

function problemOf({ policy, rule, model, denied, request, route, otherHost }: BypassedDenial): Problem {
  return {
    object: policy.object,
    field: rule.field,
    level: otherHost ? Level.WARNING : undefined,
    related: [{ object: route.object, field: route.field }],
    problem: `the policy denies "${denied.path}", and ${showRequest(request)}, reaches model "${model}" through ${route.object}`,
    remedy: `deny requests with the header too, as in when: [{ key: "request.headers[${MODEL_HEADER}]", values: [${model}] }], and set the header in each route`,
  };
}
