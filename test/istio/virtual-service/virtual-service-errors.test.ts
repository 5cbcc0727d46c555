import { App, Chart, Duration } from 'cdk8s';
import { HttpMatch, HttpRoute, UnmatchedPreflights } from '../../../src/istio/virtual-service/http-route';
import { TcpMatch, TlsMatch } from '../../../src/istio/virtual-service/tls-tcp-route';
import { VirtualService, VirtualServiceProps } from '../../../src/istio/virtual-service/virtual-service';
import { Mesh } from '../../../src/mesh/mesh';
import { IGateway } from '../../../src/plan/gateway-ref';
import { StringMatch } from '../../../src/plan/string-match';
import { messageOf } from '../../support/errors';

const GATEWAY: IGateway = { gatewayName: 'public', gatewayNamespace: 'istio-system' };
const IRIS = { host: 'iris.seldon.svc.cluster.local', port: 80 };
const WINE = { host: 'wine.seldon.svc.cluster.local', port: 80 };
const TO_IRIS: HttpRoute = { route: [{ destination: IRIS }] };

function errorOf(props: VirtualServiceProps, istioVersion?: string): string {
  const chart = new Chart(new App(), 'chart', { namespace: 'seldon' });
  if (istioVersion !== undefined) Mesh.configure(chart, { istioVersion });
  return messageOf(() => new VirtualService(chart, 'routes', props));
}

function errorOfRule(rule: HttpRoute, istioVersion?: string): string {
  return errorOf({ hosts: ['models.example.com'], gateways: [GATEWAY], http: [rule] }, istioVersion);
}

function errorOfRules(...http: HttpRoute[]): string {
  return errorOf({ hosts: ['models.example.com'], gateways: [GATEWAY], http });
}

function errorOfMatch(match: HttpMatch): string {
  return errorOfRule({ ...TO_IRIS, match: [match] });
}

function errorOfTls(match: TlsMatch): string {
  return errorOf({ hosts: ['*.example.com', 'other'], tls: [{ match: [match], route: [{ destination: IRIS }] }] });
}

function errorOfTcp(match: TcpMatch): string {
  return errorOf({ hosts: ['tcp'], tcp: [{ match: [match], route: [{ destination: IRIS }] }] });
}

