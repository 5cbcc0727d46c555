import { policyExample } from '../../../src/rules/access/access-example';
import { rejectedAuthorizationPolicy } from '../../../src/rules/access/rejected-authorization-policy';
import { rejectedPeerAuthentication } from '../../../src/rules/access/rejected-peer-authentication';
import { rejectedRequestAuthentication } from '../../../src/rules/access/rejected-request-authentication';
import { Rule } from '../../../src/rules/rule';
import { problemsOf } from '../../support/cluster';

// As `istioctl validate` and the API server decide.

const object = (kind: string, spec: string, metadata = '') => `apiVersion: security.istio.io/v1\nkind: ${kind}\nmetadata: { name: a, namespace: b${metadata} }\nspec: ${spec}\n`;
const found = (rule: Rule, yaml: string) => problemsOf(rule, yaml).map(({ at, problem, remedy }) => `${at.replace(/^error at \w+ b\/a /, '')}: ${problem}. ${remedy}`);

describe('AuthorizationPolicy', () => {
  const ofPolicy = (spec: string, metadata?: string) => found(rejectedAuthorizationPolicy, object('AuthorizationPolicy', spec, metadata));
  const EMPTY = 'has no rules, so it would match no request. add rules, or rules: [{}] for all requests';
  const CUSTOM = 'is not supported with action CUSTOM. leave this check to the provider, since Istio calls it before it authenticates the caller';
  const custom = (rule: string) => `{ action: CUSTOM, provider: { name: a }, rules: [${rule}] }`;

  test.each<[string, string]>([
    ['{ rules: [{ to: [{ operation: { notPorts: ["80x"] } }] }] }',
      'spec.rules[0].to[0].operation.notPorts[0]: "80x" is not a valid port. expected the number of a port of the pods, such as "8080"'],
    ['{ action: deny, rules: [{}] }', 'spec.action: "deny" is not an action. expected "DENY"'],
    ['{ action: REFUSE, rules: [{}] }', 'spec.action: "REFUSE" is not an action. expected one of ALLOW, DENY, AUDIT, CUSTOM'],
    ['{ action: DENY }', `spec: a policy with action DENY ${EMPTY}`],
    ['{ action: DENY, rules: [] }', `spec: a policy with action DENY ${EMPTY}`],
    ['{ action: CUSTOM, provider: { name: a } }', `spec: a policy with action CUSTOM ${EMPTY}`],
    ['{ action: CUSTOM, rules: [{}] }', 'spec: a policy with action CUSTOM has no provider. set provider.name to an extension provider of the mesh'],
    ['{ provider: { name: a }, rules: [{}] }', 'spec.provider: a policy with action "ALLOW" has a provider. set action: CUSTOM, or remove the provider'],
    ['{ rules: [{ from: [{}] }] }', 'spec.rules[0].from[0].source: the source is empty. set a field of the source, or remove the item'],
    ['{ rules: [{ from: [{ source: { principals: [] } }] }] }', 'spec.rules[0].from[0].source: the source is empty. set a field of the source, or remove the item'],
    ['{ rules: [{ to: [{ operation: {} }] }] }', 'spec.rules[0].to[0].operation: the operation is empty. set a field of the operation, or remove the item'],
    ['{ rules: [{ to: [{ operation: { paths: [""] } }] }] }', 'spec.rules[0].to[0].operation.paths[0]: paths has an empty string. remove it'],
    ['{ rules: [{ to: [{ operation: { ports: [80] } }] }] }', 'spec.rules[0].to[0].operation.ports[0]: 80 in ports is not a string. write it in quotes, as "80"'],
    ['{ rules: [{ to: [{ operation: { ports: [http] } }] }] }',
      'spec.rules[0].to[0].operation.ports[0]: "http" is not a valid port. expected the number of a port of the pods, such as "8080"'],
    ['{ rules: [{ to: [{ operation: { paths: ["/a/{x}"] } }] }] }', 'spec.rules[0].to[0].operation.paths[0]: "/a/{x}" is not a path that Istio accepts, '
      + 'since "{x}" is neither a literal nor one of the templates "{*}" and "{**}". use "{*}" for one whole segment, and "{**}" once, as the last template'],
    ['{ rules: [{ to: [{ operation: { notPaths: ["/{**}/{*}"] } }] }] }', 'spec.rules[0].to[0].operation.notPaths[0]: "/{**}/{*}" is not a path that Istio accepts, '
      + 'since "{**}" must be the last template. use "{*}" for one whole segment, and "{**}" once, as the last template'],
    ['{ rules: [{ to: [{ operation: { paths: ["/a//{*}"] } }] }] }', 'spec.rules[0].to[0].operation.paths[0]: "/a//{*}" is not a path that Istio accepts, '
      + 'since it has an empty segment. use "{*}" for one whole segment, and "{**}" once, as the last template'],
    ['{ rules: [{ to: [{ operation: { paths: ["/a b/{*}"] } }] }] }', 'spec.rules[0].to[0].operation.paths[0]: "/a b/{*}" is not a path that Istio accepts, '
      + 'since "a b" has characters that a path with templates cannot have. use "{*}" for one whole segment, and "{**}" once, as the last template'],
    ['{ rules: [{ from: [{ source: { ipBlocks: [10.0.0.0/33] } }] }] }',
      'spec.rules[0].from[0].source.ipBlocks[0]: "10.0.0.0/33" is not a valid address. expected an address such as "10.1.2.3", or a range such as "10.0.0.0/8"'],
    ['{ rules: [{ from: [{ source: { serviceAccounts: ["a/*"] } }] }] }', 'spec.rules[0].from[0].source.serviceAccounts[0]: "a/*" is not a valid service account. '
      + 'expected "<service account>" or "<namespace>/<service account>", without "*"'],
    ['{ rules: [{ from: [{ source: { serviceAccounts: [a], notNamespaces: [b] } }] }] }', 'spec.rules[0].from[0].source: the source has both serviceAccounts and '
      + 'notNamespaces. set only one of them, since a service account already has a namespace'],
    ['{ rules: [{ from: [{ source: { trustDomains: ["a*b"] } }] }] }', 'spec.rules[0].from[0].source.trustDomains[0]: "a*b" is not a valid trust domain. '
      + 'expected a trust domain such as "cluster.local", with "*" at most at its start or end'],
    ['{ rules: [{ when: [{ values: [a] }] }] }', 'spec.rules[0].when[0]: the condition has no key. expected one of request.headers[<name>], request.auth.claims[<name>], '
      + 'source.ip, remote.ip, source.namespace, source.principal, source.serviceAccount, source.trustDomain, request.auth.principal, request.auth.audiences, '
      + 'request.auth.presenter, destination.ip, destination.port, connection.sni'],
    ['{ rules: [{ when: [{ key: source.ip }] }] }', 'spec.rules[0].when[0]: the condition on "source.ip" has neither values nor notValues. set one of them'],
    ['{ rules: [{ when: [{ key: source.ipp, values: [a] }] }] }', 'spec.rules[0].when[0].key: there is no attribute "source.ipp". write "source.ip"'],
    ['{ rules: [{ when: [{ key: "request.header[a]", values: [a] }] }] }', 'spec.rules[0].when[0].key: there is no attribute "request.header[a]". write "request.headers[a]"'],
    ['{ rules: [{ when: [{ key: "Request.Headers[a]", values: [a] }] }] }', 'spec.rules[0].when[0].key: there is no attribute "Request.Headers[a]". write "request.headers[a]"'],
    ['{ rules: [{ when: [{ key: request.auth.claims.realm.roles, values: [a] }] }] }',
      'spec.rules[0].when[0].key: there is no attribute "request.auth.claims.realm.roles". write "request.auth.claims[realm][roles]"'],
    ['{ rules: [{ when: [{ key: request.headers, values: [a] }] }] }',
      'spec.rules[0].when[0].key: the key "request.headers" does not have the form request.headers[<name>]. write the name of one header in brackets'],
    ['{ rules: [{ when: [{ key: destination.namespace, values: [a] }] }] }',
      'spec.rules[0].when[0].key: Istio no longer has the attribute "destination.namespace". set the namespace of the policy instead'],
    ['{ rules: [{ when: [{ key: "request.headers[a]", values: [""] }] }] }',
      'spec.rules[0].when[0].values[0]: values has an empty string. set a value, or "*" for any value that is not empty'],
    ['{ rules: [{ when: [{ key: "request.headers[a]", notValues: [1] }] }] }', 'spec.rules[0].when[0].notValues[0]: 1 in notValues is not a string. write it in quotes, as "1"'],
    ['{ rules: [{ when: [{ key: remote.ip, values: [a] }] }] }',
      'spec.rules[0].when[0].values[0]: "a" is not a valid address. expected an address such as "10.1.2.3", or a range such as "10.0.0.0/8"'],
    ['{ rules: [{ when: [{ key: destination.port, values: ["70000"] }] }] }',
      'spec.rules[0].when[0].values[0]: "70000" is not a valid port. expected the number of a port of the pods, such as "8080"'],
    [custom('{ from: [{ source: { notNamespaces: [a] } }] }'), `spec.rules[0].from[0].source.notNamespaces: notNamespaces ${CUSTOM}`],
    [custom('{ when: [{ key: "request.auth.claims[a]", values: [b] }] }'), `spec.rules[0].when[0].key: "request.auth.claims[a]" ${CUSTOM}`],
    ['{ selector: { matchLabels: { app: "a*" } }, rules: [{}] }', 'spec.selector.matchLabels.app: the selector has a wildcard in "app=a*". write the label in full'],
    ['{ selector: { matchLabels: { app: a } }, targetRefs: [{ kind: Service, name: a }], rules: [{}] }',
      'spec.targetRefs: the policy has both selector and targetRefs. leave one of them out'],
    ['{ targetRefs: [{ group: apps, kind: Deployment, name: a }], rules: [{}] }', 'spec.targetRefs[0]: policies cannot refer to kind "Deployment" of group "apps". '
      + 'refer to a Service, a ServiceEntry or a Gateway of the Gateway API, or select pods by their labels'],
    ['{ targetRefs: [{ group: networking.istio.io, kind: Gateway, name: a }], rules: [{}] }', 'spec.targetRefs[0]: policies cannot refer to kind "Gateway" of group '
      + '"networking.istio.io". select the pods of the gateway by their labels instead, as the selector of the Gateway does'],
    ['{ targetRefs: [{ kind: Gateway, name: a }], rules: [{}] }', 'spec.targetRefs[0]: policies cannot refer to kind "Gateway" of group "". '
      + 'set group: gateway.networking.k8s.io, or select the pods of a Gateway of Istio by their labels'],
    ['{ targetRef: { kind: Service, name: a, namespace: c }, rules: [{}] }',
      'spec.targetRef.namespace: the reference has a namespace. leave it out, and create the policy in the namespace of the object'],
    ['{ targetRefs: [{ kind: Service }], rules: [{}] }', 'spec.targetRefs[0]: the reference has no name. set the name of the object'],
  ])('%s', (spec, problem) => {
    expect(ofPolicy(spec)).toEqual([problem]);
  });

  test('dry runs', () => {
    const dryRun = (value: string) => `, annotations: { istio.io/dry-run: "${value}" }`;
    expect(ofPolicy('{ action: AUDIT, rules: [{}] }', dryRun('true'))).toEqual(['metadata.annotations.istio.io/dry-run: the annotation istio.io/dry-run is set together '
      + 'with action AUDIT. remove the annotation, which Istio supports for ALLOW and DENY only']);
    expect(ofPolicy('{ rules: [{}] }', dryRun('yes'))).toEqual(['metadata.annotations.istio.io/dry-run: the annotation istio.io/dry-run is "yes". expected "true" or "false"']);
    expect(ofPolicy('{ rules: [{}] }', dryRun('false'))).toEqual([]);
  });

  test.each([
    '{}', '{ rules: [{}] }', '{ rules: [{ from: [], to: [], when: [] }] }', '{ action: ALLOW, rules: [] }', '{ selector: {}, rules: [{}] }',
    '{ rules: [{ to: [{ operation: { ports: ["0"], hosts: [A.B], methods: [get], paths: [a, "/{*}/", "/a/{**}"] } }] }] }',
    '{ rules: [{ from: [{ source: { ipBlocks: [10.0.0.1/24, "::1"], trustDomains: ["*"], serviceAccounts: [a, b/c] } }] }] }',
    '{ rules: [{ when: [{ key: source.trustDomain, values: [a] }, { key: "request.auth.claims[a][b]", notValues: [c] }, { key: connection.sni, values: [d] }] }] }',
    '{ rules: [{ when: [{ key: "experimental.envoy.filters.network.mysql_proxy[db.table]", values: ["[a]"] }] }] }',
    '{ targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: a }, { kind: Service, name: b }], rules: [{}] }',
    custom('{ to: [{ operation: { paths: [/a] } }], from: [{ source: { remoteIpBlocks: [10.0.0.0/8] } }], when: [{ key: "request.headers[a]", values: [b] }] }'),
  ])('accepts %s', (spec) => {
    expect(ofPolicy(spec)).toEqual([]);
  });

  test('more than 16 service accounts', () => {
    const accounts = `[${Array.from({ length: 17 }, (_, i) => `a${i}`).join(', ')}]`;
    expect(ofPolicy(`{ rules: [{ from: [{ source: { serviceAccounts: ${accounts} } }] }] }`)).toEqual(['spec.rules[0].from[0].source.serviceAccounts: '
      + 'serviceAccounts has 17 entries. Istio accepts at most 16']);
    expect(ofPolicy(`{ rules: [{ when: [{ key: source.serviceAccount, values: ${accounts} }] }] }`)).toEqual(['spec.rules[0].when[0].values: values has 17 entries. Istio accepts at most 16']);
  });

  test('all fields of a source and an operation', () => {
    expect(problemsOf(rejectedAuthorizationPolicy, policyExample(`  rules:
    - from: [{ source: { notRequestPrincipals: ["*"] } }, { source: { notRemoteIpBlocks: ["::/0"] } }]
      to: [{ operation: { notPorts: ["15021"] } }, { operation: { notHosts: [a] } }]`))).toEqual([]);
  });
});

