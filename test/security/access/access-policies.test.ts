import { ApiObject, App, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Gateway, GatewayProps } from '../../../src/istio/gateway/gateway';
import { GatewayServer } from '../../../src/istio/gateway/gateway-server';
import { MeshNamespace } from '../../../src/istio/namespace/mesh-namespace';
import { ServiceBackend } from '../../../src/istio/service/service-backend';
import { Warnings } from '../../../src/mesh/warnings';
import { GrpcCalls } from '../../../src/plan/endpoint';
import { StringMatch } from '../../../src/plan/string-match';
import { Caller } from '../../../src/security/access/caller';
import { DeploymentAccessPolicy } from '../../../src/security/access/deployment-access-policy';
import { AccessEnforcer } from '../../../src/security/access/deployment-access-policy-props';
import { GatewayAccessPolicy } from '../../../src/security/access/gateway-access-policy';
import { RuntimeAccessPolicy } from '../../../src/security/access/runtime-access-policy';
import { MtlsMode, PeerAuthentication } from '../../../src/security/authentication/peer-authentication';
import { RequestAuthentication } from '../../../src/security/authentication/request-authentication';
import { ExplainerType } from '../../../src/seldon/core1/enums';
import { GraphNode } from '../../../src/seldon/core1/graph-node';
import { PredictorProps } from '../../../src/seldon/core1/predictor-props';
import { PrepackagedServer } from '../../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../../src/seldon/core1/seldon-deployment';
import { SeldonDeploymentProps } from '../../../src/seldon/core1/seldon-deployment-props';
import { Model } from '../../../src/seldon/core2/model';
import { Pipeline } from '../../../src/seldon/core2/pipeline';
import { ModelRoute } from '../../../src/traffic/model-route';
import { messageOf } from '../../support/errors';
import { synth } from '../../support/manifests';

const RISK = Caller.claim('groups', ['risk']);
const HOST = 'models.example.com';
const NOT_RISK = { key: 'request.auth.claims[groups]', notValues: ['risk'] };

/** A gateway that validates tokens. */
function setupOf(hosts?: string[], namespace = 'seldon-mesh') {
  const chart = new Chart(new App(), 'test', { namespace });
  const gateway = new Gateway(chart, 'ingress', { namespace: 'istio-system', servers: [GatewayServer.http({ hosts })] });
  new RequestAuthentication(chart, 'login', { gateway, jwtRules: [{ issuer: 'https://login.example.com', forwardOriginalToken: true }] });
  return { chart, gateway };
}

type Setup = ReturnType<typeof setupOf>;

const modelOf = ({ chart }: Setup, name = 'fraud-v1') => new Model(chart, name, { storageUri: 'gs://models/fraud' });
const routeOf = (setup: Setup, props: object = {}) => new ModelRoute(setup.chart, 'fraud', { gateways: [setup.gateway], backend: modelOf(setup), ...props });
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const jsonOf = (policy: IConstruct): any => ApiObject.of(policy).toJson();

