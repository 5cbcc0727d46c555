import { ISSUERS, policyRequests, PolicyRequest, policySets, Pods } from './generator/access-policies';
import { Headers, RestRequest } from './harness/clients';
import { count } from './harness/figures';
import { Manifest } from './harness/manifests';
import { Exchange, startWorld, World } from './harness/world';
import { AccessPolicies } from '../../src/answers/access/access-policies';
import { AccessCheck, AccessVerdict } from '../../src/answers/access-check';
import { NormalRequest } from '../../src/answers/normal-request';
import { HeaderLine, TokenLocation } from '../../src/answers/request';
import { RequestHeaders } from '../../src/answers/request-headers';
import { Cluster } from '../../src/cluster/cluster';
import { ClusterKind, ClusterObject } from '../../src/cluster/cluster-object';

// Policies at random decide as the real Envoy does, at a gateway and at the sidecar of a workload.

const DEEP = process.env.CONFORMANCE_DEEP === 'true';
const [SETS, REQUESTS, SEED] = [DEEP ? 260 : 40, DEEP ? 200 : 110, Number(process.env.CONFORMANCE_SEED ?? 1)];
const TIMEOUT = DEEP ? 3 * 3_600_000 : 900_000;

const GATEWAY: Manifest = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'Gateway',
  metadata: { name: 'gateway', namespace: 'istio-system' },
  spec: { selector: { istio: 'ingressgateway' }, servers: [{ port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }] },
};
const ROUTES: Manifest = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'VirtualService',
  metadata: { name: 'all', namespace: 'models' },
  spec: { hosts: ['*'], gateways: ['istio-system/gateway'], http: [{ route: [{ destination: { host: 'iris.models.svc.cluster.local', port: { number: 80 } } }] }] },
};

const LOCATIONS: { readonly [place: string]: TokenLocation } = {
  'bearer': { kind: 'header', name: 'authorization', prefix: 'Bearer ' },
  'x-token': { kind: 'header', name: 'x-token' },
  'x-token-prefix': { kind: 'header', name: 'x-token', prefix: 'Token ' },
  'parameter': { kind: 'parameter', name: 'token' },
  'access_token': { kind: 'parameter', name: 'access_token' },
  'cookie': { kind: 'cookie', name: 'token' },
};

/** The header of the harness that it sends with each request. */
const OWN_HEADERS: readonly HeaderLine[] = [{ name: 'content-type', value: 'application/json' }];

/** A request as it is sent, and as the policies see it. */
interface Sent {
  readonly request: PolicyRequest;
  readonly rest: RestRequest;
  readonly normal: NormalRequest;
}

function sent(request: PolicyRequest, port: number, to: Partial<RestRequest>): Sent {
  const { host, path, query, method, headers, token } = request;
  const all: Record<string, string[]> = Object.fromEntries(headers.map(([name, values]) => [name, [...values]]));
  let sentQuery = query;
  if (token !== undefined) {
    const text = ISSUERS[token.issuer].token(token.claims);
    const { kind, name, prefix = '' } = LOCATIONS[token.place];
    if (kind === 'header') all[name] = [...all[name] ?? [], prefix + text];
    else if (kind === 'cookie') all.cookie = [[...all.cookie ?? [], `${name}=${text}`].join('; ')];
    else sentQuery = `${query === undefined ? '' : `${query}&`}${name}=${text}`;
  }
  const lines = [...headers.flatMap(([name, values]) => values.map((value): HeaderLine => ({ name, value }))), ...OWN_HEADERS];
  return {
    request,
    rest: { rest: sentQuery === undefined ? path : `${path}?${sentQuery}`, host, method, headers: all as Headers, ...to },
    normal: {
      peer: { kind: 'outside', sourceAddress: '127.0.0.1', remoteAddress: '127.0.0.1' },
      port,
      http: '1.1',
      scheme: 'http',
      method,
      authority: host,
      host: host.toLowerCase().replace(/:\d+$/, ''),
      path,
      query,
      headers: new RequestHeaders(lines, '1.1'),
      token: token === undefined ? undefined : {
        isValid: token.issuer !== 'forger',
        claims: JSON.parse(JSON.stringify({ iss: ISSUERS[token.issuer].name, sub: 'someone', ...token.claims })) as Record<string, unknown>,
        location: LOCATIONS[token.place],
      },
    },
  };
}