describe('fails for the whole object', () => {
  test.each<[string, VirtualServiceProps, string]>([
    ['without rules', { hosts: ['iris'], http: [] }, 'a VirtualService without rules. Set http, tls or tcp'],
    ['with gateways and without hosts', { hosts: [], gateways: [GATEWAY], http: [TO_IRIS] },
      'a VirtualService with gateways and without hosts. A VirtualService without hosts can only contain http rules to which others delegate. Set hosts, or leave everything else out'],
    ['with mesh and without hosts', { hosts: [], mesh: true, http: [TO_IRIS] },
      'a VirtualService with mesh and without hosts. A VirtualService without hosts can only contain http rules to which others delegate. Set hosts, or leave everything else out'],
    ['with TLS rules and without hosts', { hosts: [], tls: [{ match: [{ sniHosts: ['a'] }], route: [{ destination: IRIS }] }] },
      'a VirtualService with tls rules and without hosts. A VirtualService without hosts can only contain http rules to which others delegate. Set hosts, or leave everything else out'],
    ['with TCP rules and without hosts', { hosts: [], tcp: [{ route: [{ destination: IRIS }] }] },
      'a VirtualService with tcp rules and without hosts. A VirtualService without hosts can only contain http rules to which others delegate. Set hosts, or leave everything else out'],
    ['neither on the mesh nor on a gateway', { hosts: ['iris'], mesh: false, http: [TO_IRIS] },
      'mesh is false and there are no gateways. Istio would apply such a VirtualService to callers inside the mesh. Set gateways, or leave mesh out'],
    ['on all hosts of the mesh', { hosts: ['*'], http: [TO_IRIS] },
      'host "*" for callers inside the mesh. List hosts, or set gateways and leave mesh out'],
    ['on all hosts, for the mesh and a gateway', { hosts: ['*'], gateways: [GATEWAY], mesh: true, http: [TO_IRIS] },
      'host "*" for callers inside the mesh. List hosts, or set gateways and leave mesh out'],
    ['with an IPv6 address behind a gateway', { hosts: ['iris', '2001:db8::1'], gateways: [GATEWAY], http: [TO_IRIS] },
      'host "2001:db8::1" behind a gateway. Clients send an IPv6 address in brackets, so no request would match. Use a DNS name, or "*" for all hosts'],
    ['with a host twice', { hosts: ['a', 'b', 'a'], http: [TO_IRIS] },
      'hosts "a" and "a" overlap. Keep the wider one, or create one VirtualService for each'],
    ['with a wildcard that covers a host', { hosts: ['a.example.com', '*.example.com'], http: [TO_IRIS] },
      'hosts "a.example.com" and "*.example.com" overlap. Keep the wider one, or create one VirtualService for each'],
    ['with a host that a wildcard covers', { hosts: ['*.example.com', 'a.example.com'], http: [TO_IRIS] },
      'hosts "*.example.com" and "a.example.com" overlap. Keep the wider one, or create one VirtualService for each'],
    ['with two wildcards', { hosts: ['*.example.com', '*.a.example.com'], http: [TO_IRIS] },
      'hosts "*.example.com" and "*.a.example.com" overlap. Keep the wider one, or create one VirtualService for each'],
    ['with a wider wildcard at last', { hosts: ['*.a.example.com', '*.example.com'], http: [TO_IRIS] },
      'hosts "*.a.example.com" and "*.example.com" overlap. Keep the wider one, or create one VirtualService for each'],
    ['with a gateway without a namespace', { hosts: ['*'], gateways: [{ gatewayName: 'public' }], http: [TO_IRIS] },
      'gateway "public" has no namespace, and the route is in "seldon". A bare name refers to the namespace of the route. Set the namespace of the gateway'],
    ['with a gateway name that cannot be written', { hosts: ['*'], gateways: [{ gatewayName: 'a.b', gatewayNamespace: 'c' }], http: [TO_IRIS] },
      'gateway with name "a.b". Expected at most 63 letters, digits and hyphens, with no hyphen at the ends'],
    ['with a gateway namespace that cannot be written', { hosts: ['*'], gateways: [{ gatewayName: 'a', gatewayNamespace: '' }], http: [TO_IRIS] },
      'gateway with namespace "". Expected at most 63 letters, digits and hyphens, with no hyphen at the ends'],
    ['with a bare gateway name that cannot be written', { hosts: ['*'], gateways: [{ gatewayName: 'a b' }], http: [TO_IRIS] },
      'gateway with name "a b". Expected the name of a Gateway'],
    ['with exportTo no namespace', { hosts: ['iris'], http: [TO_IRIS], exportTo: ['~'] },
      'exportTo "~". Istio accepts it only for a ServiceEntry. Set names of namespaces, "." for this one or "*" for all'],
    ['with exportTo something that is no namespace', { hosts: ['iris'], http: [TO_IRIS], exportTo: ['a.b'] },
      'exportTo "a.b". Expected the name of a namespace, "." for this one or "*" for all'],
    ['with exportTo a namespace twice', { hosts: ['iris'], http: [TO_IRIS], exportTo: ['a', 'a'] },
      'exportTo "a" twice. List each namespace once'],
    ['with exportTo the own namespace under two names', { hosts: ['iris'], http: [TO_IRIS], exportTo: ['seldon', '.'] },
      'exportTo "." twice. List each namespace once. Here "." is "seldon"'],
    ['with exportTo all and some', { hosts: ['iris'], http: [TO_IRIS], exportTo: ['*', 'a'] },
      'exportTo "*" together with "a". "*" covers all namespaces. List it alone'],
  ])('fails %s', (_name, props, message) => {
    expect(errorOf(props)).toEqual(`${message} (at chart/routes)`);
  });

  test.each(['', 'a b', 'http://a.com', 'a.com:80', 'a.com/x', 'a.*.com', '**.com', '-a.com', 'a..com', 'a.123', '300.1.1.1', `${'a'.repeat(64)}.com`,
    'outbound_.80_._.iris'])('fails for host %j', (host) => {
    expect(errorOf({ hosts: [host], gateways: [GATEWAY], http: [TO_IRIS] })).toEqual(
      `host "${host}". Expected a DNS name such as "models.example.com", "*.example.com" or "*", without scheme, port or path (at chart/routes)`);
  });

  test('fails for a host of more than 255 characters', () => {
    const host = `${'a.'.repeat(127)}aa`;

    expect(errorOf({ hosts: [host], http: [TO_IRIS] })).toEqual(
      `host "${host}". Expected a DNS name such as "models.example.com", "*.example.com" or "*", without scheme, port or path (at chart/routes)`);
  });
});

