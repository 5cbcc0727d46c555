import { Level } from '../../../src/rules/level';
import { overlappingEndpoints } from '../../../src/rules/routes/overlapping-endpoints';
import { examplesOf, levelsOf, problemsOf } from '../../support/cluster';

interface Route {
  readonly name: string;
  readonly match?: string;
  readonly host?: string;
  readonly backend?: string;
  readonly created?: string;
  readonly more?: string;
}

const route = ({ name, match, host = 'a.example.com', backend = name, created, more = '' }: Route) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: models${created === undefined ? '' : `, creationTimestamp: "2026-01-${created}T00:00:00Z"`} }
spec:
  hosts: ["${host}"]
  gateways: [istio-system/gateway]
  http:
    - ${match === undefined ? '' : `match: [${match}]\n      `}route: [{ destination: { host: ${backend}, port: { number: 80 } } }]
${more}`;

const levels = (...routes: Route[]): Level[] => levelsOf(overlappingEndpoints, routes.map(route).join('---\n'));

describe('two VirtualServices on one host', () => {
  test('the wider one comes first by name, so the narrower one gets no requests', () => {
    const manifests = [route({ name: 'b', match: '{ uri: { prefix: /v2/models/iris/ } }' }), route({ name: 'a', match: '{ uri: { prefix: /v2 } }' })];
    expect(problemsOf(overlappingEndpoints, manifests.join('---\n'))).toEqual([{
      at: 'error at VirtualService models/b spec.http[0].match[0]',
      problem: 'VirtualService models/b gets no requests for prefix "/v2/models/iris/" on host "a.example.com" of gateway istio-system/gateway, '
        + 'since VirtualService models/a matches them too and comes first',
      remedy: 'give one of them another host or path, or put the rules into one VirtualService with the narrower one first. '
        + 'The older VirtualService comes first, and by name if both are created in the same second, as VirtualService models/a',
      related: ['VirtualService models/a spec.http[0].match[0]'],
    }]);
  });

  test('the narrower one comes first by name alone, which is a warning', () => {
    const manifests = [route({ name: 'a', match: '{ uri: { prefix: /v2/models/iris/ } }' }), route({ name: 'b', match: '{ uri: { prefix: /v2 } }' })];
    expect(problemsOf(overlappingEndpoints, manifests.join('---\n'))).toMatchObject([{
      at: 'warning at VirtualService models/b spec.http[0].match[0]',
      problem: 'VirtualService models/a and VirtualService models/b both match requests for prefix "/v2/models/iris/" on host "a.example.com" of gateway istio-system/gateway',
    }]);
  });

  test('a request shows who answers', () => {
    const [wide, narrow] = [{ name: 'a', match: '{ uri: { prefix: /v2 } }' }, { name: 'b', match: '{ uri: { prefix: /v2/models/iris/ }, headers: { h: { exact: x } } }' }];
    const shown = (...routes: readonly Route[]) => examplesOf(overlappingEndpoints, routes.map(route).join('---\n'));
    const request = "curl -H 'h: x' http://a.example.com/v2/models/iris/infer";
    const toWide = `${request}: 100 % get a.models.svc.cluster.local:80 instead of b.models.svc.cluster.local:80`;
    expect(shown(wide, narrow)).toEqual([`${toWide}, if VirtualService models/a comes first`]);
    expect(shown({ ...wide, created: '01' }, { ...narrow, created: '02' })).toEqual([toWide]);
    expect(shown({ ...wide, created: '02' }, { ...narrow, created: '01' })).toEqual([`${toWide}, if VirtualService models/a comes first`]);
  });

  test('a split is misrouted in part', () => {
    const split = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: split, namespace: models }
spec:
  hosts: [a.example.com]
  gateways: [istio-system/gateway]
  http:
    - match: [{ uri: { prefix: /v2 } }]
      route: [{ destination: { host: old, port: { number: 80 } }, weight: 70 }, { destination: { host: new, port: { number: 80 } }, weight: 30 }]
`;
    expect(examplesOf(overlappingEndpoints, [route({ name: 'a', backend: 'old', match: '{ uri: { prefix: / } }' }), route({ name: 'b', backend: 'old', match: '{ uri: { prefix: /v } }' }), split].join('---\n')))
      .toEqual(['curl http://a.example.com/v2: 30 % get old.models.svc.cluster.local:80 instead of 70 % old.models.svc.cluster.local:80 and 30 % new.models.svc.cluster.local:80, '
        + 'if VirtualService models/b comes first']);
  });

  test('several together take all requests of another one', () => {
    const halves = [
      route({ name: 'a', match: '{ uri: { prefix: /v2 }, headers: { h: { exact: x } } }' }),
      route({ name: 'b', match: '{ uri: { prefix: /v2 }, withoutHeaders: { h: { exact: x } } }' }),
    ];
    const found = problemsOf(overlappingEndpoints, [...halves, route({ name: 'c', match: '{ uri: { prefix: /v2/models/iris/ } }' })].join('---\n'));
    expect(found).toEqual([{
      at: 'error at VirtualService models/c spec.http[0].match[0]',
      problem: 'VirtualService models/c gets no requests for prefix "/v2/models/iris/" on host "a.example.com" of gateway istio-system/gateway, '
        + 'since VirtualService models/a and VirtualService models/b together match them all and come first',
      remedy: 'give one of them another host or path, or put the rules into one VirtualService with the narrower one first. '
        + 'The older VirtualService comes first, and by name if both are created in the same second, as VirtualService models/a',
      related: ['VirtualService models/a spec.http[0].match[0]', 'VirtualService models/b spec.http[0].match[0]'],
    }]);
    expect(problemsOf(overlappingEndpoints, [halves[0], route({ name: 'c', match: '{ uri: { prefix: /v2/models/iris/ } }' })].join('---\n'))[0].problem).toContain('both match');
  });

  test('requests that others get are no overlap', () => {
    const [first, second] = ['b', 'c'].map((name) => route({ name, match: `{ uri: { regex: "/x/.*/${name}/.*" } }` }));
    expect(levelsOf(overlappingEndpoints, [first, second].join('---\n'))).toEqual([Level.ERROR]);
    const taking = ['{ uri: { regex: "/x/.*/b/.*/c/.*" } }', '{ uri: { regex: "/x/.*/c/.*/b/.*" } }', '{ uri: { regex: "/x/.*/(b/c|c/b)/.*" } }'];
    const others = problemsOf(overlappingEndpoints, [route({ name: 'a', match: taking.join(', ') }), first, second].join('---\n'));
    expect(others.filter(({ at, related }) => at.includes('/c ') && related.some((place) => place.includes('/b ')))).toEqual([]);
  });

  test('the age of live objects decides, and is stated', () => {
    const [wide, narrow] = [{ name: 'a', match: '{ uri: { prefix: /v2 } }' }, { name: 'b', match: '{ uri: { prefix: /v2/models/iris/ } }' }];
    expect(levels({ ...wide, created: '02' }, { ...narrow, created: '01' })).toEqual([Level.INFO]);
    const [problem] = problemsOf(overlappingEndpoints, [route({ ...wide, created: '01' }), route({ ...narrow, created: '02' })].join('---\n'));
    expect([problem.at, problem.remedy]).toEqual(['error at VirtualService models/b spec.http[0].match[0]',
      'give one of them another host or path, or put the rules into one VirtualService with the narrower one first. '
      + 'The rules of VirtualService models/a come first, since it is older']);
  });

  test('neither covers the other', () => {
    expect(levels({ name: 'a', match: '{ uri: { regex: "/v2/.*/infer" } }' }, { name: 'b', match: '{ uri: { prefix: /v2/models/ } }' })).toEqual([Level.ERROR]);
  });

  test('several rules of two objects are one finding', () => {
    const both = '{ uri: { exact: /x } }, { uri: { prefix: /x/ } }';
    const found = problemsOf(overlappingEndpoints, [route({ name: 'a', match: both }), route({ name: 'b', match: both })].join('---\n'));
    expect(found.map(({ problem }) => problem)).toEqual([expect.stringContaining('exact "/x" on host "a.example.com" of gateway istio-system/gateway (and 1 more)')]);
  });

  test('ignored case is shown as written', () => {
    const found = problemsOf(overlappingEndpoints, [
      route({ name: 'a', match: '{ uri: { prefix: /A }, ignoreUriCase: true }' }), route({ name: 'b', match: '{ uri: { exact: /abc } }' }),
    ].join('---\n'));
    expect(found.map(({ problem }) => problem)).toEqual([expect.stringContaining('gets no requests for exact "/abc"')]);
  });

  test.each([
    ['the same path by a header each', '{ uri: { prefix: /x }, headers: { a: { exact: v } } }', '{ uri: { prefix: /x }, headers: { b: { exact: v } } }', Level.INFO],
    ['a header on a wider path', '{ uri: { prefix: / }, headers: { x-tester: { exact: "yes" } } }', '{ uri: { prefix: /x } }', Level.WARNING],
    ['a header on other paths that overlap by an expression', '{ uri: { regex: ".*infer.*" }, headers: { seldon: { exact: a } } }', '{ uri: { prefix: /v2/models/a/ } }', Level.INFO],
    ['a method', '{ uri: { prefix: /x }, method: { exact: GET } }', '{ uri: { prefix: /x }, queryParams: { a: { exact: b } } }', Level.WARNING],
  ])('%s', (_what, a, b, level) => {
    expect(levels({ name: 'a', match: a }, { name: 'b', match: b })).toEqual([level]);
  });
});

