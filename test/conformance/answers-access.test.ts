import { ISSUERS, policyRequests, PolicyRequest, policySets, Pods } from './generator/access-policies';
import { Authority, authoritySecret, tlsSecret } from './harness/certificates';
import { Headers, RestRequest } from './harness/clients';
import { count } from './harness/figures';
import { Manifest } from './harness/manifests';
import { plainCalls } from './harness/standins';
import { Exchange, startWorld, World } from './harness/world';
import { AccessPolicies } from '../../src/answers/access/access-policies';
import { AccessCheck, AccessVerdict } from '../../src/answers/access-check';
import { NormalRequest } from '../../src/answers/normal-request';
import { HeaderLine, TokenLocation } from '../../src/answers/request';
import { RequestHeaders } from '../../src/answers/request-headers';
import { Cluster } from '../../src/cluster/cluster';
import { ClusterObject } from '../../src/cluster/cluster-object';

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
  readonly isRaw: boolean;
  readonly rest: RestRequest;
  readonly normal: NormalRequest;
}

/**
 * A request.
 *
 * @param isRaw Whether the prediction knows only the bytes of the token.
 */
function sent(request: PolicyRequest, port: number, to: Partial<RestRequest>, isRaw = false): Sent {
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
  const known = isRaw ? Object.entries(all) : headers;
  const lines = [...known.flatMap(([name, values]) => values.map((value): HeaderLine => ({ name, value }))), ...OWN_HEADERS];
  return {
    request,
    isRaw,
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
      query: isRaw ? sentQuery : query,
      headers: new RequestHeaders(lines, '1.1'),
      token: token === undefined || isRaw ? undefined : {
        isValid: token.issuer !== 'forger',
        claims: JSON.parse(JSON.stringify({ iss: ISSUERS[token.issuer].name, sub: 'someone', ...token.claims })) as Record<string, unknown>,
        location: LOCATIONS[token.place],
      },
    },
  };
}

/** What a check predicts: the status, and for requests that pass the headers that policies may change. */
function predicted({ responder: certain, cases, request }: AccessVerdict, { normal, isRaw, request: { token } }: Sent): object {
  const held = cases?.find(({ condition }) => condition === (token?.issuer === 'forger' ? WRONG_TOKEN : VALID_TOKEN));
  if (cases !== undefined && !(isRaw && held !== undefined)) return { cases: cases.map(({ condition }) => condition) };
  const responder = cases === undefined ? certain : held!.responder;
  if (responder !== undefined) return { status: responder.status };
  const { headers, query } = request ?? normal;
  return { status: 200, query, headers: Object.fromEntries(WATCHED.map((name) => [name, headers.valuesOf(name)])) };
}

const WRONG_TOKEN = 'the signature or the time of the token is wrong';
const VALID_TOKEN = 'the token is valid';

/** Headers that rules about tokens set. */
const WATCHED = ['x-sub', 'x-level', 'x-roles', 'x-flag', 'x-groups', 'x-scope', 'x-team'];

function seen({ response, answeredBy }: Exchange, isRaw: boolean): object {
  if (answeredBy === undefined) return { status: response.status };
  const query = answeredBy.path.includes('?') ? answeredBy.path.slice(answeredBy.path.indexOf('?') + 1) : undefined;
  return {
    status: response.status,
    query: query === undefined || isRaw ? query : without(query),
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
    const [envoy, own] = [JSON.stringify(seen(exchange, all[i].isRaw)), JSON.stringify(predicted(verdict, all[i]))];
    if (envoy === own) return [];
    return [`${JSON.stringify(all[i].request)}\n  Envoy: ${envoy}\n  predicted: ${own}\n  ${verdict.steps().map(({ text }) => text).join('\n  ')}`];
  });
}

function atGateway(manifests: readonly Manifest[]): AccessCheck {
  return policiesOf(manifests).atGateway(new ClusterObject(manifests[0], { file: 'policies.yaml' }));
}

function policiesOf(manifests: readonly Manifest[]): AccessPolicies {
  return new AccessPolicies(new Cluster(manifests.map((manifest) => new ClusterObject(manifest, { file: 'policies.yaml' }))));
}

/** The answers that occurred, and what was predicted wrongly. */
class Comparison {
  public readonly wrong: string[] = [];
  private readonly statuses = new Map<unknown, number>();