describe('at a gateway', () => {
  test('defaultChild', () => {
    const setup = setupOf();
    const policy = new GatewayAccessPolicy(setup.chart, 'risk', { gateway: setup.gateway, endpoints: [routeOf(setup)], allow: [RISK] });
    expect(ApiObject.of(policy).kind).toEqual('AuthorizationPolicy');
  });

  test('denies an endpoint that accepts only REST requests', () => {
    const setup = setupOf([HOST]);
    const backend = ServiceBackend.of({ name: 'iris', namespace: 'models', port: 8080 });
    const route = new ModelRoute(setup.chart, 'iris', { gateways: [setup.gateway], backend, grpc: GrpcCalls.none() });
    const policy = new GatewayAccessPolicy(setup.chart, 'access', { gateway: setup.gateway, endpoints: [route], allow: [RISK] });

    expect(jsonOf(policy).spec.rules.map(({ to }: { to: unknown }) => to)).toEqual([
      [{ operation: { hosts: [HOST, `${HOST}:*`], paths: ['/v2/models/iris', '/v2/models/iris/*'], notPorts: ['15021'] } }],
    ]);
  });

  test('minimal: by path and by header, for the pods of the gateway', () => {
    const setup = setupOf();
    const policy = new GatewayAccessPolicy(setup.chart, 'risk', { gateway: setup.gateway, endpoints: [routeOf(setup)], allow: [RISK] });
    expect(jsonOf(policy)).toMatchInlineSnapshot(`
{
  "apiVersion": "security.istio.io/v1",
  "kind": "AuthorizationPolicy",
  "metadata": {
    "name": "risk",
    "namespace": "istio-system",
  },
  "spec": {
    "action": "DENY",
    "rules": [
      {
        "to": [
          {
            "operation": {
              "notPorts": [
                "15021",
              ],
              "paths": [
                "/v2/models/fraud",
                "/v2/models/fraud/*",
                "/v2/models/fraud-v1",
                "/v2/models/fraud-v1/*",
                "/v2/models/fraud.experiment",
                "/v2/models/fraud.experiment/*",
              ],
            },
          },
        ],
        "when": [
          {
            "key": "request.auth.claims[groups]",
            "notValues": [
              "risk",
            ],
          },
        ],
      },
      {
        "to": [
          {
            "operation": {
              "notPorts": [
                "15021",
              ],
            },
          },
        ],
        "when": [
          {
            "key": "request.headers[seldon-model]",
            "values": [
              "fraud",
              "fraud-v1",
              "fraud.experiment",
            ],
          },
          {
            "key": "request.auth.claims[groups]",
            "notValues": [
              "risk",
            ],
          },
        ],
      },
    ],
    "selector": {
      "matchLabels": {
        "istio": "ingressgateway",
      },
    },
  },
}
`);
  });

  test('lists hosts with and without ports', () => {
    const setup = setupOf([HOST]);
    const policy = new GatewayAccessPolicy(setup.chart, 'risk', { gateway: setup.gateway, endpoints: [routeOf(setup)], allow: [RISK] });
    expect(jsonOf(policy).spec.rules.map(({ to }: { to: { operation: { hosts: string[] } }[] }) => to[0].operation.hosts))
      .toEqual([[HOST, `${HOST}:*`], [HOST, `${HOST}:*`]]);
  });

  test('a host with a wildcard is omitted, since no port can follow it', () => {
    const setup = setupOf(['*.example.com']);
    const policy = new GatewayAccessPolicy(setup.chart, 'risk', { gateway: setup.gateway, endpoints: [routeOf(setup)], allow: [RISK] });
    expect(JSON.stringify(jsonOf(policy).spec)).not.toContain('hosts');
  });

  test('a request that matches no caller is denied', () => {
    const setup = setupOf();
    const allow = [RISK, Caller.allOf(Caller.subject('https://login.example.com', '*'), Caller.nestedClaim(['realm', 'roles'], ['admin'])), Caller.claim('groups', ['audit'])];
    const policy = new GatewayAccessPolicy(setup.chart, 'risk', { gateway: setup.gateway, models: [modelOf(setup)], allow });
    const byPath = jsonOf(policy).spec.rules.filter(({ to }: { to: { operation: { paths?: string[] } }[] }) => to[0].operation.paths !== undefined);
    expect(byPath.map(({ from, when }: { from: object; when: object }) => ({ from, when }))).toEqual([
      {
        from: undefined,
        when: [{ ...NOT_RISK, notValues: ['risk', 'audit'] }, { key: 'request.auth.claims[iss]', notValues: ['https://login.example.com'] }],
      },
      { from: undefined, when: [{ ...NOT_RISK, notValues: ['risk', 'audit'] }, { key: 'request.auth.claims[realm][roles]', notValues: ['admin'] }] },
    ]);
  });

  test('TCP ports are excluded', () => {
    const setup = setupOf();
    const policy = new GatewayAccessPolicy(setup.chart, 'risk', { gateway: setup.gateway, models: [modelOf(setup)], allow: [Caller.authenticated()], tcpPorts: [15443] });
    expect(jsonOf(policy).spec.rules[0]).toEqual({
      from: [{ source: { notRequestPrincipals: ['*'] } }],
      to: [{ operation: { paths: ['/v2/models/fraud-v1', '/v2/models/fraud-v1/*'], notPorts: ['15021', '15443'] } }],
    });
  });

  test('a predictor has the paths and headers of Seldon Core 1', () => {
    const setup = setupOf();
    const deployment = deploymentOf(setup.chart);
    const policy = new GatewayAccessPolicy(setup.chart, 'risk', { gateway: setup.gateway, models: [deployment.predictor('main')], allow: [RISK] });
    expect(jsonOf(policy).spec.rules).toEqual([
      { to: [{ operation: { paths: ['/seldon/seldon-mesh/credit/*'], notPorts: ['15021'] } }], when: [NOT_RISK] },
      {
        to: [{ operation: { notPorts: ['15021'] } }],
        when: [{ key: 'request.headers[seldon]', values: ['credit'] }, { key: 'request.headers[namespace]', values: ['seldon-mesh'] }, NOT_RISK],
      },
    ]);
  });

  test('an endpoint with its own host is denied by the path of its gRPC calls', () => {
    const setup = setupOf([HOST]);
    const policy = new GatewayAccessPolicy(setup.chart, 'risk', {
      gateway: setup.gateway, endpoints: [routeOf(setup, { grpc: GrpcCalls.allOnHost() })], allow: [RISK],
    });
    expect(jsonOf(policy).spec.rules[0].to[0].operation.paths).toContain('/inference.GRPCInferenceService/*');
  });

  test('models are denied by the headers of their calls alone if they have no path', () => {
    const setup = setupOf([HOST]);
    const route = routeOf(setup, { paths: [], grpc: GrpcCalls.byHeader('x-team', 'risk'), backend: ServiceBackend.of({ name: 'iris', namespace: 'ml', port: 80, grpcPort: 81 }) });
    const policy = new GatewayAccessPolicy(setup.chart, 'risk', { gateway: setup.gateway, endpoints: [route], allow: [RISK] });
    expect(jsonOf(policy).spec.rules).toEqual([{
      to: [{ operation: { hosts: [HOST, `${HOST}:*`], notPorts: ['15021'] } }], when: [{ key: 'request.headers[x-team]', values: ['risk'] }, NOT_RISK],
    }]);
  });

  test('each host has its own operation', () => {
    const setup = setupOf([HOST, 'other.example.com']);
    const route = (host: string) => new ModelRoute(setup.chart, host, {
      gateways: [setup.gateway], hosts: [host], paths: [StringMatch.prefix(`/${host}/`)], grpc: GrpcCalls.none(), backend: ServiceBackend.of({ name: 'iris', namespace: 'ml', port: 80 }),
    });
    const policy = new GatewayAccessPolicy(setup.chart, 'risk', { gateway: setup.gateway, endpoints: [route(HOST), route('other.example.com')], allow: [RISK] });
    const operation = (host: string) => ({ operation: { hosts: [host, `${host}:*`], notPorts: ['15021'], paths: [`/${host}/*`] } });
    expect(jsonOf(policy).spec.rules).toEqual([{ to: [operation(HOST), operation('other.example.com')], when: [NOT_RISK] }]);
    expect(messageOf(() => synth(App.of(setup.chart)))).toBe('no error');
  });

  test('a Pipeline has two names', () => {
    const setup = setupOf();
    const policy = gatewayPolicy(setup, { models: [Pipeline.fromPipelineName(setup.chart, 'there', 'flow')] });
    expect(jsonOf(policy).spec.rules).toEqual([
      { to: [{ operation: { paths: ['/v2/models/flow.pipeline', '/v2/models/flow.pipeline/*', '/v2/pipelines/flow', '/v2/pipelines/flow/*'], notPorts: ['15021'] } }], when: [NOT_RISK] },
      { to: [{ operation: { notPorts: ['15021'] } }], when: [{ key: 'request.headers[seldon-model]', values: ['flow.pipeline'] }, NOT_RISK] },
    ]);
  });

  test('a Service has the paths and headers that it states', () => {
    const setup = setupOf();
    const grpcHeaders = { 'x-model': 'iris' };
    const policy = gatewayPolicy(setup, {
      models: [ServiceBackend.of({ name: 'iris', namespace: 'ml', port: 80, grpcPort: 81, grpcHeaders, paths: [StringMatch.prefix('/iris/')] })],
    });
    expect(jsonOf(policy).spec.rules).toEqual([
      { to: [{ operation: { paths: ['/iris/*'], notPorts: ['15021'] } }], when: [NOT_RISK] },
      { to: [{ operation: { notPorts: ['15021'] } }], when: [{ key: 'request.headers[x-model]', values: ['iris'] }, NOT_RISK] },
    ]);
  });

  test('keeps labels of its metadata', () => {
    const setup = setupOf();
    const policy = gatewayPolicy(setup, { models: [modelOf(setup)], metadata: { labels: { team: 'risk' } } });
    expect(jsonOf(policy).metadata).toEqual({ name: 'risk', namespace: 'istio-system', labels: { team: 'risk' } });
  });

  const failing = (make: (setup: Setup) => unknown, hosts?: string[]) => messageOf(() => make(setupOf(hosts)));
  const gatewayPolicy = (setup: Setup, props: object) => new GatewayAccessPolicy(setup.chart, 'risk', { gateway: setup.gateway, allow: [RISK], ...props });

  test.each<[string, (setup: Setup) => unknown, string]>([
    ['a service account', (setup) => gatewayPolicy(setup, { endpoints: [routeOf(setup)], allow: [Caller.serviceAccount('batch', 'jobs')] }),
      'service account jobs/batch at gateway ingress. Callers outside the mesh have no service account and no namespace. '
      + 'Identify them by their token, and callers inside the mesh at the workloads'],
    ['no caller', (setup) => gatewayPolicy(setup, { endpoints: [routeOf(setup)], allow: [] }),
      'an empty list of callers. Add a caller, or remove the route if no one is allowed to call it'],
    ['an invalid caller', (setup) => gatewayPolicy(setup, { endpoints: [routeOf(setup)], allow: ['risk'] }),
      'allow[0] "risk". Expected a Caller, such as Caller.claim("groups", ["risk"])'],
    ['a misspelt field', (setup) => gatewayPolicy(setup, { endpoint: [routeOf(setup)], models: [modelOf(setup, 'wine')] }),
      'unknown field "endpoint". Did you mean endpoints?'],
    ['no endpoints or models', (setup) => gatewayPolicy(setup, {}), 'neither endpoints nor models. Set the endpoints or models that are restricted to these callers'],
    ['a model among the endpoints', (setup) => gatewayPolicy(setup, { endpoints: ['fraud'] }),
      'endpoints[0] "fraud". Expected a rollout such as a ModelRoute or a Canary. List models in models'],
    ['an endpoint behind another gateway', (setup) => gatewayPolicy(setup, {
      endpoints: [routeOf(setup, { gateways: [new Gateway(setup.chart, 'other', { selector: { app: 'other' } })] })],
    }), 'no endpoint of fraud is behind gateway ingress. A policy there would never apply to its requests. '
      + 'Set a gateway of the rollout. Callers inside the mesh are restricted at the workloads'],
    ['an endpoint inside the mesh', (setup) => gatewayPolicy(setup, { endpoints: [routeOf(setup, { gateways: [] })] }),
      'no endpoint of fraud is behind gateway ingress. A policy there would never apply to its requests. '
      + 'Set a gateway of the rollout. Callers inside the mesh are restricted at the workloads'],
    ['a route that sets no header', (setup) => gatewayPolicy(setup, {
      endpoints: [routeOf(setup, { backend: ServiceBackend.of({ name: 'seldon-mesh', namespace: 'seldon-mesh', port: 80 }), paths: [StringMatch.prefix('/v2/')] })],
    }), 'the route to Service seldon-mesh/seldon-mesh sets no header seldon-model. Seldon would serve any model that the caller selects there. '
      + 'Route to a Model, Pipeline or Experiment, or set requestHeaders'],
    ['a path that is a plain regular expression', (setup) => gatewayPolicy(setup, { endpoints: [routeOf(setup, { paths: [StringMatch.regex('/v2/fraud')] })] }),
      'path regex "/v2/fraud" of endpoint "fraud". Rules support only exact paths and prefixes, without "*" and braces. Use such a path'],
    ['a missing endpoint', (setup) => gatewayPolicy(setup, { endpoints: [undefined] }),
      'endpoints[0] undefined. Expected a rollout such as a ModelRoute or a Canary. List models in models'],
    ['a path that is a regular expression', (setup) => gatewayPolicy(setup, { endpoints: [routeOf(setup, { paths: [StringMatch.regex('/v2/models/fraud.*')] })] }),
      'path regex "/v2/models/fraud.*" of endpoint "fraud". Rules support only exact paths and prefixes, without "*" and braces. Use such a path'],
    ['all gRPC calls of any host', (setup) => gatewayPolicy(setup, { endpoints: [routeOf(setup, { grpc: GrpcCalls.allOnHost() })] }),
      'endpoint "fraud" accepts all gRPC calls of "*". A rule cannot list such hosts with their ports, and for all hosts it would deny calls to others. '
      + 'Set full host names, or identify its calls by a header'],
    ['a Service without known paths', (setup) => gatewayPolicy(setup, { models: [ServiceBackend.of({ name: 'iris', namespace: 'ml', port: 80 })] }),
      'the paths of Service ml/iris are not known. List the rollout that routes to it in endpoints'],
    ['a Service whose gRPC calls would not be denied', (setup) => gatewayPolicy(setup, {
      models: [ServiceBackend.of({ name: 'iris', namespace: 'ml', port: 80, grpcPort: 81, paths: [StringMatch.prefix('/iris/')] })],
    }), 'Service ml/iris accepts gRPC calls, and the headers that identify it are not known. Its gRPC calls would not be denied. '
      + 'List the rollout that routes to it in endpoints, or set its grpcHeaders'],
  ])('fails for %s', (_what, make, message) => {
    expect(failing(make)).toEqual(`${message} (at test/risk)`);
  });

  test('is in the namespace of the gateway\'s pods, not of the Gateway', () => {
    const chart = new Chart(new App(), 'test', { namespace: 'seldon-mesh' });
    const at = (id: string, props: GatewayProps) => ApiObject.of(new RequestAuthentication(chart, `${id}-login`, {
      gateway: new Gateway(chart, id, props), jwtRules: [{ issuer: 'https://id.example.com', forwardOriginalToken: false }],
    })).metadata.namespace;
    expect([at('ingress', {}), at('edge', { selector: { app: 'edge' }, podNamespace: 'edge' }), at('own', { selector: { app: 'own' } })])
      .toEqual(['istio-system', 'edge', 'seldon-mesh']);
  });

  test('fails if the pods of the gateway are in another namespace', () => {
    const chart = new Chart(new App(), 'test', { namespace: 'seldon-mesh' });
    const gateway = new Gateway(chart, 'ingress');
    expect(messageOf(() => new GatewayAccessPolicy(chart, 'risk', { gateway, allow: [RISK], models: [], namespace: 'seldon-mesh' }))).toEqual(
      'namespace "seldon-mesh" for gateway ingress, whose pods are in "istio-system". '
      + 'A policy in another namespace selects none of them. Leave the namespace out, or set podNamespace of the gateway (at test/risk)');
  });

  test('fails if another endpoint routes to the model', () => {
    const setup = setupOf();
    const model = modelOf(setup);
    const fraud = new ModelRoute(setup.chart, 'fraud', { gateways: [setup.gateway], backend: model });
    const alias = new ModelRoute(setup.chart, 'alias', { gateways: [setup.gateway], backend: model });
    gatewayPolicy(setup, { endpoints: [fraud] });
    expect(messageOf(() => synth(App.of(setup.chart)))).toContain('endpoint "alias" of test/alias routes to Model seldon-mesh/fraud-v1 through gateway ingress without a policy, '
      + 'and test/risk restricts access to it. Add this endpoint to a GatewayAccessPolicy as well');
    new GatewayAccessPolicy(setup.chart, 'alias-access', { gateway: setup.gateway, endpoints: [alias], allow: [RISK] });
    expect(messageOf(() => synth(App.of(setup.chart)))).toEqual('no error');
  });

  test('a model with a policy for its own name needs no other if that is its endpoint', () => {
    const setup = setupOf();
    const model = modelOf(setup);
    new ModelRoute(setup.chart, 'route', { endpoint: 'fraud-v1', gateways: [setup.gateway], backend: model });
    gatewayPolicy(setup, { models: [model] });
    expect(messageOf(() => synth(App.of(setup.chart)))).toEqual('no error');
  });

  test('warns of preflight requests, which have no token', () => {
    const setup = setupOf();
    const cors = { allowOrigins: [StringMatch.exact('https://app.example.com')] };
    const policy = gatewayPolicy(setup, { endpoints: [routeOf(setup, { policy: { cors } })] });
    expect(Warnings.find(policy)).toEqual(['cors of endpoint "fraud", which this policy restricts. Browsers send no token with a preflight request, '
      + 'so it gets 403 and no further request is sent. Serve pages and models from the same origin (at test/risk)']);
  });

  test('an issuer and a subject are two claims, and subjects of one issuer are one condition', () => {
    const setup = setupOf();
    const issuer = 'https://login.example.com';
    const allow = ['partners/bob', 'eve'].map((subject) => Caller.subject(issuer, subject));
    const policy = gatewayPolicy(setup, { models: [modelOf(setup)], allow });
    const conditions = jsonOf(policy).spec.rules.map(({ when }: { when: object[] }) => when.slice(-1));
    expect(conditions).toEqual([...Array(2).fill([{ key: 'request.auth.claims[iss]', notValues: [issuer] }]),
      ...Array(2).fill([{ key: 'request.auth.claims[sub]', notValues: ['partners/bob', 'eve'] }])]);
  });

  test.each<[string, Caller[], object[][]]>([
    ['a subject with more conditions is not merged', [Caller.subject('https://a', 'bob'), Caller.allOf(Caller.subject('https://a', 'eve'), Caller.claim('groups', ['risk']))], [
      [{ key: 'request.auth.claims[iss]', notValues: ['https://a'] }],
      [{ key: 'request.auth.claims[iss]', notValues: ['https://a'] }, { key: 'request.auth.claims[sub]', notValues: ['eve'] }],
      [{ key: 'request.auth.claims[iss]', notValues: ['https://a'] }, { key: 'request.auth.claims[groups]', notValues: ['risk'] }],
      [{ key: 'request.auth.claims[sub]', notValues: ['bob'] }, { key: 'request.auth.claims[iss]', notValues: ['https://a'] }],
      [{ key: 'request.auth.claims[sub]', notValues: ['bob', 'eve'] }],
      [{ key: 'request.auth.claims[sub]', notValues: ['bob'] }, { key: 'request.auth.claims[groups]', notValues: ['risk'] }],
    ]],
    ['a subject of one issuer is not one of several', [
      Caller.allOf(Caller.claim('iss', ['https://a', 'https://b']), Caller.claim('sub', ['ann'])), Caller.subject('https://a', 'bob'),
    ], [
      [{ key: 'request.auth.claims[iss]', notValues: ['https://a', 'https://b'] }],
      [{ key: 'request.auth.claims[iss]', notValues: ['https://a', 'https://b'] }, { key: 'request.auth.claims[sub]', notValues: ['bob'] }],
      [{ key: 'request.auth.claims[sub]', notValues: ['ann'] }, { key: 'request.auth.claims[iss]', notValues: ['https://a'] }],
      [{ key: 'request.auth.claims[sub]', notValues: ['ann', 'bob'] }],
    ]],
    ['subjects of the same issuers in another order are merged', [
      Caller.allOf(Caller.claim('iss', ['https://a', 'https://b']), Caller.claim('sub', ['ann'])), Caller.allOf(Caller.claim('iss', ['https://b', 'https://a']), Caller.claim('sub', ['bob'])),
    ], [
      [{ key: 'request.auth.claims[iss]', notValues: ['https://a', 'https://b'] }],
      [{ key: 'request.auth.claims[sub]', notValues: ['ann', 'bob'] }],
    ]],
    ['two claims are not a subject', [
      Caller.allOf(Caller.claim('groups', ['risk']), Caller.claim('sub', ['ann'])), Caller.allOf(Caller.claim('aud', ['risk']), Caller.claim('sub', ['bob'])),
    ], [
      [{ key: 'request.auth.claims[groups]', notValues: ['risk'] }, { key: 'request.auth.claims[aud]', notValues: ['risk'] }],
      [{ key: 'request.auth.claims[groups]', notValues: ['risk'] }, { key: 'request.auth.claims[sub]', notValues: ['bob'] }],
      [{ key: 'request.auth.claims[sub]', notValues: ['ann'] }, { key: 'request.auth.claims[aud]', notValues: ['risk'] }],
      [{ key: 'request.auth.claims[sub]', notValues: ['ann', 'bob'] }],
    ]],
    ['an issuer with a claim is not a subject', [
      Caller.allOf(Caller.subject('https://a', '*'), Caller.claim('groups', ['risk'])), Caller.allOf(Caller.subject('https://a', '*'), Caller.claim('team', ['fraud'])),
    ], [
      [{ key: 'request.auth.claims[iss]', notValues: ['https://a'] }],
      [{ key: 'request.auth.claims[iss]', notValues: ['https://a'] }, { key: 'request.auth.claims[team]', notValues: ['fraud'] }],
      [{ key: 'request.auth.claims[groups]', notValues: ['risk'] }, { key: 'request.auth.claims[iss]', notValues: ['https://a'] }],
      [{ key: 'request.auth.claims[groups]', notValues: ['risk'] }, { key: 'request.auth.claims[team]', notValues: ['fraud'] }],
    ]],
  ])('%s', (_what, allow, denied) => {
    const setup = setupOf();
    const policy = gatewayPolicy(setup, { models: [modelOf(setup)], allow });
    const conditions = (jsonOf(policy).spec.rules as { to: { operation: { paths?: string[] } }[]; when: object[] }[])
      .filter(({ to }) => to[0].operation.paths !== undefined).map(({ when }) => when);
    expect(conditions).toEqual(denied);
  });

  test('fails for an issuer whose tokens are not accepted', () => {
    const setup = setupOf();
    gatewayPolicy(setup, { models: [modelOf(setup)], allow: [Caller.subject('https://login.exmaple.com', 'bob')] });
    expect(messageOf(() => synth(App.of(setup.chart)))).toContain('rules of test/risk require tokens of issuer "https://login.exmaple.com", '
      + 'which no RequestAuthentication for pods istio=ingressgateway of namespace "istio-system" accepts. Expected one of "https://login.example.com", or a jwtRule for this issuer');
  });

  test('a policy for REST requests alone is not one that forgot gRPC calls', () => {
    const setup = setupOf([HOST]);
    gatewayPolicy(setup, {
      endpoints: [routeOf(setup, {
        grpc: GrpcCalls.none(), paths: [StringMatch.prefix('/v2/iris/')], backend: ServiceBackend.of({ name: 'iris', namespace: 'models', port: 8080 }),
      })],
    });
    expect(messageOf(() => synth(App.of(setup.chart)))).toBe('no error');
  });

  test('fails if the gateway has a TCP server and tcpPorts is not set', () => {
    const chart = new Chart(new App(), 'test', { namespace: 'istio-system' });
    const gateway = new Gateway(chart, 'ingress', { servers: [GatewayServer.http(), GatewayServer.passthrough({ port: 15443, hosts: ['a.example.com'] })] });
    new RequestAuthentication(chart, 'login', { gateway, jwtRules: [{ issuer: 'https://login.example.com', forwardOriginalToken: true }] });
    new GatewayAccessPolicy(chart, 'risk', { gateway, allow: [RISK], models: [modelOf({ chart, gateway })] });
    expect(messageOf(() => synth(App.of(chart)))).toContain('test/risk applies to the pods of Gateway test/ingress, which has a TCP server on port 15443. '
      + 'Istio would deny all connections there. List the port of the pods in tcpPorts');
  });
});