describe('no finding', () => {
  test.each<[string, Route, Route]>([
    ['different paths', { name: 'a', match: '{ uri: { prefix: /a/ } }' }, { name: 'b', match: '{ uri: { prefix: /b/ } }' }],
    ['a neighbour of an exact path', { name: 'a', match: '{ uri: { exact: /a } }' }, { name: 'b', match: '{ uri: { exact: /ab } }' }],
    ['different values of a header', { name: 'a', match: '{ headers: { h: { exact: v } } }' }, { name: 'b', match: '{ headers: { h: { exact: w } } }' }],
    ['an excluded header', { name: 'a', match: '{ headers: { h: { exact: v } } }' }, { name: 'b', match: '{ uri: { prefix: /x }, withoutHeaders: { h: {} } }' }],
    ['different methods', { name: 'a', match: '{ uri: { prefix: /x }, method: { exact: GET } }' }, { name: 'b', match: '{ uri: { prefix: /x }, method: { exact: POST } }' }],
    ['different hosts', { name: 'a', host: 'a.example.com' }, { name: 'b', host: 'b.example.com' }],
    ['one backend', { name: 'a', backend: 'same' }, { name: 'b', backend: 'same' }],
    ['a catch-all rule, which Istio puts last', { name: 'a' }, { name: 'b', match: '{ uri: { prefix: /x } }' }],
    ['a catch-all prefix', { name: 'a', match: '{ uri: { prefix: / } }' }, { name: 'b', match: '{ uri: { prefix: /x } }' }],
    ['an expression that RE2 rejects', { name: 'a', match: '{ uri: { regex: "(?=x)" } }' }, { name: 'b', match: '{ uri: { prefix: /x } }' }],
    ['a match for another gateway', { name: 'a', match: '{ gateways: [other/gateway] }' }, { name: 'b', match: '{ uri: { prefix: /x } }' }],
  ])('%s', (_what, a, b) => {
    expect(levels(a, b)).toEqual([]);
    expect(levels(b, a)).toEqual([]);
  });

  test('two catch-all rules do conflict', () => {
    expect(levels({ name: 'a' }, { name: 'b' })).toEqual([Level.ERROR]);
  });

  test('rules of one VirtualService', () => {
    const more = '    - route: [{ destination: { host: other } }]\n';
    expect(levels({ name: 'a', match: '{ uri: { prefix: /x } }', more })).toEqual([]);
  });

  test('an object without the fields that the API server requires', () => {
    expect(levelsOf(overlappingEndpoints, 'apiVersion: networking.istio.io/v1\nkind: VirtualService\nspec: { hosts: 3, http: [null, { match: [3] }, { match: 3, route: x }] }\n')).toEqual([]);
  });
});

