import { clusterOf } from './cluster';
import { AccessPolicies } from '../../src/answers/access/access-policies';
import { AccessVerdict } from '../../src/answers/access-check';
import { NormalRequest } from '../../src/answers/normal-request';
import { HeaderLine, Token } from '../../src/answers/request';
import { RequestHeaders } from '../../src/answers/request-headers';
import { ClusterKind } from '../../src/cluster/cluster-object';
import { showPath } from '../../src/cluster/json';

/** What differs from a GET of `/` at x.test over HTTP/1.1 by a client of which nothing is known. */
export type Difference = Partial<Omit<NormalRequest, 'headers'>> & { readonly lines?: readonly (readonly [name: string, value: string])[] };

/** A request as a proxy sees it. */
export function normalRequest({ lines = [], ...others }: Difference = {}): NormalRequest {
  const authority = others.authority ?? 'x.test';
  return {
    peer: { kind: 'outside' },
    port: undefined,
    http: '1.1',
    scheme: 'http',
    method: 'GET',
    authority,
    host: authority.toLowerCase().replace(/:\d+$/, ''),
    path: '/',
    query: undefined,
    token: undefined,
    ...others,
    headers: new RequestHeaders(lines.map(([name, value]): HeaderLine => ({ name, value })), others.http ?? '1.1'),
  };
}

/** A valid token of an issuer. */
export function token(claims: Token['claims'], others: Partial<Token> = {}): Token {
  return { isValid: true, claims: { iss: 'https://login.test', sub: 'alice', ...claims }, ...others };
}

const GATEWAY = `
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: gateway, namespace: istio-system }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { name: http, number: 80, protocol: HTTP }, hosts: ["*"] }]
`;

/** What the policies of a YAML text decide at a gateway that selects `istio: ingressgateway`. */
export function atGateway(yaml: string, difference?: Difference): AccessVerdict {
  const cluster = clusterOf(`${GATEWAY}---\n${yaml}`);
  return new AccessPolicies(cluster).atGateway(cluster.find(ClusterKind.GATEWAY, 'istio-system', 'gateway')!).check(normalRequest(difference));
}

/** What the policies of a YAML text decide at pods with `app: iris` in namespace models. */
export function atPods(yaml: string, difference?: Difference): AccessVerdict {
  return new AccessPolicies(clusterOf(yaml)).atWorkload('models', { app: 'iris' }).check(normalRequest(difference));
}

/** A verdict as tests read it: `passes`, `403: reason at object field`, or the cases. */
export function readable({ responder, cases }: Pick<AccessVerdict, 'responder' | 'cases'>): string | string[] {
  if (cases !== undefined) return cases.map((each) => `${each.condition}: ${String(readable({ responder: each.responder }))}`);
  if (responder === undefined) return 'passes';
  const { status, kind, reason, place } = responder;
  return `${status ?? kind}: ${reason}${place === undefined ? '' : ` at ${place.object} ${showPath(place.field)}`}`;
}

/** An AuthorizationPolicy for the pods of the gateway. */
export function gatewayPolicy(spec: string, name = 'policy'): string {
  return policyAt('istio-system', '{ istio: ingressgateway }', spec, name);
}

/** An AuthorizationPolicy for pods with `app: iris` in namespace models. */
export function podPolicy(spec: string, name = 'policy'): string {
  return policyAt('models', '{ app: iris }', spec, name);
}

function policyAt(namespace: string, labels: string, spec: string, name: string): string {
  return `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: ${labels} }
${spec.split('\n').map((line) => `  ${line}`).join('\n')}
---`;
}

/** A RequestAuthentication for the pods of the gateway. */
export function login(rule: string): string {
  return `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: login, namespace: istio-system }
spec:
  selector: { matchLabels: { istio: ingressgateway } }
  jwtRules:
${rule.split('\n').map((line) => `    ${line}`).join('\n')}
---`;
}