function predictorOf(props: Partial<PredictorProps> = {}): PredictorProps {
  return {
    name: 'main', graph: GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://models/credit' }), ...props,
  };
}

function deploymentOf(chart: Chart, predictor: Partial<PredictorProps> = {}, props: Partial<SeldonDeploymentProps> = {}): SeldonDeployment {
  return new SeldonDeployment(chart, 'credit', { predictors: [predictorOf(predictor)], ...props });
}

describe('at a SeldonDeployment', () => {
  const BATCH = Caller.serviceAccount('batch', 'jobs');
  const OPEN = {
    to: [{ operation: { methods: ['GET'], paths: ['/prometheus', '/live', '/ready', '/health/ping', '/health/status', '/v2/health/live', '/v2/health/ready'] } }],
  };
  const chartOf = () => new Chart(new App(), 'test', { namespace: 'scoring' });

  test('minimal: callers, metrics and probes, for the pods of the deployment', () => {
    const chart = chartOf();
    const policy = new DeploymentAccessPolicy(chart, 'callers', { deployment: deploymentOf(chart), allow: [BATCH, Caller.namespace('apps')] });
    expect(jsonOf(policy)).toEqual({
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: 'callers', namespace: 'scoring' },
      spec: {
        action: 'ALLOW',
        selector: { matchLabels: { 'seldon-deployment-id': 'credit' } },
        rules: [
          { from: [{ source: { principals: ['*/ns/jobs/sa/batch'] } }] },
          { from: [{ source: { namespaces: ['apps'] } }] },
          OPEN,
        ],
      },
    });
  });

  test('an explainer calls its predictor', () => {
    const chart = chartOf();
    const deployment = deploymentOf(chart, { explainer: { type: ExplainerType.ANCHOR_TABULAR, serviceAccountName: 'explainer' } });
    const policy = new DeploymentAccessPolicy(chart, 'callers', { deployment, allow: [BATCH] });
    expect(jsonOf(policy).spec.rules[1]).toEqual({ from: [{ source: { principals: ['*/ns/scoring/sa/default', '*/ns/scoring/sa/explainer'] } }] });
  });

  test('an orchestrator calls nodes in other pods', () => {
    const chart = chartOf();
    const graph = GraphNode.transformer({ name: 'scale', children: [GraphNode.model({ name: 'classifier' })] });
    const componentSpecs = ['scale', 'classifier'].map((name) => ({ spec: { containers: [{ name, image: name }], serviceAccountName: 'credit' } }));
    const policy = new DeploymentAccessPolicy(chart, 'callers', { deployment: deploymentOf(chart, { graph, componentSpecs }), allow: [BATCH] });
    expect(jsonOf(policy).spec.rules[1]).toEqual({ from: [{ source: { principals: ['*/ns/scoring/sa/credit'] } }] });
  });

  test('an explainer does not add the account of another pod', () => {
    const chart = chartOf();
    const componentSpecs = [{ spec: { containers: [{ name: 'classifier', image: 'x' }], serviceAccountName: 'credit' } }];
    const explainer = { type: ExplainerType.ANCHOR_TABULAR, serviceAccountName: 'explainer' };
    const policy = new DeploymentAccessPolicy(chart, 'callers', { deployment: deploymentOf(chart, { explainer, componentSpecs }), allow: [BATCH] });
    expect(jsonOf(policy).spec.rules[1]).toEqual({ from: [{ source: { principals: ['*/ns/scoring/sa/credit', '*/ns/scoring/sa/explainer'] } }] });
  });

  test('nodes in other pods have their own accounts', () => {
    const chart = chartOf();
    const graph = GraphNode.transformer({ name: 'scale', children: [GraphNode.model({ name: 'classifier', serviceAccountName: 'loader' })] });
    const componentSpecs = ['scale', 'classifier'].map((name) => ({ spec: { containers: [{ name, image: name }] } }));
    const policy = new DeploymentAccessPolicy(chart, 'callers', { deployment: deploymentOf(chart, { graph, componentSpecs }), allow: [BATCH] });
    expect(jsonOf(policy).spec.rules[1]).toEqual({ from: [{ source: { principals: ['*/ns/scoring/sa/default', '*/ns/scoring/sa/loader'] } }] });
  });

  test('callers can need both a token and a certificate', () => {
    const chart = chartOf();
    new RequestAuthentication(chart, 'login', { jwtRules: [{ issuer: 'https://login.example.com', forwardOriginalToken: false }] });
    const allow = [Caller.allOf(RISK, BATCH), Caller.allOf(Caller.authenticated(), RISK)];
    const policy = new DeploymentAccessPolicy(chart, 'callers', { deployment: deploymentOf(chart), allow, openPaths: [] });
    const when = [{ key: 'request.auth.claims[groups]', values: ['risk'] }];
    expect(jsonOf(policy).spec.rules).toEqual([
      { from: [{ source: { principals: ['*/ns/jobs/sa/batch'] } }], when }, { from: [{ source: { requestPrincipals: ['*'] } }], when },
    ]);
  });

  test('a waypoint enforces it for the Services of an existing deployment', () => {
    const chart = chartOf();
    const deployment = SeldonDeployment.fromSeldonDeploymentName(chart, 'there', 'credit', { predictors: [{ name: 'main' }] });
    const policy = new DeploymentAccessPolicy(chart, 'callers', { deployment, allow: [BATCH], ownServiceAccounts: [], enforcedBy: AccessEnforcer.WAYPOINT });
    expect(jsonOf(policy).spec.targetRefs).toEqual([{ kind: 'Service', name: 'credit-main' }]);
  });

  test('a waypoint enforces it for the Services of predictors and explainers', () => {
    const chart = chartOf();
    const policy = new DeploymentAccessPolicy(chart, 'callers', { deployment: deploymentOf(chart), allow: [BATCH], enforcedBy: AccessEnforcer.WAYPOINT });
    expect(jsonOf(policy).spec.targetRefs).toEqual([{ kind: 'Service', name: 'credit-main' }, { kind: 'Service', name: 'credit-main-classifier' }]);
  });

  test.each([[15, ['callers']], [17, ['callers', 'callers-services-2']]])('a waypoint enforces it for the Services of nodes in other pods, any number of them: %d', (count, policies) => {
    const chart = chartOf();
    const names = [...Array(count).keys()].map((i) => `n${i}`);
    const graph = GraphNode.combiner({ name: names[0], children: names.slice(1).map((name) => GraphNode.model({ name })) });
    const componentSpecs = names.map((name) => ({ spec: { containers: [{ name, image: name }] } }));
    const policy = new DeploymentAccessPolicy(chart, 'callers', {
      deployment: deploymentOf(chart, { graph, componentSpecs }), allow: [BATCH], enforcedBy: AccessEnforcer.WAYPOINT, metadata: { labels: { team: 'risk' } },
    });
    const written = policy.node.findAll().filter(ApiObject.isApiObject).map((object) => object.toJson());
    expect(written.map(({ metadata }) => metadata)).toEqual(policies.map((name) => ({ name, namespace: 'scoring', labels: { team: 'risk' } })));
    expect(written.flatMap(({ spec }) => spec.targetRefs.map(({ name }: { name: string }) => name)))
      .toEqual(['credit-main', ...names.map((name) => `credit-main-${name}`)]);
  });

  test.each<[string, (chart: Chart) => void, string]>([
    ['an ambient namespace', (chart) => new MeshNamespace(chart, 'scoring', { ambient: true }),
      'test/callers relies on sidecars in namespace "scoring", and test/scoring enables ambient mode there, which has no sidecars. '
      + 'Set enforcedBy: AccessEnforcer.WAYPOINT'],
    ['pods without mutual TLS', (chart) => new PeerAuthentication(chart, 'plain', { mtls: MtlsMode.DISABLE }),
      'test/callers identifies callers by their certificates, and test/plain disables mutual TLS for these pods. '
      + 'Set another mode there, since no caller would have a certificate'],
  ])('fails in %s, where it would not be enforced', (_what, make, message) => {
    const chart = chartOf();
    new DeploymentAccessPolicy(chart, 'callers', { deployment: deploymentOf(chart), allow: [BATCH] });
    make(chart);
    expect(messageOf(() => synth(App.of(chart))).split('\n')).toContain(`  [test/callers] ${message}`);
  });

  test.each<[string, Caller[], boolean]>([
    ['tokens alone', [RISK], false],
    ['tokens or certificates', [RISK, BATCH], true],
    ['tokens and certificates', [Caller.allOf(RISK, BATCH)], true],
  ])('pods without mutual TLS do not identify callers by %s', (_what, allow, fails) => {
    const chart = chartOf();
    new RequestAuthentication(chart, 'login', { jwtRules: [{ issuer: 'https://login.example.com', forwardOriginalToken: false }] });
    new DeploymentAccessPolicy(chart, 'callers', { deployment: deploymentOf(chart), allow });
    new PeerAuthentication(chart, 'plain', { mtls: MtlsMode.DISABLE });
    expect(messageOf(() => synth(App.of(chart))).includes('disables mutual TLS for these pods')).toBe(fails);
  });

  test('other pods can be without mutual TLS', () => {
    const chart = chartOf();
    new DeploymentAccessPolicy(chart, 'callers', { deployment: deploymentOf(chart), allow: [BATCH] });
    new PeerAuthentication(chart, 'plain', { mtls: MtlsMode.DISABLE });
    new PeerAuthentication(chart, 'pods', { mtls: MtlsMode.STRICT, selector: { 'seldon-deployment-id': 'credit' } });
    expect(messageOf(() => synth(App.of(chart)))).toEqual('no error');
  });

  test('an existing deployment that is not defined in this app', () => {
    const chart = chartOf();
    const deployment = SeldonDeployment.fromSeldonDeploymentName(chart, 'there', 'credit', { predictors: [{ name: 'main' }] });
    const policy = new DeploymentAccessPolicy(chart, 'callers', { deployment, allow: [BATCH], ownServiceAccounts: ['credit'], openPaths: [] });
    expect(jsonOf(policy).spec.rules).toEqual([
      { from: [{ source: { principals: ['*/ns/jobs/sa/batch'] } }] }, { from: [{ source: { principals: ['*/ns/scoring/sa/credit'] } }] },
    ]);
  });

  test.each<[string, (chart: Chart) => object, string]>([
    ['a model of Seldon Core 2', (chart) => ({ deployment: new Model(chart, 'fraud', { storageUri: 'gs://x' }) }),
      'a model of Seldon Core 2 instead of a SeldonDeployment. These models share pods and are identified by a header that any caller can send. '
      + 'Restrict a single model with a GatewayAccessPolicy, and access to all of them with a RuntimeAccessPolicy'],
    ['a predictor', (chart) => ({ deployment: new SeldonDeployment(chart, 'other', { predictors: [predictorOf()] }).predictor('main') }),
      'predictor main instead of its SeldonDeployment. Set the deployment, since the policy applies to all its pods'],
    ['pods without sidecar', (chart) => ({
      deployment: new SeldonDeployment(chart, 'other', { predictors: [predictorOf({ labels: { 'sidecar.istio.io/inject': 'false' } })] }),
    }), 'predictor "main" of SeldonDeployment other has pods without sidecar (sidecar.istio.io/inject: "false"). The policy would not be enforced there. '
      + 'Enable their sidecars, or set enforcedBy: AccessEnforcer.WAYPOINT'],
    ['pods whose annotation leaves the sidecar out', (chart) => ({
      deployment: new SeldonDeployment(chart, 'other', { predictors: [predictorOf({ annotations: { 'sidecar.istio.io/inject': 'false' } })] }),
    }), 'predictor "main" of SeldonDeployment other has pods without sidecar (sidecar.istio.io/inject: "false"). The policy would not be enforced there. '
      + 'Enable their sidecars, or set enforcedBy: AccessEnforcer.WAYPOINT'],
    ['an open path without a slash at its start', () => ({ openPaths: ['v2/live'] }), 'open path "v2/live". Expected an exact path such as "/prometheus"'],
    ['no deployment', () => ({ deployment: 'credit' }),
      'deployment "credit". Expected a SeldonDeployment, or SeldonDeployment.fromSeldonDeploymentName(…) for an existing one'],
    ['the network', () => ({ enforcedBy: AccessEnforcer.NETWORK }),
      'enforcedBy "network" for a SeldonDeployment. Expected sidecar or waypoint, since NetworkPolicies cannot distinguish metrics and probes from requests on the same port'],
    ['another namespace', () => ({ namespace: 'other' }),
      'namespace "other" for SeldonDeployment credit of namespace "scoring". Policies select only pods in their own namespace. Leave the namespace out'],
    ['an open prefix', () => ({ openPaths: ['/v2/*'] }), 'open path "/v2/*". Expected an exact path such as "/prometheus"'],
    ['an existing deployment whose pods are not known', (chart) => ({
      deployment: SeldonDeployment.fromSeldonDeploymentName(chart, 'there', 'credit', { predictors: [{ name: 'main' }] }),
    }), 'SeldonDeployment credit is not defined in this app, and it is not known whether its pods call each other. '
      + 'Set ownServiceAccounts to those of its pods, or to an empty list if each predictor is one pod'],
  ])('fails for %s', (_what, props, message) => {
    const chart = chartOf();
    const deployment = deploymentOf(chart);
    expect(messageOf(() => new DeploymentAccessPolicy(chart, 'callers', { deployment, allow: [BATCH], ...props(chart) })))
      .toEqual(`${message} (at test/callers)`);
  });
});