const gateway = (name: string, servers: string, selector = '{ istio: ingressgateway }') => `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: istio-system }
spec: { selector: ${selector}, servers: [${servers}] }
`;
const HTTP = '{ port: { number: 80, name: http, protocol: HTTP }, hosts: ["*"] }';

describe('gateways', () => {
  const on = (name: string, at: string) => route({ name }).replace('istio-system/gateway', at);

  test('two Gateways of the same pods share the routes of a port', () => {
    const manifests = [gateway('one', HTTP), gateway('two', HTTP), on('a', 'istio-system/one'), on('b', 'istio-system/two')];
    expect(levelsOf(overlappingEndpoints, manifests.join('---\n'))).toEqual([Level.ERROR]);
  });

  test('those of other pods do not', () => {
    const manifests = [gateway('one', HTTP), gateway('two', HTTP, '{ istio: internal }'), on('a', 'istio-system/one'), on('b', 'istio-system/two')];
    expect(levelsOf(overlappingEndpoints, manifests.join('---\n'))).toEqual([]);
  });

  test('a host that the server does not have', () => {
    const manifests = [gateway('one', HTTP.replace('"*"', '"b.example.com"')), on('a', 'istio-system/one'), on('b', 'istio-system/one')];
    expect(levelsOf(overlappingEndpoints, manifests.join('---\n'))).toEqual([]);
  });

  test('routes of two namespaces, of which the server has one', () => {
    const manifests = [gateway('one', HTTP.replace('"*"', '"models/*"')), on('a', 'istio-system/one'), on('b', 'istio-system/one').replace('namespace: models', 'namespace: web')];
    expect(levelsOf(overlappingEndpoints, manifests.join('---\n'))).toEqual([]);
  });
});