describe('RequestAuthentication', () => {
  const ofRule = (rule: string) => found(rejectedRequestAuthentication, object('RequestAuthentication', `{ jwtRules: [${rule}] }`));

  test.each<[string, string]>([
    ['{}', 'spec.jwtRules[0]: the rule has neither issuer nor jwksUri. set the issuer of the tokens'],
    ['{ issuer: a, jwksUri: "ftp://a" }', 'spec.jwtRules[0].jwksUri: "ftp://a" does not start with "https://" or "http://". write the full address of the keys'],
    ['{ issuer: a, jwks: "{" }', 'spec.jwtRules[0].jwks: jwks is not JSON. expected a set of keys, as in {"keys": [...]}, or set jwksUri to its address'],
    ['{ issuer: a, audiences: [""] }', 'spec.jwtRules[0].audiences[0]: audiences has an empty string. remove it'],
    ['{ issuer: a, fromCookies: [""] }', 'spec.jwtRules[0].fromCookies[0]: fromCookies has an empty string. remove it'],
    ['{ issuer: a, fromHeaders: [{ prefix: b }] }', 'spec.jwtRules[0].fromHeaders[0]: a header of fromHeaders has no name. set its name'],
    ['{ issuer: a, outputClaimToHeaders: [{ header: x-a }] }',
      'spec.jwtRules[0].outputClaimToHeaders[0]: an entry of outputClaimToHeaders has no header or no claim. set both'],
    ['{ issuer: a, outputClaimToHeaders: [{ claim: b, header: "x a" }] }',
      'spec.jwtRules[0].outputClaimToHeaders[0].header: "x a" is not a valid header name. use letters, digits, "-" and "_"'],
  ])('%s', (rule, problem) => {
    expect(ofRule(rule)).toEqual([problem]);
  });

  test.each(['{ issuer: a }', '{ jwksUri: "https://a/b" }', '{ issuer: a, jwks: "{\\"keys\\":[]}", fromParams: [b] }'])('accepts %s', (rule) => {
    expect(ofRule(rule)).toEqual([]);
  });
});