describe('at the runtime of Seldon Core 2', () => {
  const runtime = (props: object = {}) => {
    const { chart, gateway } = setupOf();
    return new RuntimeAccessPolicy(chart, 'reach', { allow: [Caller.gateway(gateway)], ...props });
  };

  test('NetworkPolicies enforce it for Seldon\'s Envoy', () => {
    expect(jsonOf(runtime({ monitoring: ['monitoring'] }))).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'reach', namespace: 'seldon-mesh' },
      spec: {
        podSelector: { matchLabels: { 'app.kubernetes.io/name': 'seldon-envoy' } },
        policyTypes: ['Ingress'],
        ingress: [
          { from: [{ podSelector: {} }] },
          {
            from: [{
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'istio-system' } }, podSelector: { matchLabels: { istio: 'ingressgateway' } },
            }],
            ports: [{ protocol: 'TCP', port: 9000 }],
          },
          { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }], ports: [{ protocol: 'TCP', port: 9003 }] },
        ],
      },
    });
  });

  test.each([undefined, AccessEnforcer.SIDECAR, AccessEnforcer.WAYPOINT])('and for the servers behind it, with any enforcer: %s', (enforcedBy) => {
    const policy = runtime({ enforcedBy, monitoring: ['monitoring'] });
    expect(ApiObject.of(policy.node.findChild('Servers').node.findChild('Resource')).toJson()).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'reach-servers', namespace: 'seldon-mesh' },
      spec: {
        podSelector: {
          matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'In', values: ['seldon-server', 'seldon-pipelinegateway', 'seldon-modelgateway'] }],
        },
        policyTypes: ['Ingress'],
        ingress: [
          { from: [{ podSelector: {} }] },
          {
            from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
            ports: [{ protocol: 'TCP', port: 'metrics' }, { protocol: 'TCP', port: 'server-metrics' }],
          },
        ],
      },
    });
  });

  test('the HBONE port of ambient mode is open, too', () => {
    const { chart, gateway } = setupOf();
    const policy = new RuntimeAccessPolicy(chart, 'reach', { allow: [Caller.gateway(gateway)] });
    new MeshNamespace(chart, 'seldon-mesh', { ambient: true });
    expect(jsonOf(policy).spec.ingress[1].ports).toEqual([{ protocol: 'TCP', port: 9000 }, { protocol: 'TCP', port: 15008 }]);
  });

  test('fails for the sidecars of ambient mode', () => {
    const { chart, gateway } = setupOf();
    new RuntimeAccessPolicy(chart, 'reach', { allow: [Caller.gateway(gateway)], enforcedBy: AccessEnforcer.SIDECAR });
    new MeshNamespace(chart, 'seldon-mesh', { ambient: true });
    expect(messageOf(() => synth(App.of(chart)))).toContain('test/reach relies on sidecars in namespace "seldon-mesh", and test/seldon-mesh '
      + 'enables ambient mode there, which has no sidecars. Set enforcedBy: AccessEnforcer.WAYPOINT');
  });

  test.each([
    [AccessEnforcer.SIDECAR, { selector: { matchLabels: { 'app.kubernetes.io/name': 'seldon-envoy' } } }],
    [AccessEnforcer.WAYPOINT, { targetRefs: [{ kind: 'Service', name: 'seldon-mesh' }] }],
  ])('a %s enforces it', (enforcedBy, where) => {
    const { gateway } = setupOf();
    const allow = [Caller.gateway(gateway, { serviceAccount: 'ingress' })];
    expect(jsonOf(runtime({ enforcedBy, allow, monitoring: ['monitoring'] })).spec).toEqual({
      ...where,
      action: 'ALLOW',
      rules: [
        { from: [{ source: { principals: ['*/ns/istio-system/sa/ingress'] } }] },
        { from: [{ source: { namespaces: ['seldon-mesh'] } }] },
        { from: [{ source: { namespaces: ['monitoring'] } }], to: [{ operation: { ports: ['9003'] } }] },
      ],
    });
  });

  test('no one else reaches it without monitoring', () => {
    const policy = runtime();
    expect(jsonOf(policy).spec.ingress).toEqual([
      { from: [{ podSelector: {} }] },
      {
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'istio-system' } }, podSelector: { matchLabels: { istio: 'ingressgateway' } } }],
        ports: [{ protocol: 'TCP', port: 9000 }],
      },
    ]);
    expect(ApiObject.of(policy.node.findChild('Servers').node.findChild('Resource')).toJson().spec.ingress).toEqual([{ from: [{ podSelector: {} }] }]);
    expect(jsonOf(runtime({ enforcedBy: AccessEnforcer.SIDECAR })).spec.rules).toEqual([
      { from: [{ source: { namespaces: ['istio-system'] } }] }, { from: [{ source: { namespaces: ['seldon-mesh'] } }] },
    ]);
  });

  test.each<[string, Caller[], boolean]>([
    ['tokens alone', [RISK], false],
    ['tokens or certificates', [RISK, Caller.namespace('apps')], true],
    ['tokens and certificates', [Caller.allOf(RISK, Caller.namespace('apps'))], true],
  ])('sidecars without mutual TLS do not identify callers by %s', (_what, allow, fails) => {
    const { chart } = setupOf();
    new RequestAuthentication(chart, 'pods', { jwtRules: [{ issuer: 'https://login.example.com', forwardOriginalToken: true }] });
    new RuntimeAccessPolicy(chart, 'reach', { allow, enforcedBy: AccessEnforcer.SIDECAR });
    new PeerAuthentication(chart, 'plain', { mtls: MtlsMode.DISABLE });
    expect(messageOf(() => synth(App.of(chart))).includes('disables mutual TLS for these pods')).toBe(fails);
  });

  test('fails without a namespace', () => {
    expect(messageOf(() => new RuntimeAccessPolicy(new Chart(new App(), 'test'), 'reach', { allow: [Caller.namespace('apps')] })))
      .toBe('a runtime without a namespace. Set the namespace of the policy or of the chart (at test/reach)');
  });

  test('fails for callers with a token at a gateway, which NetworkPolicies do not support', () => {
    const { gateway } = setupOf();
    expect(messageOf(() => runtime({ allow: [Caller.allOf(Caller.gateway(gateway), RISK)] }))).toContain('gateway ingress and claim groups "risk" with enforcedBy "network". ');
  });

  test('fails for callers that NetworkPolicies do not support', () => {
    expect(messageOf(() => runtime({ allow: [RISK] }))).toEqual('claim groups "risk" with enforcedBy "network". NetworkPolicies support only namespaces and the pods of gateways. '
      + 'Use such callers, or let a sidecar or a waypoint enforce the policy (at test/reach)');
  });

  test('fails for an unknown enforcer', () => {
    expect(messageOf(() => runtime({ enforcedBy: 'gateway' }))).toEqual('enforcedBy "gateway". Expected one of sidecar, waypoint, network (at test/reach)');
  });
});