describe('delegates', () => {
  const root = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: root, namespace: models }
spec:
  hosts: [a.example.com]
  gateways: [istio-system/gateway]
  http: [{ match: [{ uri: { prefix: /v2 } }], delegate: { name: inner } }]
`;
  const inner = (match: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: inner, namespace: models }
spec: { http: [{ match: [{ uri: { prefix: ${match} } }], route: [{ destination: { host: inner } }] }] }
`;

  test('the finding is about the rule of the delegate', () => {
    const manifests = [root, inner('/v2/models/x/'), route({ name: 'a', match: '{ uri: { prefix: /v2/models/ } }' })].join('---\n');
    expect(problemsOf(overlappingEndpoints, manifests).map(({ at }) => at)).toEqual(['error at VirtualService models/inner spec.http[0].match[0]']);
  });

  test('a rule outside of the root is dropped', () => {
    expect(levelsOf(overlappingEndpoints, [root, inner('/v1/'), route({ name: 'a', match: '{ uri: { prefix: /v1/ } }' })].join('---\n'))).toEqual([]);
  });
});

describe('routes of Seldon Core 1\'s operator', () => {
  const deployment = `apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: { name: iris, namespace: models }
spec:
  predictors: [{ name: main, graph: { name: iris, implementation: SKLEARN_SERVER, modelUri: gs://models/iris } }]
`;
  const own = route({ name: 'own', host: '*', match: '{ uri: { prefix: /seldon/models/iris/ } }' }).replace('istio-system/gateway', 'istio-system/seldon-gateway');

  test('count if the operator writes them', () => {
    const found = problemsOf(overlappingEndpoints, [deployment, own].join('---\n'), { core1Routes: 'operator' });
    expect(found.map(({ problem }) => problem)).toEqual([
      'VirtualService models/own gets no requests for prefix "/seldon/models/iris/" on host "*" of gateway istio-system/seldon-gateway, '
      + 'since the operator\'s VirtualService models/iris matches them too and comes first',
    ]);
  });

  test.each([undefined, 'library' as const])('do not if core1Routes is %p', (core1Routes) => {
    expect(levelsOf(overlappingEndpoints, [deployment, own].join('---\n'), { core1Routes })).toEqual([]);
  });
});