  /** Compares the answers for one set of policies. */
  public async add(world: World, check: AccessCheck, policies: readonly Manifest[], all: readonly Sent[]): Promise<void> {
    expect(await world.rejected()).toEqual([]);
    const differences = await compare(world, check, all);
    if (differences.length > 0) this.wrong.push(`${describe(policies)}\n${differences.slice(0, 3).join('\n')}`);
    for (const { normal } of all) {
      const status = check.check(normal).responder?.status;
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    }
    count('random policies', policies.length);
  }

  /** Expects that all predictions were right, and that all kinds of answers occurred. */
  public judge(sets: number): void {
    expect(this.wrong.slice(0, 3).join('\n\n')).toBe('');
    for (const status of [undefined, 401, 403]) expect(this.statuses.get(status) ?? 0).toBeGreaterThan(sets * REQUESTS / 30);
  }
}

function describe(policies: readonly Manifest[]): string {
  const shown = policies.map(({ kind, metadata, spec }) => ({ kind, ...metadata, ...spec }));
  return JSON.stringify(shown, (key, value: unknown) => (key === 'jwks' ? undefined : value));
}

const INGRESS: Pods = { namespace: 'istio-system', labels: { istio: 'ingressgateway' } };

test('policies at a gateway decide as Envoy does', async () => {
  const comparison = new Comparison();
  for (const [i, { policies }] of policySets(SEED, SETS, INGRESS).entries()) {
    const manifests = [GATEWAY, ROUTES, ...policies];
    const world = await startWorld(manifests);
    try {
      const all = policyRequests(SEED * 1_000 + i, REQUESTS).map((request) => sent(request, world.gatewayPort(80), {}, request.method !== 'GET'));
      await comparison.add(world, atGateway(manifests), policies, all);
    } finally {
      await world.close();
    }
  }
  comparison.judge(SETS);
}, TIMEOUT);

test('policies about certificates of callers decide as Envoy does', async () => {
  const authority = new Authority('the authority of callers');
  const identity = 'cluster.local/ns/jobs/sa/batch';
  const certificates = { none: undefined, identity: authority.sign(['batch.test'], undefined, `spiffe://${identity}`), host: authority.sign(['batch']) };
  const secrets = [tlsSecret('server', authority.sign(['x.test']), authority), authoritySecret('server-cacert', authority)];
  const server = { port: { number: 443, name: 'https', protocol: 'HTTPS' }, hosts: ['*'], tls: { mode: 'OPTIONAL_MUTUAL', credentialName: 'server' } };
  const gateway: Manifest = { ...GATEWAY, spec: { ...GATEWAY.spec, servers: [server] } };
  const sets = Math.ceil(SETS / 4);
  const comparison = new Comparison();
  for (const [i, { policies }] of policySets(SEED + 1, sets, INGRESS).entries()) {
    const manifests = [gateway, ROUTES, ...policies];
    const world = await startWorld(manifests, { secrets });
    try {
      const all = policyRequests(SEED * 2_000 + i, REQUESTS).map((request): Sent => {
        const to = { port: 443, clientCertificate: certificates[request.certificate] };
        const { rest, normal, ...others } = sent(request, world.gatewayPort(443), to);
        const certificate = { none: undefined, identity: { principal: identity }, host: {} }[request.certificate];
        const peer = { ...normal.peer, kind: 'outside' as const, serverName: request.host.split(':')[0], certificate };
        return { ...others, rest, normal: { ...normal, scheme: 'https', peer } };
      });
      await comparison.add(world, atGateway(manifests), policies, all);
    } finally {
      await world.close();
    }
  }
  comparison.judge(sets);
}, TIMEOUT);

test('policies at the sidecar of a workload decide as Envoy does', async () => {
  const pods: Pods = { namespace: 'models', labels: { app: 'iris' } };
  const workload = { name: 'iris', ...pods, labels: { ...pods.labels }, ports: [8080] };
  const sets = Math.ceil(SETS / 2);
  const comparison = new Comparison();
  for (const [i, { policies }] of policySets(SEED + 2, sets, pods).entries()) {
    const world = await startWorld([...policies], { workloads: [workload] });
    try {
      const check = policiesOf([plainCalls(pods.namespace), ...policies]).atWorkload(pods.namespace, pods.labels);
      const all = policyRequests(SEED * 3_000 + i, REQUESTS).map((request) => sent(request, 8080, { workload: workload.name, port: 8080 }));
      await comparison.add(world, check, policies, all);
    } finally {
      await world.close();
    }
  }
  comparison.judge(sets);
}, TIMEOUT);