test.each<[string, () => unknown, string]>([
  ['a claim without values', () => Caller.claim('groups', []), 'no values. List the accepted values of the claim, or "*" for any (at Caller.claim)'],
  ['a claim with brackets', () => Caller.claim('a[b]', ['c']), 'name of claim "a[b]". Expected a name without brackets (at Caller.claim)'],
  ['a claim with one bracket', () => Caller.claim('a[b', ['c']), 'name of claim "a[b". Expected a name without brackets (at Caller.claim)'],
  ['two issuers at once', () => Caller.allOf(Caller.subject('https://a', '*'), Caller.claim('iss', ['https://b'])),
    'two callers by request.auth.claims[iss]. A caller has only one of these. Set it once, or list both callers separately (at Caller.allOf)'],
  ['two subjects at once', () => Caller.allOf(Caller.claim('sub', ['a']), Caller.claim('sub', ['b'])),
    'two callers by request.auth.claims[sub]. A caller has only one of these. Set it once, or list both callers separately (at Caller.allOf)'],
  ['no caller among several', () => Caller.allOf(RISK, 'risk' as never), 'callers[1] "risk". Expected a Caller, such as Caller.claim("groups", ["risk"]) (at Caller.allOf)'],
  ['no gateway', () => Caller.gateway('ingress' as never), 'gateways[0] "ingress". Expected a Gateway, or Gateway.fromGatewayName(…) for an existing one (at Caller.gateway)'],
  ['an invalid account of a gateway', () => Caller.gateway({ gatewayName: 'ingress', gatewayNamespace: 'edge' }, { serviceAccount: 'A b' }),
    'serviceAccount "A b". Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit (at Caller.gateway)'],
  ['an empty value', () => Caller.claim('a', ['']), 'an empty value. Set an accepted value of the claim, or "*" for any (at Caller.claim)'],
  ['an empty path', () => Caller.nestedClaim([], ['a']), 'an empty path. Set the names of the objects and of the claim (at Caller.nestedClaim)'],
  ['an empty issuer', () => Caller.subject('', 'a'), 'an empty issuer. Set the value of the claim (at Caller.subject)'],
  ['one caller for all', () => Caller.allOf(RISK), '1 callers. Expected two or more (at Caller.allOf)'],
  ['two namespaces at once', () => Caller.allOf(Caller.namespace('a'), Caller.namespace('b')),
    'two callers by namespaces. A caller has only one of these. Set it once, or list both callers separately (at Caller.allOf)'],
  ['an account of another namespace', () => Caller.allOf(Caller.serviceAccount('a', 'b'), Caller.namespace('c')),
    'callers of namespaces b and c at once. A caller is in only one of them. Set it once, or list both callers separately (at Caller.allOf)'],
  ['a gateway without namespace', () => Caller.gateway({ gatewayName: 'ingress' }), 'gateway ingress has no namespace. Set the namespace of its pods (at Caller.gateway)'],
])('fails for %s', (_what, make, message) => {
  expect(messageOf(make)).toEqual(message);
});

test.each<[string, () => Caller, string]>([
  ['of one namespace', () => Caller.allOf(Caller.serviceAccount('a', 'b'), Caller.namespace('b')), 'service account b/a and namespace b'],
  ['of a namespace with a token', () => Caller.allOf(Caller.namespace('b'), RISK), 'namespace b and claim groups "risk"'],
  ['with two values of a claim', () => Caller.allOf(RISK, Caller.claim('groups', ['web'])), 'claim groups "risk" and claim groups "web"'],
])('accepts callers %s', (_what, make, description) => {
  expect(String(make())).toBe(description);
});

test('a caller has a description', () => {
  expect(String(Caller.allOf(Caller.authenticated(), RISK))).toEqual('a valid token and claim groups "risk"');
});