describe('fails for matches', () => {
  test.each<[string, HttpMatch, string]>([
    ['a port of 0', { port: 0 }, 'http[0].match[0].port 0. Expected a whole number from 1 to 65535'],
    ['an invalid label', { sourceLabels: { 'a b': 'c' } },
      'label "a b" of http[0].match[0].sourceLabels. Expected at most 63 letters, digits, "-", "_" and ".", after an optional DNS name and a slash'],
    ['a label with a bad prefix', { sourceLabels: { 'a_b/c': 'd' } },
      'label "a_b/c" of http[0].match[0].sourceLabels. Expected at most 63 letters, digits, "-", "_" and ".", after an optional DNS name and a slash'],
    ['a label that is too long', { sourceLabels: { ['a'.repeat(64)]: 'd' } }, `label "${'a'.repeat(64)}" of http[0].match[0].sourceLabels. `
      + 'Expected at most 63 letters, digits, "-", "_" and ".", after an optional DNS name and a slash'],
    ['an invalid label value', { sourceLabels: { app: '-c' } },
      'value "-c" of label app of http[0].match[0].sourceLabels. Expected letters, digits, "-", "_" and ".", starting and ending with a letter or digit'],
    ['an invalid namespace', { sourceNamespace: 'a.b' },
      'http[0].match[0].sourceNamespace "a.b". Expected at most 63 letters, digits and hyphens, with no hyphen at the ends'],
    ['a gateway that cannot be written', { gateways: [{ gatewayName: 'a_b', gatewayNamespace: 'c' }] },
      'http[0].match[0].gateways with name "a_b". Expected at most 63 letters, digits and hyphens, with no hyphen at the ends'],
    ['a header in capitals, which never matches', { headers: { 'Seldon-Model': StringMatch.exact('iris') } },
      'header name "Seldon-Model". Expected a header name in lower case, as in HTTP/2 and Envoy'],
    ['an invalid header', { withoutHeaders: { '': StringMatch.exact('iris') } },
      'header name "". Expected a header name in lower case, as in HTTP/2 and Envoy'],
  ])('fails for %s', (_name, match, message) => {
    expect(errorOfMatch(match)).toEqual(`${message} (at chart/routes)`);
  });

  test.each([[undefined, undefined], [[GATEWAY], true]])('fails for a JWT claim inside the mesh', (gateways, mesh) => {
    const match = [{ headers: { '@request.auth.claims.group': StringMatch.exact('dev') } }];

    expect(errorOf({ hosts: ['iris'], gateways, mesh, http: [{ ...TO_IRIS, match }] })).toEqual(
      'http[0].match[0].headers "@request.auth.claims.group" for callers inside the mesh. '
      + 'Claims of a JWT can be matched only on gateways. Set gateways, and leave mesh out (at chart/routes)');
  });

  test('fails for a JWT claim that must not be there inside the mesh', () => {
    const match = [{ withoutHeaders: { '@request.auth.claims[group]': StringMatch.exact('dev') } }];

    expect(errorOf({ hosts: ['iris'], http: [{ ...TO_IRIS, match }] })).toEqual(
      'http[0].match[0].withoutHeaders "@request.auth.claims[group]" for callers inside the mesh. '
      + 'Claims of a JWT can be matched only on gateways. Set gateways, and leave mesh out (at chart/routes)');
  });
});

describe('fails for rules that no request reaches', () => {
  const uri = StringMatch.prefix('/v2/');

  test('fails for a rule after one without conditions', () => {
    expect(errorOfRules({ ...TO_IRIS, name: 'rest' }, { ...TO_IRIS, match: [{ uri }] })).toEqual(
      'http[1] comes after http[0] "rest", which matches every request. Put the rule without conditions last (at chart/routes)');
  });

  test('fails for a rule after one with an empty list of matches', () => {
    expect(errorOfRules({ ...TO_IRIS, match: [] }, TO_IRIS)).toEqual(
      'http[1] comes after http[0], which matches every request. Put the rule without conditions last (at chart/routes)');
  });

  test.each<[string, HttpMatch]>([
    ['no condition', { name: 'all', headers: {}, gateways: [] }],
    ['every path', { uri: StringMatch.prefix('/'), statPrefix: 'all' }],
  ])('fails for a rule after a match on %s', (_name, match) => {
    expect(errorOfRules({ ...TO_IRIS, match: [{ uri }, match] }, { ...TO_IRIS, match: [{ port: 80 }] })).toEqual(
      'http[1] comes after http[0], which matches every request. Put the rule without conditions last (at chart/routes)');
  });

  test('fails for a match that an earlier rule has', () => {
    const a: HttpMatch = { name: 'a', uri, headers: { x: StringMatch.exact('1'), y: StringMatch.prefix('2') } };
    const b: HttpMatch = { name: 'b', headers: { y: StringMatch.prefix('2'), x: StringMatch.exact('1') }, uri };

    expect(errorOfRules({ ...TO_IRIS, name: 'one', match: [{ port: 80 }, a] }, { ...TO_IRIS, name: 'two', match: [b] })).toEqual(
      'match[0] of http[1] "two" equals match[1] of http[0] "one". The first one gets all its requests. Change or remove one of them (at chart/routes)');
  });

  test('fails for a match that equals an earlier one', () => {
    expect(errorOfRules({ ...TO_IRIS, match: [{ uri }, { uri }] })).toEqual(
      'match[1] of http[0] equals match[0] of http[0]. The first one gets all its requests. Change or remove one of them (at chart/routes)');
  });

  test('fails for a match that equals one of many', () => {
    const match = Array.from({ length: 9 }, (_, i) => ({ uri: StringMatch.exact(`/${i}`) }));
    expect(errorOfRules({ ...TO_IRIS, match: [...match, match[0]] })).toEqual(
      'match[9] of http[0] equals match[0] of http[0]. The first one gets all its requests. Change or remove one of them (at chart/routes)');
  });

  test('accepts one path in matches of different kinds', () => {
    const chart = new Chart(new App(), 'chart', { namespace: 'seldon' });
    const http = [{ ...TO_IRIS, match: [{ uri }, { uri: StringMatch.exact('/v2/') }] }];
    expect(() => new VirtualService(chart, 'routes', { hosts: ['models.example.com'], gateways: [GATEWAY], http })).not.toThrow();
  });

  test('fails for a delegate behind the same match', () => {
    expect(errorOfRules({ ...TO_IRIS, match: [{ uri }] }, { delegate: { name: 'team' }, match: [{ uri }] })).toEqual(
      'match[0] of http[1] equals match[0] of http[0]. The first one gets all its requests. Change or remove one of them (at chart/routes)');
  });
});