describe('VirtualServices whose clients name the model in a header', () => {
  const models = (count: number) => Array.from({ length: count }, (_, i) => route({
    name: `m${i}`, match: `{ uri: { prefix: /v2/models/m${i}/ } }, { uri: { prefix: /v2 }, headers: { seldon-model: { exact: m${i} } } }`,
  })).join('---\n');

  test('overlap only for requests that name one model by the path and another one by the header, which is information', () => {
    expect(levelsOf(overlappingEndpoints, models(2))).toEqual([Level.INFO]);
  });

  test('are one finding each, which names the others', () => {
    const found = problemsOf(overlappingEndpoints, models(4));
    expect(found.map(({ at, related }) => [at.split(' ')[3], related.map((each) => each.split(' ')[1])])).toEqual([
      ['models/m1', ['models/m0']], ['models/m2', ['models/m0', 'models/m1']], ['models/m3', ['models/m0', 'models/m1', 'models/m2']],
    ]);
    expect(found[2].problem).toMatch(/ on host "a\.example\.com" of gateway istio-system\/gateway \(and 1 more\), and 2 other VirtualServices match such requests too$/);
  });

  test('are not compared in all pairs', () => {
    const related = (count: number) => problemsOf(overlappingEndpoints, models(count)).reduce((sum, each) => sum + each.related.length, 0);
    expect(related(400) / related(200)).toBeLessThan(2.3);
  });

  test('are errors where one has the path of another one', () => {
    const taken = route({ name: 'a', match: '{ uri: { prefix: /v2/models/ } }' });
    expect(levelsOf(overlappingEndpoints, [models(1), taken].join('---\n'))[0]).toBe(Level.ERROR);
  });
});

describe('a VirtualService that overlaps with many others', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const searching = (name: string) => route({ name, match: `{ uri: { regex: ".*/${name}/.*" } }` });
  const about = (manifests: readonly string[], name: string) => problemsOf(overlappingEndpoints, manifests.join('---\n'))
    .filter(({ at }) => at.includes(`VirtualService models/${name} `));

  test('up to five are one finding each', () => {
    expect(about(names.map(searching), 'f')).toHaveLength(5);
  });

  test('more are one finding', () => {
    expect(about([...names, 'g'].map(searching), 'g')).toEqual([{
      at: 'error at VirtualService models/g spec.http[0].match[0]',
      problem: 'VirtualService models/a and VirtualService models/g both match requests for regex ".*/a/.*" on host "a.example.com" of gateway istio-system/gateway, '
        + 'and 5 other VirtualServices match such requests too',
      remedy: 'give one of them another host or path, or put the rules into one VirtualService with the narrower one first. '
        + 'The older VirtualService comes first, and by name if both are created in the same second, as VirtualService models/a',
      related: names.map((name) => `VirtualService models/${name} spec.http[0].match[0]`),
    }]);
  });

  test('more that take all of its requests are one finding', () => {
    const wide = names.map((name) => route({ name, match: `{ uri: { prefix: /${name} } }` }));
    const narrow = names.map((name) => `{ uri: { prefix: /${name}/x } }`).join(', ');
    const [found, ...others] = about([...wide, route({ name: 'g', match: narrow })], 'g');
    expect(others).toEqual([]);
    expect(found.problem).toMatch(/^VirtualService models\/g gets no requests .* matches them too and comes first, and 5 other VirtualServices match such requests too$/);
  });
});

