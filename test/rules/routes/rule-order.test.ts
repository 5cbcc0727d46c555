import { Level } from '../../../src/rules/level';
import { droppedDelegate } from '../../../src/rules/routes/dropped-delegate';
import { hiddenHost } from '../../../src/rules/routes/hidden-host';
import { impossiblePath } from '../../../src/rules/routes/impossible-path';
import { repeatedHeaderOverlap } from '../../../src/rules/routes/repeated-header-overlap';
import { twoCore1RouteOwners } from '../../../src/rules/routes/two-core1-route-owners';
import { unreachableRule } from '../../../src/rules/routes/unreachable-rule';
import { examplesOf, levelsOf, problemsOf } from '../../support/cluster';

const yaml = (...documents: string[]) => documents.join('---\n');
const virtualService = (name: string, http: string, hosts = '["a.example.com"]') => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: models }
spec:
  hosts: ${hosts}
  gateways: [istio-system/gateway]
  http: [${http}]
`;
const rule = (match: string, to: string) => `{ ${match === '' ? '' : `match: [${match}], `}route: [{ destination: { host: ${to} } }] }`;

describe('unreachable-rule', () => {
  test('a narrower rule after a wider one', () => {
    const text = virtualService('a', `${rule('{ uri: { prefix: /v2/ } }', 'one')}, ${rule('{ uri: { exact: /v1 } }, { uri: { exact: /v2/x } }', 'two')}`);
    expect(problemsOf(unreachableRule, text)).toEqual([{
      at: 'error at VirtualService models/a spec.http[1].match[1]',
      problem: 'no request reaches the rule for exact "/v2/x", since an earlier rule matches prefix "/v2/"',
      remedy: 'move the narrower rule before the wider one',
      related: ['VirtualService models/a spec.http[0].match[0]'],
    }]);
  });

  test('a rule after one that matches all requests', () => {
    expect(problemsOf(unreachableRule, virtualService('a', `${rule('', 'one')}, ${rule('{ uri: { exact: /x } }', 'two')}`))).toEqual([{
      at: 'error at VirtualService models/a spec.http[1]',
      problem: 'no request reaches the rule, since an earlier rule matches all requests',
      remedy: 'move the rule that matches all requests to the end',
      related: ['VirtualService models/a spec.http[0]'],
    }]);
  });

  test.each([
    ['an expression that covers a prefix', '{ uri: { regex: "/v2/.*" } }', '{ uri: { prefix: /v2/x/ } }', [Level.ERROR]],
    ['an expression that covers another one', '{ uri: { regex: "/v[0-9]+/.*" } }', '{ uri: { regex: "/v2/[a-z]*" } }', [Level.ERROR]],
    ['an expression that covers a part', '{ uri: { regex: "/v2/[a-z]*" } }', '{ uri: { prefix: /v2/x/ } }', []],
    ['a header more', '{ uri: { prefix: /x }, headers: { h: { exact: v } } }', '{ uri: { prefix: /x } }', []],
    ['a header less', '{ uri: { prefix: /x } }', '{ uri: { prefix: /x }, headers: { h: { exact: v } } }', [Level.ERROR]],
    ['a method', '{ uri: { prefix: /x }, method: { exact: GET } }', '{ uri: { prefix: /x/y } }', []],
    ['another port', '{ uri: { prefix: /x }, port: 80 }', '{ uri: { prefix: /x/y } }', []],
    ['another gateway', '{ uri: { prefix: /x }, gateways: [mesh] }', '{ uri: { prefix: /x/y } }', []],
    ['some callers', '{ uri: { prefix: /x }, sourceLabels: { app: a } }', '{ uri: { prefix: /x/y } }', []],
  ])('%s', (_what, first, second, levels) => {
    expect(levelsOf(unreachableRule, virtualService('a', `${rule(first, 'one')}, ${rule(second, 'two')}`))).toEqual(levels);
  });

  const header = (name: string) => `{ uri: { prefix: /x }, headers: { h: { exact: ${name} } } }`;
  const others = '{ uri: { prefix: /x }, withoutHeaders: { h: { exact: a } } }';

  test('a rule behind several that together match all of its requests', () => {
    const text = virtualService('a', [
      rule('{ uri: { prefix: /y } }', 'zero'), rule(header('a'), 'one'), rule(others, 'two'), rule('{ uri: { exact: /x/y } }', 'three'),
    ].join(', '));
    expect(problemsOf(unreachableRule, text)).toEqual([{
      at: 'error at VirtualService models/a spec.http[3].match[0]',
      problem: 'no request reaches the rule for exact "/x/y", since earlier rules together match all of its requests: '
        + 'prefix "/x" with h: a; prefix "/x" without h: a',
      remedy: 'move the rule before the others',
      related: ['VirtualService models/a spec.http[1].match[0]', 'VirtualService models/a spec.http[2].match[0]'],
    }]);
    expect(examplesOf(unreachableRule, text)).toEqual([
      "curl -H 'h: a' http://a.example.com/x/y: 100 % get one.models.svc.cluster.local:80 instead of three.models.svc.cluster.local:80",
    ]);
  });

  const LISTED = ['/x', '/y', '/z'].map((path) => rule(`{ uri: { exact: ${path} } }`, 'one')).join(', ');

  test.each([
    ['a header that is left', `${rule(header('b'), 'one')}, ${rule(others.replace('prefix: /x', 'prefix: /x/'), 'two')}`, '{ uri: { prefix: /x } }', []],
    ['two values of three', `${rule(header('a'), 'one')}, ${rule(header('b'), 'two')}`, '{ uri: { prefix: /x }, headers: { h: { regex: "[abc]" } } }', []],
    ['all values', `${rule(header('a'), 'one')}, ${rule(header('b'), 'two')}`, '{ uri: { prefix: /x }, headers: { h: { regex: "[ab]" } } }', [Level.ERROR]],
    ['paths one by one', LISTED, '{ uri: { regex: "/[x-z]" } }', [Level.ERROR]],
    ['one path more', LISTED, '{ uri: { regex: "/[w-z]" } }', []],
    ['all paths of a prefix', `${rule('{ uri: { exact: /p } }', 'one')}, ${rule('{ uri: { regex: "/p.+" } }', 'two')}`, '{ uri: { prefix: /p } }', [Level.ERROR]],
    ['the same backend', `${rule('{ uri: { exact: /p } }', 'three')}, ${rule('{ uri: { regex: "/p.+" } }', 'three')}`, '{ uri: { prefix: /p } }', [Level.INFO]],
    ['methods', `${rule('{ method: { exact: GET } }', 'one')}, ${rule('{ withoutHeaders: { ":method": { exact: GET } } }', 'two')}`, '{ uri: { prefix: /p } }', [Level.ERROR]],
    ['the host header', `${rule('{ authority: { exact: a.example.com } }', 'one')}, ${rule('{ authority: { prefix: "a.example.com:" } }', 'two')}`, '{ uri: { prefix: /p } }', []],
    ['a header of Envoy', `${rule('{ headers: { x-request-id: { exact: a } } }', 'one')}, ${rule('{ withoutHeaders: { x-request-id: { exact: a } } }', 'two')}`, '{ uri: { prefix: /p } }', []],
    ['a claim', `${rule('{ headers: { "@request.auth.claims.sub": { exact: a } } }', 'one')}, ${rule('{ withoutHeaders: { "@request.auth.claims.sub": { exact: a } } }', 'two')}`, '{ uri: { prefix: /p } }', []],
  ])('several rules: %s', (_what, before, last, levels) => {
    expect(levelsOf(unreachableRule, virtualService('a', `${before}, ${rule(last, 'three')}`))).toEqual(levels);
  });

  test('hosts and schemes decide differently for different hosts', () => {
    const before = `${rule('{ authority: { prefix: a } }', 'one')}, ${rule('{ authority: { prefix: A } }', 'two')}`;
    const both = virtualService('a', `${before}, ${rule('{ uri: { prefix: /p } }', 'three')}`, '[a.example.com, b.example.com]');
    expect(levelsOf(unreachableRule, both)).toEqual([]);
    expect(levelsOf(unreachableRule, both.replace(', b.example.com', ''))).toEqual([Level.ERROR]);
    const schemes = `${rule('{ scheme: { exact: http } }', 'one')}, ${rule('{ scheme: { exact: https } }', 'two')}, ${rule('{ uri: { prefix: /p } }', 'three')}`;
    expect(levelsOf(unreachableRule, virtualService('a', schemes))).toEqual([]);
  });

  test('a VirtualService for sidecars has no example', () => {
    const text = virtualService('a', `${LISTED}, ${rule('{ uri: { regex: "/[x-z]" } }', 'two')}`).replace('gateways: [istio-system/gateway]', 'gateways: [mesh]');
    expect(levelsOf(unreachableRule, text)).toEqual([Level.ERROR]);
    expect(examplesOf(unreachableRule, text)).toEqual(['none']);
  });

  test('a rule that no request satisfies', () => {
    const text = virtualService('a', `${rule('{ uri: { regex: "v2/.*" } }', 'one')}, ${rule('{ headers: { h: { exact: a } }, withoutHeaders: { h: { prefix: a } } }', 'two')}`);
    expect(problemsOf(unreachableRule, text)).toEqual([
      { at: 'error at VirtualService models/a spec.http[0].match[0]', problem: 'no request satisfies the rule for regex "v2/.*"', remedy: 'correct its conditions, or remove the rule', related: [] },
      { at: 'error at VirtualService models/a spec.http[1].match[0]', problem: 'no request satisfies the rule for all paths with h: a without h: a', remedy: 'correct its conditions, or remove the rule', related: [] },
    ]);
    expect(levelsOf(unreachableRule, virtualService('a', rule('{ uri: { exact: /a/../b } }', 'one')))).toEqual([]);
  });

  test('a rule that does the same as the wider one', () => {
    expect(problemsOf(unreachableRule, virtualService('a', `${rule('{ uri: { prefix: /x } }', 'one')}, ${rule('{ uri: { exact: /x } }', 'one')}`))).toEqual([{
      at: 'info at VirtualService models/a spec.http[1].match[0]',
      problem: 'no request reaches the rule for exact "/x", since an earlier rule matches prefix "/x" and does the same',
      remedy: 'remove the rule',
      related: ['VirtualService models/a spec.http[0].match[0]'],
    }]);
    expect(levelsOf(unreachableRule, virtualService('a', `${rule('', 'one')}, ${rule('', 'one')}`))).toEqual([Level.INFO]);
  });

  test('a rule that does something else with the same backends', () => {
    const rewritten = `{ match: [{ uri: { exact: /x } }], rewrite: { uri: /y }, ${rule('', 'one').slice(2)}`;
    expect(problemsOf(unreachableRule, virtualService('a', `${rule('{ uri: { prefix: /x } }', 'one')}, ${rewritten}`))).toEqual([{
      at: 'warning at VirtualService models/a spec.http[1].match[0]',
      problem: 'no request reaches the rule for exact "/x", since an earlier rule matches prefix "/x". Both have the same backends',
      remedy: 'move the narrower rule before the wider one',
      related: ['VirtualService models/a spec.http[0].match[0]'],
    }]);
  });

  test('a match that another match of the same rule contains', () => {
    expect(levelsOf(unreachableRule, virtualService('a', rule('{ uri: { prefix: /x } }, { uri: { exact: /x } }', 'one')))).toEqual([]);
  });

  test('a rule for one port that matches all requests hides nothing, and one for all ports behind it does', () => {
    const forPort = rule('{ uri: { prefix: / }, port: 80 }', 'one');
    expect(levelsOf(unreachableRule, virtualService('a', `${forPort}, ${rule('', 'two')}`))).toEqual([]);
    expect(problemsOf(unreachableRule, virtualService('a', `${forPort}, ${rule('', 'two')}, ${rule('', 'three')}`)).map(({ at, related }) => [at, ...related])).toEqual([
      ['error at VirtualService models/a spec.http[2]', 'VirtualService models/a spec.http[1]'],
    ]);
  });
});

describe('impossible-path', () => {
  test.each([
    ['exact', '/a?b=1', 'Envoy compares the path without the query', 'match the path without "?", and use queryParams for the query'],
    ['prefix', '/a/../b', 'Envoy resolves "." and ".." first', 'write the path without them'],
    ['exact', '/a/.', 'Envoy resolves "." and ".." first', 'write the path without them'],
    ['exact', '/%41', 'Envoy decodes "%41" first', 'write "A" instead'],
    ['exact', '/a%2Db', 'Envoy decodes "%2D" first', 'write "-" instead'],
    ['exact', '/a%7e', 'Envoy decodes "%7e" first', 'write "~" instead'],
    ['exact', '/a#b', 'a path of a request has no "#"', 'remove the fragment'],
    ['exact', 'a', 'paths begin with "/"', 'write "/a"'],
    ['exact', '/é', 'Envoy compares spaces and characters beyond ASCII in their escaped form', 'write "/%C3%A9" instead'],
    ['prefix', '/a b/😀/', 'Envoy compares spaces and characters beyond ASCII in their escaped form', 'write "/a%20b/%F0%9F%98%80/" instead'],
  ])('%s %s', (kind, path, reason, remedy) => {
    expect(problemsOf(impossiblePath, virtualService('a', rule(`{ uri: { ${kind}: "${path}" } }`, 'one')))).toEqual([{
      at: `error at VirtualService models/a spec.http[0].match[0].uri.${kind}`,
      problem: `no request matches ${kind} "${path}", since ${reason}`,
      remedy,
      related: [],
    }]);
  });

  test.each(['/a\\\\?x=1', '/a[?]x=.*', '/.*#top', '(/a|/b)\\\\x3fx', '\\\\Q/a?b\\\\E'])('an expression that needs a query: %s', (expression) => {
    expect(problemsOf(impossiblePath, virtualService('a', rule(`{ uri: { regex: "${expression}" } }`, 'one')))).toEqual([{
      at: 'error at VirtualService models/a spec.http[0].match[0].uri.regex',
      problem: `no request matches regex "${expression.replaceAll('\\\\', '\\')}", since Envoy compares the path without the query and the fragment`,
      remedy: 'match the path without "?", and use queryParams for the query',
      related: [],
    }]);
  });

  test.each([
    ['exact', '/a//b'], ['exact', '/a%2Fb'], ['exact', '/%C3%A9'], ['exact', '/a;b=1'], ['prefix', '/a/.'], ['prefix', '/a/..'], ['exact', '/a.b'], ['exact', '/%5B'],
    ['exact', '/%60'], ['exact', '/%zz'], ['regex', '/a?b'], ['regex', '/.[.]/'],
    ['regex', '/a(\\\\?x=1)?'], ['regex', '/a[?]*'], ['regex', '/a[^?]+'], ['regex', '/a([?]|/b)'], ['regex', '/a(\\\\?'],
  ])('is silent for %s %s', (kind, path) => {
    expect(levelsOf(impossiblePath, virtualService('a', rule(`{ uri: { ${kind}: "${path}" } }`, 'one')))).toEqual([]);
  });
});

describe('hidden-host', () => {
  const X = '{ uri: { prefix: /x/ } }';

  test('is information about both objects', () => {
    expect(problemsOf(hiddenHost, yaml(virtualService('wide', rule(X, 'one'), '["*"]'), virtualService('narrow', rule(X, 'two'))))).toEqual([{
      at: 'info at VirtualService models/narrow spec.hosts[0]',
      problem: 'requests for host "a.example.com" of gateway istio-system/gateway never reach VirtualService models/wide, which is on "*"',
      remedy: 'if they should, add the host to that VirtualService',
      related: ['VirtualService models/wide'],
    }]);
  });

  test.each([
    ['a rule for all requests on the narrower host', virtualService('narrow', rule('', 'two'))],
    ['another domain', virtualService('narrow', rule(X, 'two'), '["a.other.org"]')],
  ])('is silent for %s', (_what, text) => {
    expect(levelsOf(hiddenHost, yaml(virtualService('wide', rule(X, 'one'), '["*.example.com"]'), text))).toEqual([]);
  });
});

test('hidden-host is silent for a VirtualService on both hosts', () => {
  expect(levelsOf(hiddenHost, virtualService('wide', rule('{ uri: { prefix: /x/ } }', 'one'), '["*", a.example.com]'))).toEqual([]);
});

describe('dropped-delegate', () => {
  const root = virtualService('root', '{ match: [{ uri: { prefix: /x } }], delegate: { name: inner } }');
  const inner = (http: string) => virtualService('inner', http).replace(/ {2}hosts.*\n {2}gateways.*\n/, '');

  test('one that has hosts', () => {
    expect(problemsOf(droppedDelegate, yaml(root, virtualService('inner', rule('', 'one'))))).toEqual([{
      at: 'error at VirtualService models/root spec.http[0].delegate',
      problem: 'Istio ignores the delegate models/inner, since it has hosts',
      remedy: 'remove the hosts of the delegate, which has those of the VirtualService that refers to it',
      related: ['VirtualService models/inner spec.hosts'],
    }]);
  });

  test('a cycle ends, and each delegate of a delegate is a finding', () => {
    const text = yaml(root, inner('{ delegate: { name: other } }'), inner('{ delegate: { name: inner } }').replace('name: inner,', 'name: other,'));
    expect(problemsOf(droppedDelegate, text).map(({ problem }) => problem)).toEqual([
      'VirtualService models/inner has no hosts, so it is a delegate itself, and Istio rejects a delegate with a delegate of its own, models/other',
      'VirtualService models/other has no hosts, so it is a delegate itself, and Istio rejects a delegate with a delegate of its own, models/inner',
    ]);
  });

  test.each([['a delegate without hosts', yaml(root, inner(rule('', 'one')))], ['one that is not among the objects', root]])('is silent for %s', (_what, text) => {
    expect(levelsOf(droppedDelegate, text)).toEqual([]);
  });
});

describe('repeated-header-overlap', () => {
  const called = (name: string, header: string) => virtualService(name, rule(`{ uri: { prefix: /x }, headers: { ${header} } }`, name));

  test('is one finding for each host', () => {
    const text = yaml(...['a', 'b', 'c'].map((name) => called(name, `h: { exact: ${name} }`)));
    expect(problemsOf(repeatedHeaderOverlap, text)).toEqual([{
      at: 'info at VirtualService models/a spec.http[0].match[0]',
      problem: 'on host "a.example.com" of gateway istio-system/gateway, a request with two lines of the header h, "a" and "b", matches two rules',
      remedy: 'accept this if a client may call both backends. Otherwise use a different header for each rule',
      related: ['VirtualService models/b spec.http[0].match[0]'],
    }]);
  });

  test.each([
    ['one value', called('a', 'h: { exact: v }'), called('b', 'h: { exact: v }')],
    ['two headers', called('a', 'h: { exact: v }'), called('b', 'i: { exact: w }')],
    ['two paths', called('a', 'h: { exact: v }'), called('b', 'h: { exact: w }').replace('/x', '/y')],
  ])('is silent for %s', (_what, a, b) => {
    expect(levelsOf(repeatedHeaderOverlap, yaml(a, b))).toEqual([]);
  });
});

describe('two-core1-route-owners', () => {
  const deployment = `apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: { name: iris, namespace: models }
spec:
  predictors: [{ name: main, graph: { name: iris, implementation: SKLEARN_SERVER, modelUri: gs://models/iris } }]
`;
  const own = virtualService('own', rule('{ uri: { prefix: /seldon/models/iris/ } }', 'iris-main'), '["*"]').replace('istio-system/gateway', 'istio-system/seldon-gateway');

  test('names both owners', () => {
    expect(problemsOf(twoCore1RouteOwners, yaml(deployment, own))).toEqual([{
      at: 'warning at VirtualService models/own spec.http[0].match[0]',
      problem: 'VirtualService models/own and the operator\'s VirtualService models/iris match the same requests on host "*" of gateway '
        + 'istio-system/seldon-gateway, and the older of the two answers',
      remedy: 'disable the operator\'s one by the annotation seldon.io/istio-host with a host that no request has, or set who writes the routes: '
        + 'core1Routes in seldon-istio.yaml, or operatorIstio of Mesh.configure',
      related: ['SeldonDeployment models/iris'],
    }]);
  });

  test('the operator\'s own object, as in what is read from a cluster, is not another one', () => {
    const live = own.replace('namespace: models }', 'namespace: models, ownerReferences: [{ kind: SeldonDeployment, name: iris }] }');
    expect(levelsOf(twoCore1RouteOwners, yaml(deployment, live))).toEqual([]);
  });

  test.each(['operator', 'library'] as const)('is silent if the owner is configured: %s', (core1Routes) => {
    expect(levelsOf(twoCore1RouteOwners, yaml(deployment, own), { core1Routes })).toEqual([]);
  });

  test.each([
    ['another path', own.replace('/seldon/models/iris/', '/seldon/models/wine/')],
    ['another gateway', own.replace('istio-system/seldon-gateway', 'istio-system/other')],
  ])('is silent for %s', (_what, text) => {
    expect(levelsOf(twoCore1RouteOwners, yaml(deployment, text))).toEqual([]);
  });

  test('is silent for a SeldonDeployment that the webhook rejects', () => {
    expect(levelsOf(twoCore1RouteOwners, yaml(deployment.replace(/predictors.*/, 'predictors: 3'), own))).toEqual([]);
  });
});