describe('PeerAuthentication', () => {
  const ofPeer = (spec: string) => found(rejectedPeerAuthentication, object('PeerAuthentication', spec));

  test.each<[string, string]>([
    ['{ mtls: { mode: strict } }', 'spec.mtls.mode: "strict" is not a mode of mutual TLS. expected "STRICT"'],
    ['{ portLevelMtls: { 80: { mode: DISABLE } } }', 'spec.portLevelMtls: portLevelMtls is set for all pods of the namespace. '
      + 'set a selector, since Istio accepts modes of single ports only with one'],
    ['{ selector: { matchLabels: { a: b } }, portLevelMtls: {} }', 'spec.portLevelMtls: portLevelMtls is empty. add a port, or remove it'],
    ...['0', '65536', '80x', 'x80'].map((port): [string, string] => [`{ selector: { matchLabels: { a: b } }, portLevelMtls: { ${port}: { mode: STRICT } } }`,
      `spec.portLevelMtls.${port}: "${port}" is not a valid port. expected a port of the pods, from 1 to 65535`]),
    ['{ selector: { matchLabels: { a: b } }, portLevelMtls: { 80: { mode: OFF } } }', 'spec.portLevelMtls.80.mode: "OFF" is not a mode of mutual TLS. expected "STRICT"'],
  ])('%s', (spec, problem) => {
    expect(ofPeer(spec)).toEqual([problem]);
  });

  test.each(['{}', '{ mtls: {} }', '{ mtls: { mode: PERMISSIVE } }', '{ selector: { matchLabels: { a: b } }, portLevelMtls: { 1: { mode: DISABLE }, 65535: { mode: null } } }'])('accepts %s', (spec) => {
    expect(ofPeer(spec)).toEqual([]);
  });
});