describe('rules that lead to the same model', () => {
  const to = (headers: string) => `{ destination: { host: seldon-mesh, port: { number: 80 } }${headers === '' ? '' : `, headers: { request: ${headers} }`} }`;
  const iris = '{ set: { seldon-model: iris }, remove: [x-seldon-route, seldon-internal-model] }';
  const rule = (name: string, match: string, headers: string, more = '') => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: models }
spec:
  hosts: [a.example.com]
  gateways: [istio-system/gateway]
  http: [{ match: [${match}], route: [${to(headers)}]${more} }]
`;
  const all = rule('a', '{ uri: { prefix: /v2 } }', '');
  const found = (...manifests: readonly string[]) => levelsOf(overlappingEndpoints, manifests.join('---\n'));

  test('are a warning, since only settings such as timeouts can differ', () => {
    expect(problemsOf(overlappingEndpoints, [all, rule('b', '{ uri: { prefix: /v2/models/iris/ } }', iris, ', timeout: 5s')].join('---\n'))).toEqual([{
      at: 'warning at VirtualService models/b spec.http[0].match[0]',
      problem: 'VirtualService models/b gets no requests for prefix "/v2/models/iris/" on host "a.example.com" of gateway istio-system/gateway, '
        + 'since VirtualService models/a matches them too and comes first',
      remedy: 'give one of them another host or path, or put the rules into one VirtualService with the narrower one first. '
        + 'The older VirtualService comes first, and by name if both are created in the same second, as VirtualService models/a. '
        + 'Both lead such requests to the same model, but only the settings of the first one apply',
      related: ['VirtualService models/a spec.http[0].match[0]'],
    }]);
  });

  test('are a warning if the requests name the model in the header', () => {
    expect(found(rule('a', '{ uri: { prefix: /inference } }', ''), rule('b', '{ uri: { prefix: /inference/ }, headers: { seldon-model: { exact: iris } } }', iris))).toEqual(['warning']);
    expect(found(rule('a', '{ uri: { prefix: /inference } }', ''), rule('b', '{ uri: { prefix: /inference/ }, headers: { seldon-model: { exact: other } } }', iris))).toEqual(['error']);
  });

  test.each([
    ['paths of several models', '{ uri: { prefix: /v2/models/iri } }', iris, ''],
    ['paths of another model', '{ uri: { prefix: /v2/models/wine/ } }', iris, ''],
    ['a path without case', '{ uri: { prefix: /v2/models/iris/ }, ignoreUriCase: true }', iris, ''],
    ['an expression', '{ uri: { regex: /v2/models/iris/.* } }', iris, ''],
    ['another path for the backend', '{ uri: { prefix: /v2/models/iris/ } }', iris, ', rewrite: { uri: / }'],
    ['a fault', '{ uri: { prefix: /v2/models/iris/ } }', iris, ', fault: { abort: { httpStatus: 503, percentage: { value: 100 } } }'],
    ['a choice among models', '{ uri: { prefix: /v2/models/iris/ } }', '{ set: { seldon-model: iris, x-seldon-route: ":wine:" } }', ''],
    ['a second header', '{ uri: { prefix: /v2/models/iris/ } }', '{ set: { seldon-model: iris }, add: { seldon-model: wine } }', ''],
  ])('is an error with %s', (_, match, headers, more) => {
    expect(found(rule('a', '{ uri: { prefix: /V2 }, ignoreUriCase: true }', ''), rule('b', match, headers, more))).toEqual(['error']);
  });

  test('is an error where the first rule removes the header of the model', () => {
    expect(found(rule('a', '{ uri: { prefix: /inference } }', '{ remove: [Seldon-Model] }'), rule('b', '{ uri: { prefix: /inference/ }, headers: { seldon-model: { exact: iris } } }', iris)))
      .toEqual(['error']);
  });

  test('is an error where one of several rules that take all requests leads to another model', () => {
    const halves = (headers: string) => [
      rule('a', '{ uri: { prefix: /v2 }, headers: { h: { exact: x } } }', ''),
      rule('b', '{ uri: { prefix: /v2 }, withoutHeaders: { h: { exact: x } } }', headers),
    ];
    const narrow = rule('c', '{ uri: { prefix: /v2/models/iris/ } }', iris);
    expect(found(...halves(''), narrow)).toEqual(['warning']);
    expect(found(...halves('{ set: { seldon-model: wine } }'), narrow)).toContain('error');
  });
});
