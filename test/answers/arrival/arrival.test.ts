import { Answers, ShortRequest } from '../../support/answers';
import { deployment, document, GATEWAY, rules, service, to } from '../../support/routes';

const policy = (name: string, namespace: string, spec: string) => document('AuthorizationPolicy', name, namespace, spec);
const DENY = '{action: DENY, rules: [{to: [{operation: {paths: [/closed]}}]}]}';

test('policies of the gateway come before its routes', () => {
  const answers = rules([to('iris', 'match: [{uri: {prefix: /open}}],')], policy('closed', 'istio-system', DENY));

  expect(answers.case('http://h.test/closed').outcomes[0].responder).toMatchObject({ kind: 'denied', status: 403, place: { object: { name: 'closed' } } });
  expect(answers.to('http://other.test/closed')).toBe('denied 403');
  expect(answers.to('http://h.test/x/../closed')).toBe('denied 403');
  expect(answers.to('http://h.test/open')).toBe('iris.models:80');
});

test('policies of the destination see the request as the routes deliver it', () => {
  const others = service('iris') + deployment('iris', '{app: iris}') + policy('closed', 'models', DENY);
  const answers = rules([to('iris', 'match: [{uri: {prefix: /a}}], rewrite: {uri: /closed},'), to('iris')], others);

  expect(answers.to('http://h.test/a')).toBe('denied 403');
  expect(answers.to('http://h.test/b')).toBe('iris.models:80');
  expect(answers.case('http://h.test/a').outcomes[0].delivered).toBeUndefined();
});

test('a denied share stays a share', () => {
  const split = '{route: [{destination: {host: iris, port: {number: 80}}, weight: 3}, {destination: {host: canary, port: {number: 80}}, weight: 1}]}';
  const others = service('iris') + service('canary') + deployment('canary', '{app: canary}') + policy('closed', 'models', `{selector: {matchLabels: {app: canary}}, ${DENY.slice(1)}`);

  expect(rules([split], others).to('http://h.test/closed')).toBe('3/4 iris.models:80, 1/4 denied 403');
});

test('where the workloads of a Service have different policies, it depends on the pod', () => {
  const others = service('iris') + deployment('one', '{app: iris, version: v1}') + deployment('two', '{app: iris, version: v2}')
    + policy('closed', 'models', `{selector: {matchLabels: {version: v2}}, ${DENY.slice(1)}`);

  expect(rules([to('iris')], others).to('http://h.test/closed')).toBe(
    'if a pod of Deployment models/one answers: iris.models:80 | if a pod of Deployment models/two answers: denied 403');
  expect(rules([to('iris')], others).to('http://h.test/open')).toBe('iris.models:80');
});

test('policies of workloads see the port of the pods', () => {
  const others = service('iris', '[{port: 80, name: http, targetPort: web}]')
    + document('Deployment', 'iris', 'models', '{template: {metadata: {labels: {app: iris}}, spec: {containers: [{name: a, ports: [{name: web, containerPort: 9000}]}]}}}')
    + policy('closed', 'models', '{action: DENY, rules: [{to: [{operation: {ports: ["9000"]}}]}]}');

  expect(rules([to('iris')], others).to('http://h.test/')).toBe('denied 403');
});

test('a caller of the mesh is known to the policies of the destination', () => {
  const answers = new Answers(service('iris') + deployment('iris', '{app: iris}')
    + policy('closed', 'models', '{action: DENY, rules: [{from: [{source: {namespaces: [clients]}}]}]}'));
  const from = (namespace: string): ShortRequest => ({ url: 'http://iris.models/', from: { namespace } });

  expect(answers.to(from('clients'))).toBe('denied 403');
  expect(answers.to(from('others'))).toBe('iris.models:80');
});

const TOKENS = document('RequestAuthentication', 'login', 'istio-system', '{jwtRules: [{issuer: "https://login", jwks: "{}"}]}');