describe('fails for actions', () => {
  test.each<[string, HttpRoute, string]>([
    ['none', { route: [] }, 'http[0] has no action. Set route, redirect, directResponse or delegate'],
    ['a redirect with a route', { ...TO_IRIS, redirect: { uri: '/' } },
      'http[0] has redirect and route. Istio accepts only one of the two. Split the rule, or leave one of them out'],
    ['a redirect with a direct response', { redirect: { uri: '/' }, directResponse: { status: 200 } },
      'http[0] has redirect and directResponse. Istio accepts only one of the two. Split the rule, or leave one of them out'],
    ['a redirect with a rewrite', { redirect: { uri: '/' }, rewrite: { uri: '/' } },
      'http[0] has redirect and rewrite. Istio accepts only one of the two. Split the rule, or leave one of them out'],
    ['a redirect with a delay', { redirect: { uri: '/' }, delay: { percent: 1, delay: Duration.seconds(1) } },
      'http[0] has redirect and delay. Istio accepts only one of the two. Split the rule, or leave one of them out'],
    ['a redirect with an abort', { redirect: { uri: '/' }, abort: { percent: 1, httpStatus: 500 } },
      'http[0] has redirect and abort. Istio accepts only one of the two. Split the rule, or leave one of them out'],
    ['a direct response with a route', { ...TO_IRIS, directResponse: { status: 200 } },
      'http[0] has directResponse and route. Istio accepts only one of the two. Split the rule, or leave one of them out'],
    ['a direct response with a rewrite', { directResponse: { status: 200 }, rewrite: { uri: '/' } },
      'http[0] has directResponse and rewrite. Istio accepts only one of the two. Split the rule, or leave one of them out'],
    ['a direct response with a fault', { directResponse: { status: 200 }, abort: { percent: 1, httpStatus: 500 } },
      'http[0] has directResponse and abort. Istio accepts only one of the two. Split the rule, or leave one of them out'],
    ['a delegate with a route', { ...TO_IRIS, delegate: { name: 'team' } },
      'http[0] has delegate and route. Istio accepts only one of the two. Split the rule, or leave one of them out'],
    ['a delegate with a redirect', { redirect: { uri: '/' }, delegate: { name: 'team' } },
      'http[0] has delegate and redirect. Istio accepts only one of the two. Split the rule, or leave one of them out'],
    ['a delegate that is no name', { delegate: { name: 'a b' } },
      'http[0].delegate.name "a b". Expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit'],
    ['a delegate in no namespace', { delegate: { name: 'a', namespace: 'b.c' } },
      'http[0].delegate.namespace "b.c". Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends'],
    ['a redirect without changes', { redirect: { uri: '', redirectCode: 302 } },
      'http[0].redirect changes nothing. Set uri, prefixRewrite, authority, scheme, port or derivePort'],
    ['a redirect with uri and prefixRewrite', { redirect: { uri: '/a', prefixRewrite: '/b' } }, 'http[0].redirect has uri and prefixRewrite. Set one of the two'],
    ['a redirect with an empty prefixRewrite', { redirect: { prefixRewrite: '' } },
      'http[0].redirect changes nothing. Set uri, prefixRewrite, authority, scheme, port or derivePort'],
    ['a redirect that removes a prefix by nothing', { redirect: { prefixRewrite: '', authority: 'a.com' } },
      'http[0].redirect with an empty prefixRewrite. Istio ignores it. To remove the prefix, set "/" and end the prefix of the match with a slash'],
    ['a prefixRewrite of no prefix', { match: [{ uri: StringMatch.prefix('/a') }, { uri: StringMatch.exact('/b') }], redirect: { prefixRewrite: '/c' } },
      'http[0].redirect.prefixRewrite with a match of path "/b" that is not a prefix. Istio rejects it. Match a prefix, or set uri'],
    ['a redirect with two ports', { redirect: { port: 80, derivePort: 'FROM_REQUEST_PORT' as any } },
      'http[0].redirect has port and derivePort. Set one of the two'],
    ['a redirect port of 65536', { redirect: { port: 65536 } }, 'http[0].redirect.port 65536. Expected a whole number from 1 to 65535'],
    ...[200, 300, 304, 399, 307.5].map((redirectCode): [string, object, string] => [`a redirect code of ${redirectCode}`, { redirect: { uri: '/', redirectCode } },
      `http[0].redirect.redirectCode ${redirectCode}. Expected one of 301, 302, 303, 307, 308. Because of another one, Envoy would reject all routes of the port`]),
    ['a redirect with a line break', { redirect: { uri: '/a\n' } }, 'http[0].redirect.uri "/a\\n". Expected no control characters'],
    ['a redirect to an authority with a line break', { redirect: { authority: 'a\n' } }, 'http[0].redirect.authority "a\\n". Expected no control characters'],
    ['a rewrite with a tab', { ...TO_IRIS, rewrite: { uri: '/a\tb' } }, 'http[0].rewrite.uri "/a\\tb". Expected no control characters'],
    ['a rewrite of the authority with a line break', { ...TO_IRIS, rewrite: { authority: 'a\r\n' } },
      'http[0].rewrite.authority "a\\r\\n". Expected no control characters'],
    ['a rewrite by an expression with a line break', { ...TO_IRIS, rewrite: { uriRegex: { match: '/(.*)', rewrite: '/\\1\n' } } },
      'http[0].rewrite.uriRegex.rewrite "/\\\\1\\n". Expected no control characters'],
    ['a direct response with status 600', { directResponse: { status: 600 } }, 'http[0].directResponse.status 600. Expected a whole number from 200 to 599'],
    ['a direct response with two bodies', { directResponse: { status: 200, body: '', bodyBytes: '' } },
      'http[0].directResponse has body and bodyBytes. Set one of the two'],
    ['bytes that are no base64', { directResponse: { status: 200, bodyBytes: 'a' } }, 'http[0].directResponse.bodyBytes. Expected base64'],
    ['no bytes at all', { directResponse: { status: 200, bodyBytes: '' } }, 'http[0].directResponse.bodyBytes. Expected base64'],
    ['a long body', { directResponse: { status: 200, body: 'ä'.repeat(524289) } },
      'http[0].directResponse with a body of 1048578 bytes. Istio accepts at most 1048576'],
    ['a long body of bytes', { directResponse: { status: 200, bodyBytes: Buffer.alloc(1048577).toString('base64') } },
      'http[0].directResponse with a body of 1048577 bytes. Istio accepts at most 1048576'],
    ['an empty rewrite', { ...TO_IRIS, rewrite: { uri: '' } },
      'http[0].rewrite changes nothing. Set a uri, uriRegex or authority that is not empty'],
    ['a rewrite with two paths', { ...TO_IRIS, rewrite: { uri: '/', uriRegex: { match: 'a', rewrite: 'b' } } },
      'http[0].rewrite has uri and uriRegex. Set one of the two'],
    ['a rewrite without an expression', { ...TO_IRIS, rewrite: { uriRegex: { match: '', rewrite: 'b' } } },
      'an empty regular expression. Give an RE2 expression'],
    ['a rewrite to nothing', { ...TO_IRIS, rewrite: { uriRegex: { match: 'a', rewrite: '' } } },
      'http[0].rewrite.uriRegex with an empty rewrite. Istio requires a replacement. Set "/" for the root'],
    ['a destination on all hosts', { route: [{ destination: { host: '*' } }] },
      'http[0].route[0].destination.host "*". Expected the DNS name of a Service or ServiceEntry, '
      + 'such as "iris.seldon.svc.cluster.local", without scheme, port or path'],
    ['a destination that is an address', { route: [{ destination: { host: '10.0.0.1' } }] },
      'http[0].route[0].destination.host "10.0.0.1". Expected the DNS name of a Service or ServiceEntry, '
      + 'such as "iris.seldon.svc.cluster.local", without scheme, port or path'],
    ['a destination port of 0', { route: [{ destination: { host: 'a', port: 0 } }] },
      'http[0].route[0].destination.port 0. Expected a whole number from 1 to 65535'],
    ['a subset that is no label', { route: [{ destination: { host: 'a', subset: 'v1.0' } }] },
      'http[0].route[0].destination.subset "v1.0". Expected at most 63 letters, digits and hyphens, with no hyphen at the ends'],
    ['a negative weight', { route: [{ destination: IRIS, weight: -1 }] },
      'http[0].route[0].weight -1. Expected a whole number from 0 to 2147483647'],
    ['half a weight', { route: [{ destination: IRIS, weight: 1 }, { destination: WINE, weight: 0.5 }] },
      'http[0].route[1].weight 0.5. Expected a whole number from 0 to 2147483647'],
    ['weights that are all 0', { route: [{ destination: IRIS, weight: 0 }, { destination: WINE }] },
      'all weights of http[0] are 0 or left out. Set a weight above 0 for at least one destination'],
    ['weights that overflow', { route: [IRIS, WINE, IRIS].map((destination) => ({ destination, weight: 2147483647 })) },
      'weights of http[0] add up to 6442450941. Their sum must not exceed 4294967295'],
  ])('fails for %s', (_name, rule, message) => {
    expect(errorOfRule(rule)).toEqual(`${message} (at chart/routes)`);
  });

  test('fails for a delegate of a delegate', () => {
    expect(errorOf({ hosts: [], http: [{ delegate: { name: 'team' } }] })).toEqual(
      'http[0] of a VirtualService without hosts delegates. Istio supports one level of delegation. Set route, redirect or directResponse here (at chart/routes)');
  });
});