/** What a check predicts: the status, and for requests that pass the headers that policies may change. */
function predicted({ responder, cases, request }: AccessVerdict, { normal }: Sent): object {
  if (cases !== undefined) return { cases: cases.map(({ condition }) => condition) };
  if (responder !== undefined) return { status: responder.status };
  const { headers, query } = request ?? normal;
  return { status: 200, query, headers: Object.fromEntries(WATCHED.map((name) => [name, headers.valuesOf(name)])) };
}

/** Headers that rules about tokens set. */
const WATCHED = ['x-sub', 'x-level', 'x-roles', 'x-flag', 'x-groups', 'x-scope', 'x-team'];

function seen({ response, answeredBy }: Exchange): object {
  if (answeredBy === undefined) return { status: response.status };
  const query = answeredBy.path.includes('?') ? answeredBy.path.slice(answeredBy.path.indexOf('?') + 1) : undefined;
  return {
    status: response.status,
    query: query === undefined ? undefined : without(query),
    headers: Object.fromEntries(WATCHED.map((name) => [name, answeredBy.headers.get(name) ?? []])),
  };
}

/** The query without tokens, which the request model does not hold. */
function without(query: string): string | undefined {
  const kept = query.split('&').filter((part) => !/^(token|access_token)=/.test(part));
  return kept.length === 0 ? undefined : kept.join('&');
}

async function compare(world: World, check: AccessCheck, all: readonly Sent[]): Promise<string[]> {
  const exchanges = await world.sendAll(all.map(({ rest }) => rest));
  return exchanges.flatMap((exchange, i) => {
    const verdict = check.check(all[i].normal);
    const [envoy, own] = [JSON.stringify(seen(exchange)), JSON.stringify(predicted(verdict, all[i]))];
    if (envoy === own) return [];
    return [`${JSON.stringify(all[i].request)}\n  Envoy: ${envoy}\n  predicted: ${own}\n  ${verdict.steps().map(({ text }) => text).join('\n  ')}`];
  });
}

function policiesOf(manifests: readonly Manifest[]): AccessPolicies {
  return new AccessPolicies(new Cluster(manifests.map((manifest) => new ClusterObject(manifest, { file: 'policies.yaml' }))));
}

test('policies at a gateway decide as Envoy does', async () => {
  const pods: Pods = { namespace: 'istio-system', labels: { istio: 'ingressgateway' } };
  const wrong: string[] = [];
  const statuses = new Map<unknown, number>();
  for (const [i, { policies }] of policySets(SEED, SETS, pods).entries()) {
    const manifests = [GATEWAY, ROUTES, ...policies];
    const world = await startWorld(manifests);
    try {
      expect(await world.rejected()).toEqual([]);
      const own = policiesOf(manifests);
      const gateway = new ClusterObject(GATEWAY, { file: 'policies.yaml' });
      expect(gateway.type).toBe(ClusterKind.GATEWAY);
      const all = policyRequests(SEED * 1_000 + i, REQUESTS).map((request) => sent(request, world.gatewayPort(80), {}));
      const differences = await compare(world, own.atGateway(gateway), all);
      if (differences.length > 0) wrong.push(`set ${i}: ${JSON.stringify(policies.map(({ kind, metadata, spec }) => ({ kind, ...metadata, ...spec })), (key, value) => (key === 'jwks' ? undefined : value))}\n${differences.slice(0, 3).join('\n')}`);
      for (const { normal } of all) {
        const { responder } = own.atGateway(gateway).check(normal);
        statuses.set(responder?.status, (statuses.get(responder?.status) ?? 0) + 1);
      }
    } finally {
      await world.close();
    }
    count('random policies', policies.length);
  }
  expect(wrong.slice(0, Number(process.env.SHOW ?? 3)).join('\n\n')).toBe('');
  // All kinds of answers occur.
  for (const status of [undefined, 401, 403]) expect(statuses.get(status) ?? 0).toBeGreaterThan(SETS * REQUESTS / 20);
}, TIMEOUT);