test('a claim picks the route after the token is accepted', () => {
  const claim = (name: string) => to('canary', `match: [{headers: {"@request.auth.claims${name}": {exact: testers}}}],`);
  const answers = rules([claim('.groups'), claim('[realm][roles]'), to('iris')], TOKENS);
  const asked = (claims: object, isValid = true): ShortRequest => ({ url: 'http://h.test/', token: { isValid, claims: { iss: 'https://login', ...claims } } });

  expect(answers.to(asked({ groups: ['staff', 'testers'] }))).toBe('canary.models:80');
  expect(answers.to(asked({ groups: 'testers' }))).toBe('canary.models:80');
  expect(answers.to(asked({ realm: { roles: ['testers'] } }))).toBe('canary.models:80');
  expect(answers.to(asked({ groups: 'others' }))).toBe('iris.models:80');
  expect(answers.to(asked({ Groups: 'testers' }))).toBe('iris.models:80');
  expect(answers.to('http://h.test/')).toBe('iris.models:80');
  expect(answers.to({ url: 'http://h.test/', headers: ['groups: testers'] })).toBe('iris.models:80');
  expect(answers.to(asked({ groups: 'testers' }, false))).toBe('unauthenticated 401');
  expect(rules([claim('.groups'), to('iris')]).to(asked({ groups: 'testers' }))).toBe('iris.models:80');
});

const model = (name: string) => `apiVersion: mlops.seldon.io/v1alpha1\nkind: Model\nmetadata: {name: ${name}, namespace: seldon}\nspec: {storageUri: gs://x}\n---\n`;
const core2 = (name: string, weight = 1) => `{destination: {host: seldon-mesh.seldon.svc.cluster.local, port: {number: 80}}, weight: ${weight}, `
  + `headers: {request: {set: {seldon-model: ${name}}}}}`;

test("Seldon Core 2's Envoy sends requests to models and candidates", () => {
  const experiment = 'apiVersion: mlops.seldon.io/v1alpha1\nkind: Experiment\nmetadata: {name: split, namespace: seldon}\n'
    + 'spec: {candidates: [{name: a, weight: 70}, {name: b, weight: 30}], mirror: {name: c, percent: 20}}\n---\n';
  const answers = rules([`{match: [{uri: {prefix: /v2/a}}], route: [${core2('a')}]}`, `{match: [{uri: {prefix: /v2/split}}], route: [${core2('split.experiment')}]}`,
    `{match: [{uri: {prefix: /v2/both}}], route: [${core2('a')}, ${core2('b', 3)}]}`, `{route: [${core2('missing')}]}`], model('a') + model('b') + model('c') + experiment);

  expect(answers.to('http://h.test/v2/a')).toBe('model seldon/a');
  expect(answers.to('http://h.test/v2/split')).toBe('7/10 model seldon/a, 3/10 model seldon/b');
  expect(answers.case('http://h.test/v2/split').mirrors.map(({ share, responder }) => [share.toString(), responder])).toEqual([
    ['1/5', { kind: 'model', namespace: 'seldon', name: 'c', experiment: 'split' }],
  ]);
  expect(answers.to('http://h.test/v2/both')).toBe('3/4 model seldon/b, 1/4 model seldon/a');
  expect(answers.to('http://h.test/v2/other')).toBe('not-found 404');
});

const CORE1 = `apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: {name: iris, namespace: models}
spec: {predictors: [{name: main, traffic: 75, graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://x'}},
  {name: canary, traffic: 25, graph: {name: classifier, implementation: SKLEARN_SERVER, modelUri: 'gs://y'}}]}
---
`;

test('the Services of Seldon Core 1 belong to predictors', () => {
  const route = '{route: [{destination: {host: iris-main, port: {number: 8000}}}]}';

  expect(rules([route], CORE1).to('http://h.test/')).toBe('predictor models/main');
});

test("the operator's routes are used if it writes them", () => {
  const gateway = GATEWAY.replace('name: gateway, namespace', 'name: seldon-gateway, namespace');
  const url = 'http://h.test/seldon/models/iris/api/v1.0/predictions';

  expect(new Answers(gateway + CORE1, { core1Routes: 'operator' }).to(url)).toBe('3/4 predictor models/main, 1/4 predictor models/canary');
  expect(new Answers(gateway + CORE1, { core1Routes: 'library' }).to(url)).toBe('not-found 404');
});