describe('fails for policies', () => {
  const conditions = '5xx, gateway-error, reset, reset-before-request, connect-failure, envoy-ratelimited, retriable-4xx, refused-stream, '
    + 'retriable-status-codes, retriable-headers, http3-post-connect-failure, cancelled, deadline-exceeded, internal, resource-exhausted, unavailable';

  test.each<[string, HttpRoute, string]>([
    ['a timeout of 0', { timeout: Duration.millis(0) }, 'http[0].timeout of 0 ms. Expected 1 ms or more, in whole milliseconds'],
    ['negative attempts', { retries: { attempts: -1 } }, 'http[0].retries.attempts -1. Expected a whole number from 0 to 2147483647'],
    ['0 attempts with conditions', { retries: { attempts: 0, retryOn: ['5xx'] } },
      'http[0].retries with 0 attempts and retryOn. Set the number of attempts, or leave the rest out'],
    ['0 attempts with a time', { retries: { attempts: 0, perTryTimeout: Duration.seconds(1) } },
      'http[0].retries with 0 attempts and perTryTimeout. Set the number of attempts, or leave the rest out'],
    ['0 attempts with localities', { retries: { attempts: 0, retryRemoteLocalities: false } },
      'http[0].retries with 0 attempts and retryRemoteLocalities. Set the number of attempts, or leave retryRemoteLocalities out'],
    ['a time of 0 for each try', { retries: { attempts: 1, perTryTimeout: Duration.millis(0) } },
      'http[0].retries.perTryTimeout of 0 ms. Expected 1 ms or more, in whole milliseconds'],
    ['a backoff of 0', { retries: { attempts: 1, backoff: Duration.millis(0) } },
      'http[0].retries.backoff of 0 ms. Expected 1 ms or more, in whole milliseconds'],
    ['a condition that Istio does not know', { retries: { attempts: 1, retryOn: ['5xx,reset'] } },
      `http[0].retries.retryOn "5xx,reset". Expected an HTTP status or one of ${conditions}`],
    ['a condition that is no status', { retries: { attempts: 1, retryOn: ['599'] } },
      `http[0].retries.retryOn "599". Expected an HTTP status or one of ${conditions}`],
    ['a delay of 101 percent', { delay: { percent: 101, delay: Duration.seconds(1) } }, 'http[0].delay.percent 101. Expected a percentage from 0 to 100'],
    ['a delay of 0', { delay: { percent: 1, delay: Duration.millis(0) } }, 'http[0].delay.delay of 0 ms. Expected 1 ms or more, in whole milliseconds'],
    ['a share that is too small', { delay: { percent: 0.00001, delay: Duration.seconds(1) } },
      'http[0].delay.percent 0.00001. The smallest share above 0 is 0.0001'],
    ['an abort of NaN percent', { abort: { percent: NaN, httpStatus: 500 } }, 'http[0].abort.percent NaN. Expected a percentage from 0 to 100'],
    ['an abort without a status', { abort: { percent: 1 } }, 'http[0].abort with no status. Give it an httpStatus or a grpcStatus'],
    ['an abort with two statuses', { abort: { percent: 1, httpStatus: 500, grpcStatus: 'INTERNAL' } },
      'http[0].abort with two statuses. Give it an httpStatus or a grpcStatus'],
    ['an abort with status 199', { abort: { percent: 1, httpStatus: 199 } }, 'http[0].abort.httpStatus 199. Expected a whole number from 200 to 599'],
    ['an abort with an unknown gRPC status', { abort: { percent: 1, grpcStatus: '14' } },
      'http[0].abort.grpcStatus "14". Expected one of OK, CANCELLED, UNKNOWN, INVALID_ARGUMENT, DEADLINE_EXCEEDED, NOT_FOUND, ALREADY_EXISTS, '
      + 'PERMISSION_DENIED, RESOURCE_EXHAUSTED, FAILED_PRECONDITION, ABORTED, OUT_OF_RANGE, UNIMPLEMENTED, INTERNAL, UNAVAILABLE, DATA_LOSS, '
      + 'UNAUTHENTICATED'],
    ['a mirror of -1 percent', { mirrors: [{ destination: WINE, percent: -1 }] }, 'http[0].mirrors[0].percent -1. Expected a percentage from 0 to 100'],
    ['a mirror without a host', { mirrors: [{ destination: { host: '' } }] },
      'http[0].mirrors[0].destination.host "". Expected the DNS name of a Service or ServiceEntry, '
      + 'such as "iris.seldon.svc.cluster.local", without scheme, port or path'],
    ['an empty origin', { cors: { allowOrigins: [StringMatch.exact('')] } },
      'http[0].cors.allowOrigins with an empty origin. Expected an origin such as "https://example.com"'],
    ['a method in small letters', { cors: { allowOrigins: [], allowMethods: ['get'] } },
      'http[0].cors.allowMethods "get". Expected one of GET, HEAD, POST, PUT, PATCH, DELETE, CONNECT, OPTIONS, TRACE, *'],
    ['an invalid allowed header', { cors: { allowOrigins: [], allowHeaders: ['a b'] } },
      'http[0].cors.allowHeaders "a b". Expected a header name or "*"'],
    ['an invalid exposed header', { cors: { allowOrigins: [], exposeHeaders: [''] } }, 'http[0].cors.exposeHeaders "". Expected a header name or "*"'],
    ['half a second of CORS', { cors: { allowOrigins: [], maxAge: Duration.millis(500) } }, 'http[0].cors.maxAge of 500 ms. Expected whole seconds'],
    ['no time of CORS', { cors: { allowOrigins: [], maxAge: Duration.millis(0) } },
      'http[0].cors.maxAge of 0 ms. Expected 1 ms or more, in whole milliseconds'],
    ['a pseudo header', { headers: { request: { set: { ':path': '/' } } } },
      'http[0].headers.request.set ":path". Expected a header name of letters, digits and signs such as "-", without a colon or a space'],
    ['the authority in an answer', { headers: { response: { add: { Host: 'a' } } } },
      'http[0].headers.response.add "Host". The authority can only be set in a request. It cannot be removed, or added to a response'],
    ['the authority removed', { headers: { request: { remove: [':authority'] } } },
      'http[0].headers.request.remove ":authority". The authority can only be set in a request. It cannot be removed, or added to a response'],
    ['a value with a bare percent sign', { headers: { request: { set: { a: '100%' } } } },
      'value "100%" of header a. Envoy reads % as the start of a variable such as %HOSTNAME%. Write %% for a percent sign'],
    ['a query parameter without a name', { match: [{ queryParams: { '': StringMatch.exact('b') } }] },
      'http[0].match[0].queryParams with an empty name. Envoy would refuse all routes of the port. Name the parameter'],
    ['a query parameter whose value callers encode', { match: [{ queryParams: { user: StringMatch.prefix('a b') } }] },
      'http[0].match[0].queryParams user with prefix "a b". Envoy compares the query as callers send it, so no encoded request would match. '
      + 'Write "a%20b", or a regular expression for all the ways to encode it'],
    ['a variable without what it needs', { headers: { response: { add: { a: '%REQ%' } } } },
      'value "%REQ%" of header a. %REQ% needs the name of a header, or two separated by "?"'],
    ['a destination\'s variable that Envoy does not know', {
      route: [{ destination: { host: 'iris' }, headers: { request: { set: { a: '%MODEL%' } } } }],
    }, 'value "%MODEL%" of header a. Envoy has no variable %MODEL%. Use one of its list, or write %% for a percent sign'],
    ['a name that is too long', { headers: { request: { set: { ['x'.repeat(16385)]: 'a' } } } },
      'a name in http[0].headers.request.set with 16385 bytes. Envoy accepts at most 16384'],
    ['a value with a line break', { headers: { request: { add: { a: 'b\n' } } } }, 'value "b\\n" of header a. Expected no control characters'],
    ['the authority set twice', { rewrite: { authority: 'a' }, headers: { request: { set: { host: 'b' } } } },
      'http[0] sets the authority in rewrite.authority and headers.request.set "host". Set it in one place'],
    ['the authority set and added', { headers: { request: { set: { Host: 'b' }, add: { ':authority': 'c' } } } },
      'http[0] sets the authority in headers.request.set "Host" and headers.request.add ":authority". Set it in one place'],
  ])('fails for %s', (_name, rule, message) => {
    expect(errorOfRule({ ...TO_IRIS, ...rule })).toEqual(`${message} (at chart/routes)`);
  });

  test('fails for a header of one destination', () => {
    expect(errorOfRule({ route: [{ destination: IRIS, headers: { request: { remove: ['a b'] } } }] })).toEqual(
      'http[0].route[0].headers.request.remove "a b". Expected a header name of letters, digits and signs such as "-", without a colon or a space '
      + '(at chart/routes)');
  });
});

