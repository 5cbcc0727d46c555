import { RequestInput } from '../../src/answers/input/request-input';
import { TrafficModel } from '../../src/answers/traffic-model';
import { ClusterSettings } from '../../src/cluster/cluster';
import { clusterOf } from '../support/cluster';
import { document, GATEWAY, virtualService } from '../support/routes';

const ROUTES = GATEWAY + virtualService('routes', ['{match: [{uri: {prefix: /a}}], directResponse: {status: 201}}']);
const DEPLOYMENT = 'apiVersion: machinelearning.seldon.io/v1\nkind: SeldonDeployment\nmetadata: {name: iris, namespace: seldon}\nspec: {predictors: []}\n---\n';
const HTTP_ROUTE = 'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: iris, namespace: seldon}\nspec: {}\n---\n';
const notesOn = (yaml: string, input: RequestInput, settings?: ClusterSettings) => new TrafficModel(clusterOf(yaml, settings)).ask({ host: 'h.test', ...input }).notes;

describe('an answer without a route notes what could have one', () => {
  test('a SeldonDeployment', () => {
    expect(notesOn(ROUTES + DEPLOYMENT, { path: '/b' })).toEqual([
      'Seldon\'s operator creates routes for SeldonDeployment seldon/iris if its ISTIO_ENABLED is true. They are missing here unless `core1Routes: operator` is set',
    ]);
  });

  test('objects of the Gateway API', () => {
    expect(notesOn(ROUTES + HTTP_ROUTE + HTTP_ROUTE.replace('name: iris', 'name: wine'), { path: '/b' })).toEqual([
      'HTTPRoute seldon/iris and 1 more of the Kubernetes Gateway API are not read, so their routes are missing here',
    ]);
  });

  test.each<[title: string, notes: readonly string[]]>([
    ['a route answers', notesOn(ROUTES + DEPLOYMENT + HTTP_ROUTE, { path: '/a' })],
    ['the library writes the routes', notesOn(ROUTES + DEPLOYMENT, { path: '/b' }, { core1Routes: 'library' })],
    ['there is nothing else', notesOn(ROUTES, { path: '/b' })],
  ])('nothing if %s', (_title, notes) => {
    expect(notes).toEqual([]);
  });
});

describe('a workload in a namespace', () => {
  const namesOf = (namespace: string, yaml = '') => notesOn(ROUTES + yaml, { host: 'iris.models', from: { namespace } });

  test('that no object has is noted', () => {
    expect(namesOf('nowhere')).toEqual(['no object is in namespace "nowhere". What the cluster has there is missing here']);
    expect(namesOf('model')).toEqual(['no object is in namespace "model". Did you mean "models"?']);
  });

  test('that an object has, or that is an object itself, is not', () => {
    expect(namesOf('models')).toEqual([]);
    expect(namesOf('web', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: web}\n---\n')).toEqual([]);
    expect(namesOf('web', document('Sidecar', 'default', 'web', '{egress: [{hosts: ["*/*"]}]}'))).toEqual([]);
  });
});

test.each<[title: string, gateway: string, message: string]>([
  ['one Gateway has', 'gw', 'gateway "gw" has no namespace. Did you mean "istio-system/gw"?'],
  ['two Gateways have', 'both', 'gateway "both" has no namespace. Did you mean "a/both" or "b/both"?'],
  ['no Gateway has', 'other', 'gateway "other" has no namespace. Write the namespace and the name, as in "istio-system/seldon-gateway"'],
])('a name without a namespace that %s', (_title, gateway, message) => {
  const named = (name: string, namespace: string) => document('Gateway', name, namespace, '{servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*"]}]}');
  const yaml = ROUTES + named('gw', 'istio-system') + named('both', 'b') + named('both', 'a');
  expect(() => notesOn(yaml, { gateway })).toThrow(new Error(message));
});

describe('declared claims', () => {
  const authentication = (rule: string) => document('RequestAuthentication', 'jwt', 'istio-system', `{selector: {matchLabels: {istio: ingressgateway}}, jwtRules: [${rule}]}`);
  const pods = document('Deployment', 'ingress', 'istio-system', '{template: {metadata: {labels: {istio: ingressgateway}}}}');
  const claimed = virtualService('routes', ['{match: [{headers: {"@request.auth.claims.team": {exact: risk}}}], directResponse: {status: 201}}', '{directResponse: {status: 202}}']);
  const statusOf = (rule: string) => {
    const { answer } = new TrafficModel(clusterOf(GATEWAY + pods + claimed + authentication(rule))).ask({ host: 'h.test', claims: { iss: 'https://idp', team: 'risk' } });
    return (answer.cases[0].outcomes[0].responder as { status?: number }).status;
  };

  test.each<[title: string, rule: string]>([
    ['in the usual header', '{issuer: https://idp}'],
    ['in another header', '{issuer: https://idp, fromHeaders: [{name: X-Jwt, prefix: "Tok "}]}'],
    ['in a parameter', '{issuer: https://idp, fromParams: [token]}'],
    ['in a cookie', '{issuer: https://idp, fromCookies: [session]}'],
  ])('are where the rule of the issuer looks for tokens: %s', (_title, rule) => {
    expect(statusOf(rule)).toBe(201);
  });

  test('of an unknown issuer are noted', () => {
    expect(notesOn(ROUTES + authentication('{issuer: https://other}'), { path: '/a', claims: { iss: 'https://idp' } })).toEqual([
      'no RequestAuthentication has a rule for tokens of issuer "https://idp"',
    ]);
    expect(notesOn(ROUTES + authentication('{}'), { path: '/a', claims: { iss: 'https://idp' } })).toEqual([]);
  });
});
