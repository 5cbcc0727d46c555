import * as fs from 'fs';
import * as path from 'path';
import { Request, Response } from './harness/clients';
import { ServicePort } from './harness/services';
import { troubled } from './harness/stubs';
import { startTlsStub } from './harness/tls-stubs';
import { Issuer } from './harness/tokens';
import { ROOT } from './harness/tools';
import { Exchange, startWorld, World, WorldOptions } from './harness/world';

// Each row of docs/troubleshooting.md is a symptom with its causes. Here the causes are made, and the symptom is what callers get.

const rows = [...fs.readFileSync(path.join(ROOT, 'docs/troubleshooting.md'), 'utf8').matchAll(/^\| (\*\*.*?) \| (.*) \|$/gm)]
  .map(([, symptom, causes]) => ({ symptom: symptom.replaceAll(/[*`]/g, ''), causes }));

const HOST = 'models.example.com';
const GATEWAY = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gateway, namespace: istio-system }
spec:
  selector: { istio: ingressgateway }
  servers:
    - { hosts: ['*'], port: { name: http, number: 80, protocol: HTTP } }
    - { hosts: ['*'], port: { name: other, number: 8080, protocol: HTTP } }
`;
const MESH = 'seldon-mesh.seldon-mesh.svc.cluster.local';
const IRIS = 'iris.models.svc.cluster.local';

const object = (kind: string, group: string, name: string, namespace: string, spec: object, metadata: object = {}) => (
  `---\n${JSON.stringify({ apiVersion: `${group}.istio.io/v1`, kind, metadata: { name, namespace, ...metadata }, spec })}\n`);
const routes = (name: string, rules: object[], { hosts = [HOST], gateways = ['istio-system/gateway'], created }: { hosts?: string[]; gateways?: string[]; created?: string } = {}) => (
  object('VirtualService', 'networking', name, 'models', { hosts, gateways, http: rules }, created === undefined ? {} : { creationTimestamp: created }));
const prefix = (value: string, to: object, more: object = {}) => ({ match: [{ uri: { prefix: value } }], route: [{ destination: to, ...more }] });
const model = (name: string) => ({ headers: { request: { set: { 'seldon-model': name } } } });
const iris = { host: IRIS, port: { number: 80 } };
const mesh = { host: MESH, port: { number: 80 } };
const rule = (spec: object, host = IRIS) => object('DestinationRule', 'networking', 'iris', host.split('.')[1], { host, ...spec });

let world: World | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function start(manifests: string, options?: WorldOptions): Promise<World> {
  world = await startWorld(GATEWAY + manifests, options);
  return world;
}

const rest = (url: string, headers: Record<string, string> = {}, more: Partial<Request> = {}): Request => ({ rest: url, host: HOST, method: 'GET', headers, ...more }) as Request;
const grpc = (name: string): Request => ({ grpc: 'ModelInfer', model: name, host: HOST, headers: { 'seldon-model': name } });
const send = (request: Request): Promise<Exchange> => world!.send(request);
const answer = async (request: Request): Promise<Response> => (await send(request)).response;
/** The status and the body. */
const text = async (request: Request) => {
  const { status, body } = await answer(request);
  return [status, body];
};
/** Envoy's gateway adds it to what a backend answered, and to nothing else. */
const isOfBackend = ({ headers }: Response) => headers['x-envoy-upstream-service-time'] !== undefined;
const modelOf = ({ arrivals }: Exchange) => arrivals().map(({ headers }) => headers.get('seldon-model')?.[0]);

/** What is measured, by the beginning of the symptom. */
const MEASURED: { readonly [symptom: string]: () => Promise<void> } = {
  '404 without the header x-envoy-upstream-service-time': async () => {
    await start(routes('iris', [prefix('/v2/models/iris/', iris)]) + routes('wine', [prefix('/v2/models/wine/', iris)], { gateways: ['models/gateway'] }));
    for (const request of [rest('/v2/models/iris/infer', {}, { host: 'other.example.com' }), rest('/v2/models/wine/infer'), rest('/v2/models/iris-large/infer')]) {
      const response = await answer(request);
      expect([response.status, response.body, isOfBackend(response)]).toEqual([404, '', false]);
    }
    expect(isOfBackend(await answer(rest('/v2/models/iris/infer')))).toBe(true);
  },

  '404 with that header': async () => {
    // What Seldon's Envoy answers to a sticky header is measured by inner-hop.test.ts.
    await start(routes('iris', [prefix('/v2/', mesh, model('iris'))]), { decide: ({ headers }) => (headers.has('x-seldon-route') ? { status: 404 } : undefined) });
    const response = await answer(rest('/v2/models/iris/infer', { 'x-seldon-route': ':iris_1:' }));
    expect([response.status, isOfBackend(response)]).toEqual([404, true]);
  },

  '503 no healthy upstream': async () => {
    const noPods = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      metadata: { name: 'empty', namespace: 'models' },
      spec: { hosts: ['empty.example.com'], ports: [{ number: 80, name: 'http', protocol: 'HTTP' }], resolution: 'STATIC', location: 'MESH_INTERNAL' },
    };
    const subsets = rule({ subsets: [{ name: 'v9', labels: { version: 'v9' } }] });
    await start(routes('iris', [prefix('/subset', { ...iris, subset: 'v9' }), prefix('/pods', { host: 'empty.example.com', port: { number: 80 } })]),
      { extra: `${subsets}---\n${JSON.stringify(noPods)}\n` });
    expect(await text(rest('/subset'))).toEqual([503, 'no healthy upstream']);
    expect(await text(rest('/pods'))).toEqual([503, 'no healthy upstream']);
  },

  '503 on one port only': async () => {
    await start(routes('iris', [prefix('/v2/', { host: MESH }, model('iris'))]));
    expect((await answer(rest('/v2/models/iris/infer'))).status).toBe(200);
    expect((await answer(rest('/v2/models/iris/infer', {}, { port: 8080 }))).status).toBe(503);
  },

  '503 for all models of a namespace after errors of one': async () => {
    const ejecting = { trafficPolicy: { outlierDetection: { consecutive5xxErrors: 5, interval: '1s', baseEjectionTime: '60s', maxEjectionPercent: 100 } } };
    await start(routes('iris', [prefix('/v2/models/iris/', mesh, model('iris')), prefix('/v2/models/wine/', mesh, model('wine'))]) + rule(ejecting, MESH));
    expect((await answer(rest('/v2/models/wine/infer'))).status).toBe(200);
    for (let i = 0; i < 8; i++) await answer(rest('/v2/models/iris/infer', troubled({ status: 500 })));
    expect((await answer(rest('/v2/models/wine/infer'))).status).toBe(503);
  },

  '503 or a closed connection after mtls: STRICT': async () => {
    // Proxies here have no certificates of the mesh: a server that accepts TLS alone stands in for pods with STRICT.
    const strict = await startTlsStub();
    const entry = {
      apiVersion: 'networking.istio.io/v1',
      kind: 'ServiceEntry',
      metadata: { name: 'strict', namespace: 'models' },
      spec: {
        hosts: ['strict.example.com'],
        resolution: 'STATIC',
        location: 'MESH_INTERNAL',
        ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
        endpoints: [{ address: '127.0.0.1', ports: { http: strict.port } }],
      },
    };
    try {
      await start(routes('iris', [prefix('/strict', { host: 'strict.example.com', port: { number: 80 } }), prefix('/plain', iris)])
        + rule({ trafficPolicy: { tls: { mode: 'SIMPLE' } } }), { extra: `---\n${JSON.stringify(entry)}\n` });
      expect([(await answer(rest('/strict'))).status, (await answer(rest('/plain'))).status]).toEqual([503, 503]);
      await expect(fetch(`http://127.0.0.1:${strict.port}/`)).rejects.toThrow('fetch failed');
    } finally {
      await strict.close();
    }
  },

  'another model answers': async () => {
    await start(routes('iris', [prefix('/v2/models/iris', mesh, model('iris')), prefix('/inference.GRPCInferenceService', mesh, model('iris'))], { created: '2026-01-01T00:00:00Z' })
      + routes('large', [prefix('/v2/models/iris-large/', mesh, model('iris-large'))], { created: '2026-02-01T00:00:00Z' }));
    expect([modelOf(await send(rest('/v2/models/iris-large/infer'))), modelOf(await send(grpc('iris-large')))]).toEqual([['iris'], ['iris']]);
  },

  'gRPC ends without a status': async () => {
    const named = (name: string) => [{ name: 'seldon-mesh', namespace: 'seldon-mesh', ports: [{ number: 80, name }] as ServicePort[] }];
    const manifests = routes('iris', [prefix('/inference.GRPCInferenceService/', mesh, model('iris'))]);
    await start(manifests, { services: named('data') });
    const lost = await send(grpc('iris'));
    expect([lost.arrivals().length, lost.response.grpcStatus === 0]).toEqual([1, false]);
    await world!.close();
    await start(manifests, { services: named('http2-data') });
    expect((await answer(grpc('iris'))).grpcStatus).toBe(0);
  },

  '403 RBAC: access denied': async () => {
    const policy = object('AuthorizationPolicy', 'security', 'iris', 'istio-system', {
      selector: { matchLabels: { istio: 'ingressgateway' } }, action: 'ALLOW', rules: [{ to: [{ operation: { paths: ['/v2/models/iris/*'] } }] }],
    });
    await start(routes('iris', [prefix('/v2/', iris)]) + policy);
    expect(await text(rest('/v2/models/wine/infer'))).toEqual([403, 'RBAC: access denied']);
    expect((await answer(rest('/v2/models/iris/infer'))).status).toBe(200);
  },

  '401 Jwt …': async () => {
    const [login, other] = [new Issuer('https://login.example.com'), new Issuer('https://other.example.com')];
    const selector = { matchLabels: { istio: 'ingressgateway' } };
    const authentication = object('RequestAuthentication', 'security', 'login', 'istio-system', { selector, jwtRules: [{ issuer: login.name, jwks: login.jwks }] });
    await start(routes('iris', [prefix('/v2/', iris)]) + authentication);
    const get = (headers: Record<string, string>) => text(rest('/v2/models/iris/infer', headers));
    expect(await get(login.header({ exp: 1 }))).toEqual([401, 'Jwt is expired']);
    expect(await get(other.header())).toEqual([401, 'Jwt issuer is not configured']);
    expect(await get(other.header({ iss: login.name }))).toEqual([401, 'Jwt verification fails']);
    expect([(await get({}))[0], (await get(login.header()))[0]]).toEqual([200, 200]);
    await world!.close();
    const required = object('AuthorizationPolicy', 'security', 'login', 'istio-system', { selector, rules: [{ from: [{ source: { requestPrincipals: ['*'] } }] }] });
    await start(routes('iris', [prefix('/v2/', iris)]) + authentication + required);
    expect([(await get({}))[0], (await get(login.header()))[0]]).toEqual([403, 200]);
  },

  'doubled load of a model': async () => {
    await start(routes('iris', [{ ...prefix('/v2/', mesh, model('iris')), mirrors: [{ destination: mesh, percentage: { value: 100 } }] }]));
    const exchange = await send(rest('/v2/models/iris/infer'));
    await world!.settled();
    expect(modelOf(exchange)).toEqual(['iris', 'iris']);
  },

  'shares are not those of the weights': async () => {
    const [, most, tries] = /an arm of weight 10 gets 4 to (\d+) in (\d+) of 100 tries/.exec(rows.find(({ symptom }) => symptom.startsWith('shares'))!.causes)!;
    let chance = 0.9 ** 100;
    let within = 0;
    for (let count = 0; count <= Number(most); count++) {
      if (count >= 4) within += chance;
      chance *= (100 - count) / (count + 1) * (0.1 / 0.9);
    }
    expect(Math.round(within * 100)).toBe(Number(tries));
  },

  'nothing changes after kubectl apply': async () => {
    const of = (name: string, created: string) => routes(name, [prefix('/v2/', mesh, model(name))], { created });
    await start(of('old', '2026-01-01T00:00:00Z') + of('new', '2026-02-01T00:00:00Z'));
    expect(modelOf(await send(rest('/v2/models/iris/infer')))).toEqual(['old']);
  },
};

test('each symptom of the page is measured', () => {
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.map(({ symptom }) => Object.keys(MEASURED).find((measured) => symptom.startsWith(measured)) ?? `not measured: ${symptom}`)).toEqual(Object.keys(MEASURED));
});

test.each(Object.entries(MEASURED))('%s', async (_, measured) => measured());