describe('fails for TLS and TCP rules', () => {
  test.each<[string, TlsMatch, string]>([
    ['no SNI host', { sniHosts: [] }, 'tls[0].match[0] has no sniHosts. List at least one'],
    ['an invalid SNI host', { sniHosts: ['a b'] },
      'tls[0].match[0].sniHosts "a b". Expected a DNS name such as "models.example.com" or "*.example.com"'],
    ['an SNI host that the hosts do not cover', { sniHosts: ['a.example.org'] },
      'tls[0].match[0].sniHosts "a.example.org". Expected a host that is covered by the hosts of the VirtualService, "*.example.com", "other"'],
    ['an SNI host that is wider', { sniHosts: ['*.com'] },
      'tls[0].match[0].sniHosts "*.com". Expected a host that is covered by the hosts of the VirtualService, "*.example.com", "other"'],
    ['a port of 0', { sniHosts: ['other'], port: 0 }, 'tls[0].match[0].port 0. Expected a whole number from 1 to 65535'],
    ['an invalid block', { sniHosts: ['other'], destinationSubnets: ['10.0.0.0/33'] },
      'tls[0].match[0].destinationSubnets "10.0.0.0/33". Expected an IP address or a CIDR block such as "10.0.0.0/8"'],
  ])('fails for a TLS match with %s', (_name, match, message) => {
    expect(errorOfTls(match)).toEqual(`${message} (at chart/routes)`);
  });

  test.each<[string, TcpMatch, string]>([
    ['an invalid block', { destinationSubnets: ['example.com'] },
      'tcp[0].match[0].destinationSubnets "example.com". Expected an IP address or a CIDR block such as "10.0.0.0/8"'],
    ['an invalid source block', { sourceSubnet: '2001:db8::/129' },
      'tcp[0].match[0].sourceSubnet "2001:db8::/129". Expected an IP address or a CIDR block such as "10.0.0.0/8"'],
    ['a bad label', { sourceLabels: { '': 'a' } },
      'label "" of tcp[0].match[0].sourceLabels. Expected at most 63 letters, digits, "-", "_" and ".", after an optional DNS name and a slash'],
  ])('fails for a TCP match with %s', (_name, match, message) => {
    expect(errorOfTcp(match)).toEqual(`${message} (at chart/routes)`);
  });

  test('fails for a TLS rule without a match', () => {
    expect(errorOf({ hosts: ['a'], tls: [{ match: [], route: [{ destination: IRIS }] }] }))
      .toEqual('tls[0] has no match. Add a match with sniHosts (at chart/routes)');
  });

  test('fails for a TLS rule without a route', () => {
    expect(errorOf({ hosts: ['a'], tls: [{ match: [{ sniHosts: ['a'] }], route: [] }] }))
      .toEqual('tls[0] has no route. Set at least one destination (at chart/routes)');
  });

  test('fails for a TCP rule without a route', () => {
    expect(errorOf({ hosts: ['a'], tcp: [{ route: [] }] })).toEqual('tcp[0] has no route. Set at least one destination (at chart/routes)');
  });

  test('fails for TCP weights that are all 0', () => {
    expect(errorOf({ hosts: ['a'], tcp: [{ route: [{ destination: IRIS }, { destination: WINE }] }] }))
      .toEqual('all weights of tcp[0] are 0 or left out. Set a weight above 0 for at least one destination (at chart/routes)');
  });

  test('fails for TLS weights that are negative', () => {
    expect(errorOf({ hosts: ['a'], tls: [{ match: [{ sniHosts: ['a'] }], route: [{ destination: IRIS, weight: -1 }] }] }))
      .toEqual('tls[0].route[0].weight -1. Expected a whole number from 0 to 2147483647 (at chart/routes)');
  });
});

describe('fails for fields that the stated release does not know', () => {
  test.each<[string, HttpRoute, string, string]>([
    ['http[0].match[0].statPrefix', { match: [{ statPrefix: 'a' }] }, '1.14', '1.15'],
    ['http[0].directResponse', { route: undefined, directResponse: { status: 200 } }, '1.14', '1.15'],
    ['http[0].redirect.prefixRewrite', { route: undefined, redirect: { prefixRewrite: '/a' } }, '1.30', '1.31'],
    ['http[0].redirect.scheme', { route: undefined, redirect: { scheme: 'http' as any } }, '1.11', '1.12'],
    ['http[0].redirect.port', { route: undefined, redirect: { port: 80 } }, '1.11', '1.12'],
    ['http[0].redirect.derivePort', { route: undefined, redirect: { derivePort: 'FROM_REQUEST_PORT' as any } }, '1.11', '1.12'],
    ['http[0].rewrite.uriRegex', { rewrite: { uriRegex: { match: 'a', rewrite: 'b' } } }, '1.18', '1.19'],
    ['http[0].mirrors with 2 entries', { mirrors: [{ destination: IRIS }, { destination: WINE }] }, '1.18', '1.19'],
    ['http[0].cors.unmatchedPreflights', { cors: { allowOrigins: [], unmatchedPreflights: UnmatchedPreflights.FORWARD } }, '1.22', '1.23'],
    ['http[0].retries.backoff', { retries: { attempts: 1, backoff: Duration.seconds(1) } }, '1.25', '1.26'],
    ['http[0].retries.retryIgnorePreviousHosts', { retries: { attempts: 1, retryIgnorePreviousHosts: true } }, '1.25', '1.26'],
  ])('fails for %s', (field, rule, stated, since) => {
    expect(errorOfRule({ ...TO_IRIS, ...rule }, stated)).toEqual(
      `${field} with istioVersion "${stated}". Istio has this field only since ${since}. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has (at chart/routes)`);
    expect(errorOfRule({ ...TO_IRIS, ...rule }, since)).toEqual('no error');
  });

  test('fails for weights that do not add up to 100', () => {
    const rule = { route: [{ destination: IRIS, weight: 2 }, { destination: WINE, weight: 1 }] };

    expect(errorOfRule(rule, '1.14')).toEqual('weights of http[0] add up to 3. Istio before 1.15 requires a sum of 100 (at chart/routes)');
    expect(errorOfRule(rule, '1.15')).toEqual('no error');
  });
});
