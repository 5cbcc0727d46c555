import { App } from 'cdk8s';
import { IConstruct } from 'constructs';
import fc from 'fast-check';
import * as overlap from '../../../src/plan/conflicts/overlap';
import { findRouteConflicts } from '../../../src/plan/conflicts/route-conflicts';
import { RouteEntry, queryParameter } from '../../../src/plan/conflicts/route-entry';
import { RequestProtocol } from '../../../src/plan/request-match';
import { StringMatch, StringMatchKind } from '../../../src/plan/string-match';

const GRPC = StringMatch.prefix('/inference.GRPCInferenceService/');

const AT: IConstruct = new App();

const textsOf = (entries: readonly RouteEntry[]) => findRouteConflicts(entries).map(({ text }) => text);

/** An entry of a separate plan, with one endpoint, on every host of one gateway. */
function entry(owner: string, differs: Partial<RouteEntry> = {}): RouteEntry {
  const plan = differs.plan ?? {};
  return { at: AT, owner, plan, endpoint: plan, listener: 'gateway:80', host: '*', path: StringMatch.prefix(`/${owner}/`), headers: {}, ...differs };
}

function byHeaders(headers: { [name: string]: string }): Partial<RouteEntry> {
  return { path: GRPC, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, StringMatch.exact(value)])) };
}

describe('requests that two endpoints take', () => {
  test('no entries, no conflicts', () => {
    expect(textsOf([])).toEqual([]);
  });

  test('different paths do not conflict', () => {
    expect(textsOf([entry('iris'), entry('iris-large')])).toEqual([]);
  });

  test('a path that begins like another one conflicts, and the pair is reported once', () => {
    expect(textsOf([
      entry('iris', { path: StringMatch.prefix('/v2/models/iris') }),
      entry('large', { path: StringMatch.prefix('/v2/models/iris-large/') }),
    ])).toEqual([
      'iris and large both match requests for prefix "/v2/models/iris-large/" on host "*". Give one of them another path, header or host',
    ]);
  });

  test('two endpoints of one plan take requests from each other like any others', () => {
    const plan = {};
    const path = StringMatch.exact('/a');

    expect(textsOf([entry('main', { plan, endpoint: {}, path }), entry('preview', { plan, endpoint: {}, path })])).toEqual([
      'main and preview both match requests for exact "/a" on host "*". Give one of them another path, header or host',
    ]);
  });

  test('paths of one endpoint may overlap', () => {
    const plan = {};

    expect(textsOf([entry('iris', { plan, path: StringMatch.prefix('/a') }), entry('iris', { plan, path: StringMatch.exact('/a') })])).toEqual([]);
  });

  test('the order of the entries does not change the text', () => {
    const entries = [entry('b', { path: StringMatch.prefix('/a') }), entry('a', { path: StringMatch.exact('/a') })];
    const text = 'a and b both match requests for exact "/a" on host "*". Give one of them another path, header or host';

    expect(textsOf(entries)).toEqual([text]);
    expect(textsOf([...entries].reverse())).toEqual([text]);
  });

  test('an expression conflicts with a path that it matches', () => {
    expect(textsOf([entry('a', { path: StringMatch.regex('/v[12]/.*') }), entry('b', { path: StringMatch.exact('/v2/x') })])).toEqual([
      'a and b both match requests for regex "/v[12]/.*" on host "*". Give one of them another path, header or host',
    ]);
  });

  test('calls with the same header conflict, and the text names it', () => {
    expect(textsOf([entry('a', byHeaders({ 'seldon-model': 'iris' })), entry('b', byHeaders({ 'seldon-model': 'iris' }))])).toEqual([
      'a and b both match requests for prefix "/inference.GRPCInferenceService/" with seldon-model: iris on host "*". '
      + 'Give one of them another path, header or host',
    ]);
  });

  test('an endpoint for all calls conflicts with those with headers', () => {
    expect(textsOf([entry('owner', byHeaders({})), entry('iris', byHeaders({ seldon: 'iris', namespace: 'models' }))])).toEqual([
      'iris and owner both match requests for prefix "/inference.GRPCInferenceService/" with seldon: iris, namespace: models on host "*". '
      + 'Give one of them another path, header or host',
    ]);
  });

  test('Core 1 next to Core 2: calls are identified by different headers', () => {
    expect(textsOf([
      entry('core1', byHeaders({ seldon: 'iris', namespace: 'models' })),
      entry('core2', byHeaders({ 'seldon-model': 'iris' })),
    ])).toEqual([]);
  });

  test('calls are identified by different values of a header', () => {
    expect(textsOf([
      entry('a', byHeaders({ seldon: 'iris', namespace: 'dev' })),
      entry('b', byHeaders({ seldon: 'iris', namespace: 'prod' })),
      entry('c', byHeaders({ seldon: 'wine', namespace: 'dev' })),
    ])).toEqual([]);
  });

  test('values that join to the same string do not conflict', () => {
    expect(textsOf([entry('a', byHeaders({ x: 'a\nb', y: 'c' })), entry('b', byHeaders({ x: 'a', y: 'b\nc' }))])).toEqual([]);
  });

  test('a header may be called like a property of every object', () => {
    expect(textsOf([entry('a', byHeaders({ constructor: 'x' })), entry('b', byHeaders({ seldon: 'iris' }))])).toEqual([]);
    expect(textsOf([entry('a', byHeaders({ constructor: 'x' })), entry('b', byHeaders({}))]).length).toBe(1);
  });

  test('endpoints of one plan do not conflict', () => {
    const plan = {};

    expect(textsOf(['a', 'b'].map((owner) => entry(owner, { plan, path: StringMatch.prefix('/') })))).toEqual([]);
  });

  test('a REST path that no call can have does not conflict with calls with a header', () => {
    const methods = { ...byHeaders({ 'seldon-model': 'iris' }), path: StringMatch.prefix('/a/'), protocol: RequestProtocol.GRPC };

    expect(textsOf([
      entry('calls', methods),
      entry('deep', { path: StringMatch.prefix('/a/b/c'), protocol: RequestProtocol.REST }),
      entry('short', { path: StringMatch.exact('/'), protocol: RequestProtocol.REST }),
      entry('direct', { path: StringMatch.exact('/a/b/d') }),
    ])).toEqual([]);
  });

  test('a REST path that a call can have conflicts with calls', () => {
    expect(textsOf([
      entry('calls', { path: StringMatch.prefix('/a/'), protocol: RequestProtocol.GRPC }),
      entry('rest', { path: StringMatch.prefix('/a'), protocol: RequestProtocol.REST }),
    ])).toEqual(['calls and rest both match requests for prefix "/a/" on host "*". Give one of them another path, header or host']);
  });

  test('a catch-all endpoint conflicts only with another one', () => {
    const page = { path: StringMatch.prefix('/') };
    const model = entry('model', { path: StringMatch.prefix('/v2/models/iris/') });
    const calls = entry('calls', { path: StringMatch.prefix('/a/'), protocol: RequestProtocol.GRPC });

    expect(textsOf([entry('page', page), model, calls])).toEqual([]);
    expect(textsOf([entry('page', page), entry('other', page)]))
      .toEqual(['other and page both match requests for prefix "/" on host "*". Give one of them another path, header or host']);
    expect(textsOf([entry('page', { ...page, headers: { tester: StringMatch.exact('yes') } }), model]).length).toEqual(1);
  });

  test('an expression is held against the whole of a prefix', () => {
    const models = entry('models', { path: StringMatch.regex('/v2/models/(iris|iris2)(/.*)?') });

    expect(textsOf([models, entry('wine', { path: StringMatch.prefix('/v2/models/wine/') })])).toEqual([]);
    expect(textsOf([models, entry('second', { path: StringMatch.prefix('/v2/models/iris2/') })]).length).toEqual(1);
    expect(textsOf([
      entry('predict', { path: StringMatch.regex('(?i)/[a-z]+/predict') }),
      entry('calls', { path: StringMatch.prefix('/inference.GRPCInferenceService/'), protocol: RequestProtocol.GRPC }),
    ])).toEqual([]);
  });

  test('other listeners do not conflict', () => {
    const path = StringMatch.prefix('/');

    expect(textsOf([entry('a', { path }), entry('b', { path, listener: 'gateway:443' })])).toEqual([]);
  });

  test('other hosts do not conflict', () => {
    const path = StringMatch.prefix('/');

    expect(textsOf([entry('a', { path, host: 'a.com' }), entry('b', { path, host: 'b.com' })])).toEqual([]);
  });
});

describe('a conflict of two endpoints', () => {
  const REMEDY = 'Give one of them another path, header or host';
  /** An endpoint as constructs register it: two REST paths and calls, on each of its hosts. */
  const endpoint = (owner: string, hosts = ['*'], differs: Partial<RouteEntry> = {}) => {
    const plan = {};
    return hosts.flatMap((host) => [
      entry(owner, { plan, host, path: StringMatch.exact('/v2/models/iris'), protocol: RequestProtocol.REST, ...differs }),
      entry(owner, { plan, host, path: StringMatch.prefix('/v2/models/iris/'), protocol: RequestProtocol.REST, ...differs }),
      entry(owner, { plan, host, ...byHeaders({ 'seldon-model': 'iris' }), protocol: RequestProtocol.GRPC, ...differs }),
    ]);
  };

  test('is reported once, with the number of requests that both take', () => {
    expect(textsOf([...endpoint('a'), ...endpoint('b')])).toEqual([`a and b both match requests for exact "/v2/models/iris" on host "*" (and 2 more). ${REMEDY}`]);
  });

  test('is reported once for all hosts and listeners', () => {
    const hosts = ['a.test', 'b.test'];
    const both = [...endpoint('a', hosts), ...endpoint('b', hosts)];
    expect(textsOf([...both, ...both.map((each) => ({ ...each, listener: 'gateway:443' }))]))
      .toEqual([`a and b both match requests for exact "/v2/models/iris" on host "a.test" (and 5 more). ${REMEDY}`]);
  });

  test('about hosts is reported once for all of them', () => {
    expect(textsOf([entry('wide'), ...endpoint('narrow', ['a.test', 'b.test', 'c.test'])])).toEqual([
      'narrow on host "a.test" and 2 more hides wide, which is on "*" behind the same gateway and would answer 404 there. '
      + 'Give both the same host, or accept the finding with Rules.accept',
    ]);
  });

  test('gives each remedy once', () => {
    const page = entry('page', { path: StringMatch.prefix('/'), headers: { tester: StringMatch.exact('yes') }, protocol: RequestProtocol.REST });
    const arm = { ...page, headers: { cookie: StringMatch.exact('a') }, selectsArm: true };
    const tested = entry('wine', { headers: { tester: StringMatch.exact('yes') }, protocol: RequestProtocol.REST });
    const texts = textsOf([page, arm, tested]);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatch(
      /^page and wine both match requests for prefix "\/wine\/" with tester: yes on host "\*" \(and 1 more\). Give one of them another path, header or host; Istio puts a catch-all rule/);
  });

  test('stands at one of the two, and not at one whose route someone else writes', () => {
    const [mine, foreign] = [new App(), new App()];
    const operator = endpoint('a', ['*'], { at: foreign, remedy: 'disable it' });
    expect(findRouteConflicts([...endpoint('b', ['*'], { at: mine }), ...operator])).toEqual([
      { at: mine, text: 'a and b both match requests for exact "/v2/models/iris" on host "*" (and 2 more). Disable it' },
    ]);
    expect(findRouteConflicts([entry('wide'), entry('narrow', { at: mine, host: 'a.test' })]).map(({ at }) => at)).toEqual([mine]);
  });

  test('of three endpoints is reported in the same words in any order', () => {
    const entries = ['a', 'b', 'c'].flatMap((owner) => endpoint(owner));
    const texts = ['b', 'c'].map((other) => `a and ${other} both match requests for exact "/v2/models/iris" on host "*" (and 2 more). ${REMEDY}`);
    fc.assert(fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
      expect(textsOf(shuffled)).toEqual(texts);
    }), { seed: 13, numRuns: 50 });
  });
});

describe('rules that select an arm of an endpoint for all paths', () => {
  const exact = (headers: { [name: string]: string }) => Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, StringMatch.exact(value)]));
  const arm = (headers: { [name: string]: string }, differs: Partial<RouteEntry> = {}) => entry('page', {
    path: StringMatch.prefix('/'), protocol: RequestProtocol.REST, headers: exact(headers), selectsArm: true, ...differs,
  });
  const wine = entry('wine', { path: StringMatch.prefix('/v2/models/wine/'), protocol: RequestProtocol.REST });
  const calls = entry('calls', { ...byHeaders({ 'seldon-model': 'wine' }), protocol: RequestProtocol.GRPC });
  const REMEDY = 'Istio puts a catch-all rule after those of other routes only if the rule has no conditions, and otherwise the older route first. '
    + 'Give the catch-all endpoint its own host or narrower paths, or remove its testers and sticky sessions';

  test('are tried before those of others, whatever headers these ask for', () => {
    expect(textsOf([arm({ 'x-tester': 'yes' }), wine])).toEqual([
      `page and wine both match requests for prefix "/v2/models/wine/" with x-tester: yes on host "*". ${REMEDY}`,
    ]);
    expect(textsOf([calls, arm({ 'x-tester': 'yes' })])).toEqual([
      `page and calls both match requests for prefix "/inference.GRPCInferenceService/" with x-tester: yes, seldon-model: wine on host "*". ${REMEDY}`,
    ]);
  });

  test('are tried before those of others, without a header', () => {
    expect(textsOf([arm({}, { withoutHeaders: exact({ 'x-robot': 'yes' }) }), wine])).toEqual([
      `page and wine both match requests for prefix "/v2/models/wine/" without x-robot: yes on host "*". ${REMEDY}`,
    ]);
  });

  test('are reported once for each endpoint', () => {
    const endpoint = {};
    const arms = ['a', 'b'].map((value) => arm({ cookie: value }, { endpoint }));

    expect(textsOf([...arms, wine, entry('iris')]).length).toBe(1);
    expect(textsOf([arm({ cookie: 'a' }), arm({ cookie: 'b' }, { owner: 'other' }), wine]).length).toBe(2);
  });

  test('do not conflict with calls, which have no query', () => {
    const queried = arm({ [queryParameter('beta')]: '1' });

    expect(textsOf([queried, calls])).toEqual([]);
    expect(textsOf([queried, wine])).toEqual([
      `page and wine both match requests for prefix "/v2/models/wine/" with query parameter "beta": 1 on host "*". ${REMEDY}`,
    ]);
  });

  test('do not conflict with requests that have another value, or must have what is excluded', () => {
    const team = (value: StringMatch) => entry('team', { headers: { 'x-team': value } });

    expect(textsOf([arm({ 'x-team': 'a' }), team(StringMatch.exact('b'))])).toEqual([]);
    expect(textsOf([arm({ 'x-team': 'a' }), team(StringMatch.prefix('b'))])).toEqual([]);
    expect(textsOf([arm({ 'x-team': 'a' }), team(StringMatch.regex('[a-c]'))]).length).toBe(1);
    expect(textsOf([arm({}, { withoutHeaders: exact({ 'x-team': 'b' }) }), team(StringMatch.exact('b'))])).toEqual([]);
    expect(textsOf([arm({}, { withoutHeaders: exact({ 'x-team': 'c' }) }), team(StringMatch.exact('b'))]).length).toBe(1);
    expect(textsOf([arm({ 'x-team': 'a' }), entry('rest', { withoutHeaders: exact({ 'x-team': 'a' }) })])).toEqual([]);
    expect(textsOf([arm({ 'x-team': 'a' }), entry('rest', { withoutHeaders: exact({ 'x-team': 'c' }) })]).length).toBe(1);
  });

  test('do not conflict with the endpoint itself, its rule without conditions, or catch-all pages', () => {
    const endpoint = {};

    expect(textsOf([arm({ cookie: 'a' }, { endpoint }), entry('page', { endpoint, path: StringMatch.prefix('/') }), entry('page', { endpoint })])).toEqual([]);
    expect(textsOf([arm({ cookie: 'a' }), entry('other', { path: StringMatch.regex('.*') })])).toEqual([]);
  });
});

describe('methods of calls without a header', () => {
  const calls = (methods: StringMatch) => entry('calls', { path: methods, protocol: RequestProtocol.GRPC });
  const wine = entry('wine', { path: StringMatch.prefix('/v2/models/wine/'), protocol: RequestProtocol.REST });
  const conflict = (requests: string) => [`calls and wine both match requests for ${requests} on host "*". Istio compares the expression for gRPC methods `
    + 'with the paths of REST requests as well. Begin it with the gRPC service, as in "/my[.]Service/.*", or give one of the endpoints another host'];

  test('take requests of REST paths that fit an expression', () => {
    expect(textsOf([calls(StringMatch.regex('/.*')), wine])).toEqual(conflict('prefix "/v2/models/wine/"'));
    expect(textsOf([wine, calls(StringMatch.regex('.*/(Predict|Explain|infer)'))])).toEqual(conflict('prefix "/v2/models/wine/"'));
  });

  test.each(['/my[.]Service/.*', '/[^/]+/(Predict|Explain|infer)', '/(a|b)[.]Service/.*'])('take none that do not fit %s', (expression) => {
    expect(textsOf([calls(StringMatch.regex(expression)), wine])).toEqual([]);
  });

  test('conflict with requests in which an expression finds a part of the path that callers of models send', () => {
    expect(textsOf([calls(StringMatch.regex('.*infer.*')), wine])).toEqual(conflict('exact "/v2/models/wine/infer"'));
    // Seldon's own for Core 1.
    const operator = StringMatch.regex('.*tensorflow.*|.*seldon.protos.*|.*inference.*');
    expect(textsOf([calls(operator), wine])).toEqual([]);
    expect(textsOf([calls(operator), entry('wine', { path: StringMatch.exact('/v2/models/wine-inference') })]))
      .toEqual(conflict('exact "/v2/models/wine-inference"'));
  });

  test('take requests below a path that no call can have', () => {
    expect(textsOf([calls(StringMatch.prefix('/a/')), entry('deep', { path: StringMatch.prefix('/a/b/c/') })])).toEqual([
      'calls and deep both match requests for prefix "/a/b/c/" on host "*". Give one of them another path, header or host',
    ]);
  });

  test('leave nothing to a page when they are for all paths, unless they come last themselves', () => {
    const page = entry('page', { path: StringMatch.prefix('/'), protocol: RequestProtocol.REST });

    expect(textsOf([calls(StringMatch.regex('/.*')), page]).length).toBe(1);
    expect(textsOf([calls(StringMatch.regex('/[^/]+/.*')), page])).toEqual([]);
    expect(textsOf([calls(StringMatch.prefix('/')), wine])).toEqual([]);
    expect(textsOf([calls(StringMatch.prefix('/')), page]).length).toBe(1);
  });
});

describe('hosts that hide endpoints', () => {
  const takes = (host: string, wider: string) => (
    `narrow on host "${host}" hides wide, which is on "${wider}" behind the same gateway and would answer 404 there. `
    + 'Give both the same host, or accept the finding with Rules.accept');

  test('a host hides *', () => {
    expect(textsOf([entry('wide'), entry('narrow', { host: 'a.example.com' })])).toEqual([takes('a.example.com', '*')]);
  });

  test('a wildcard hides a wider one', () => {
    expect(textsOf([entry('wide', { host: '*.com' }), entry('narrow', { host: '*.example.com' })])).toEqual([takes('*.example.com', '*.com')]);
  });

  test('a generated endpoint may hide others', () => {
    expect(textsOf([entry('wide'), entry('narrow', { host: 'a.example.com', mayHide: true })])).toEqual([]);
  });

  test('only other endpoints are reported', () => {
    expect(textsOf([
      entry('wide'),
      entry('accepted', { host: 'a.example.com', mayHide: true }),
      entry('narrow', { host: 'a.example.com' }),
    ])).toEqual([takes('a.example.com', '*')]);
  });

  test('two endpoints of one plan may be on a wider and a narrower host', () => {
    const plan = {};

    expect(textsOf([entry('main', { plan, endpoint: {} }), entry('preview', { plan, endpoint: {}, host: 'a.example.com' })])).toEqual([]);
  });

  test('an endpoint may be on both hosts, next to others that are on both', () => {
    const [a, b] = [{}, {}];

    expect(textsOf([
      entry('a', { plan: a }), entry('a', { plan: a, host: 'a.example.com' }),
      entry('b', { plan: b }), entry('b', { plan: b, host: 'a.example.com' }),
    ])).toEqual([]);
  });

  test('an endpoint on both hosts hides those on the wider one only', () => {
    const plan = {};

    expect(textsOf([entry('narrow', { plan }), entry('narrow', { plan, host: 'a.example.com' }), entry('wide')]))
      .toEqual([takes('a.example.com', '*')]);
  });

  test('endpoints of one plan take nothing from each other', () => {
    const plan = {};

    expect(textsOf([entry('main', { plan }), entry('preview', { plan, host: 'preview.example.com' })])).toEqual([]);
  });

  test('another listener has separate hosts', () => {
    expect(textsOf([entry('wide'), entry('narrow', { host: 'a.example.com', listener: 'mesh' })])).toEqual([]);
  });
});

describe('against all requests of a small world', () => {
  /** What a match accepts, determined without the code under test. */
  type Accepts = (text: string) => boolean;
  const accepts = new Map<StringMatch, Accepts>();
  function known(match: StringMatch, accept: Accepts): StringMatch {
    accepts.set(match, accept);
    return match;
  }
  const exact = (value: string) => known(StringMatch.exact(value), (text) => text === value);
  const prefix = (value: string) => known(StringMatch.prefix(value), (text) => text.slice(0, value.length) === value);
  const regex = (value: string, accept: Accepts) => known(StringMatch.regex(value), accept);

  const letters = (...chars: string[]) => (text: string) => [...text].every((char) => chars.includes(char));

  // Of literal matches that overlap the longer text satisfies both, so the world must hold every text that is used here.
  const PATHS = ['', 'a', 'b', '/', 'aa', 'ab', 'ba', 'bb', 'a/', 'b/', 'a/a', 'a/b', 'A'].map((text) => `/${text}`);
  const VALUES = ['', 'a', 'b', 'ab', 'ba', 'aab', 'abb'];
  const NAMES = ['x', 'y', 'z'];
  const CONCRETE = { '*': 'c.org', '*.example.com': 'c.example.com', 'a.example.com': 'a.example.com' };
  const HOSTS = Object.keys(CONCRETE) as (keyof typeof CONCRETE)[];
  const covers = (pattern: string, host: string) => pattern === '*' || pattern === host
    || (pattern === '*.example.com' && host.split('.').length === 3 && host.split('.').slice(1).join('.') === 'example.com');

  const literalPaths = [...['/', '/a', '/b', '/ab', '/a/', '/a/b'].map(exact), ...['/', '/a', '/b', '/a/', '/a/b'].map(prefix)];
  const regexPaths = [
    regex('.*', () => true),
    regex('/.*', () => true),
    regex('/a.*', (text) => text[1] === 'a'),
    regex('/(a|b)', (text) => text === '/a' || text === '/b'),
    regex('/a|/b/', (text) => text === '/a' || text === '/b/'),
    regex('/[ab]b?', (text) => ['/a', '/b', '/ab', '/bb'].includes(text)),
    regex('(?i)/A', (text) => text === '/a' || text === '/A'),
    regex('/[[:lower:]]+', (text) => text.length > 1 && letters('a', 'b')(text.slice(1))),
    regex('/a/\\x62', (text) => text === '/a/b'),
  ];
  const literalValues = [...['', 'a', 'b', 'ab'].map(exact), ...['a', 'ab', 'b'].map(prefix)];
  const regexValues = [
    regex('a|b', (text) => text === 'a' || text === 'b'),
    regex('a+b', (text) => text === 'ab' || text === 'aab'),
    regex('.*', () => true),
    regex('b.*', (text) => text[0] === 'b'),
  ];

  interface Sketch {
    readonly plan: number;
    readonly endpoint: number;
    readonly listener: string;
    readonly host: keyof typeof CONCRETE;
    readonly mayHide: boolean;
    readonly protocol?: RequestProtocol;
    readonly path: StringMatch;
    readonly headers: { [name: string]: StringMatch };
    readonly withoutHeaders: { [name: string]: StringMatch };
    readonly selects: boolean;
  }

  /** Of an endpoint for all paths a rule with conditions may be that of an arm; that of others has a rule that takes more. */
  function armOf({ path, headers, withoutHeaders, selects }: Sketch): Pick<RouteEntry, 'withoutHeaders' | 'selectsArm'> {
    if (!selects || !isForAllPaths(path)) return {};
    const lacking = Object.fromEntries(Object.entries(withoutHeaders).filter(([name]) => !Object.hasOwn(headers, name)));
    return { withoutHeaders: lacking, selectsArm: Object.keys({ ...headers, ...lacking }).length > 0 };
  }

  function entries(paths: StringMatch[], values: StringMatch[]): fc.Arbitrary<RouteEntry[]> {
    const sketch: fc.Arbitrary<Sketch> = fc.record({
      plan: fc.nat(3),
      endpoint: fc.nat(1),
      listener: fc.constantFrom('mesh', 'gateway:80', 'gateway:80'),
      host: fc.constantFrom(...HOSTS),
      mayHide: fc.boolean(),
      protocol: fc.constantFrom(undefined, RequestProtocol.REST, RequestProtocol.GRPC),
      path: fc.constantFrom(...paths),
      headers: fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom(...values), { maxKeys: 3, noNullPrototype: true }),
      withoutHeaders: fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom(...values), { maxKeys: 1, noNullPrototype: true }),
      selects: fc.boolean(),
    });
    // Sets with one host or with takers that allow it let shared requests be seen without host takeovers.
    return fc.tuple(fc.array(sketch, { minLength: 2, maxLength: 7 }), fc.boolean(), fc.boolean()).map(([sketches, oneHost, accepted]) => {
      const plans = Array.from({ length: 4 }, () => ({ endpoints: [{}, {}] }));
      return sketches.map(({ withoutHeaders: _lacking, ...each }, i) => ({
        ...each,
        ...armOf(sketches[i]),
        at: AT,
        owner: `c${i}`,
        plan: plans[each.plan],
        endpoint: plans[each.plan].endpoints[each.endpoint],
        host: oneHost ? '*' : each.host,
        mayHide: accepted || each.mayHide,
      }));
    });
  }

  /** Every set of headers with some of the names. */
  const HEADER_SETS = NAMES.reduce<{ [name: string]: string }[]>(
    (sets, name) => sets.flatMap((set) => [set, ...VALUES.map((value) => ({ ...set, [name]: value }))]), [{}]);

  function carriesOnly(headers: { [name: string]: string }, { headers: asked }: RouteEntry): boolean {
    return Object.keys(headers).every((name) => Object.keys(asked).includes(name));
  }

  function fits({ headers, withoutHeaders = {} }: RouteEntry, sent: { [name: string]: string }): boolean {
    return Object.entries(headers).every(([name, match]) => name in sent && accepts.get(match)!(sent[name]))
      && !Object.entries(withoutHeaders).some(([name, match]) => name in sent && accepts.get(match)!(sent[name]));
  }

  /** Whether a client could send a request for a entry: the path of a gRPC call has two parts. */
  function isFor(to: RouteEntry, text: string, sent: { [name: string]: string }): boolean {
    return carriesOnly(sent, to) && (to.protocol !== RequestProtocol.GRPC || text.split('/').length === 3);
  }

  function isForAllPaths(path: StringMatch): boolean {
    return ['prefix "/"', 'regex ".*"'].includes(path.toString());
  }

  /** Istio tries what asks for nothing but a slash after everything else. */
  function isLast({ path, headers, withoutHeaders = {} }: RouteEntry): boolean {
    return isForAllPaths(path) && Object.keys({ ...headers, ...withoutHeaders }).length === 0;
  }

  /** Whether nothing is left for a rule that is tried last. */
  function leavesNothing({ path, headers }: RouteEntry): boolean {
    return path.toString() === 'regex "/.*"' && Object.keys(headers).length === 0;
  }

  /**
   * Whether a request satisfies both of two entries. It carries the headers of one of them, or any when one is the rule of an
   * arm, which does not select by model.
   */
  function share(a: RouteEntry, b: RouteEntry): boolean {
    if (a.endpoint === b.endpoint || a.listener !== b.listener || a.host !== b.host) return false;
    if ((isLast(a) && leavesNothing(b)) || (isLast(b) && leavesNothing(a))) return true;
    if (isLast(a) !== isLast(b) || (a.selectsArm === true && b.selectsArm === true)) return false;
    const byArm = a.selectsArm === true || b.selectsArm === true;
    return PATHS.some((text) => accepts.get(a.path)!(text) && accepts.get(b.path)!(text)
      && HEADER_SETS.some((sent) => fits(a, sent) && fits(b, sent) && (byArm || isFor(a, text, sent) || isFor(b, text, sent))));
  }

  /** Whether a request for a host reaches the taker's entry, where nothing of the other's plan is, and not the other's. */
  function takesFrom(taker: RouteEntry, other: RouteEntry, all: readonly RouteEntry[]): boolean {
    const behind = all.filter(({ listener }) => listener === taker.listener);
    const here = (host: string) => behind.filter((each) => each.host === host);
    return !taker.mayHide && taker.listener === other.listener && Object.values(CONCRETE).some((host) => {
      const narrowest = [...HOSTS].reverse().find((pattern) => covers(pattern, host) && here(pattern).length > 0);
      return taker.host === narrowest && covers(other.host, host) && here(narrowest).every(({ plan }) => plan !== other.plan);
    });
  }

  interface Truth {
    readonly sharing: Set<string>;
    readonly taken: Set<string>;
  }

  type Pairs = [RouteEntry, RouteEntry][];

  /** What the texts name, checked to be worded as they should. */
  function read(problems: readonly string[], all: readonly RouteEntry[]): { sharing: Pairs; taking: Pairs } {
    const named = (owner: string) => all.find((each) => each.owner === owner)!;
    const sharing: [RouteEntry, RouteEntry][] = [];
    const taking: [RouteEntry, RouteEntry][] = [];
    for (const problem of problems) {
      const shared = /^(c\d) and (c\d) both match requests for .* on host "([^"]*)"(?: \(and \d+ more\))?\. (?:Give one of them another path, header or host(?:; .*)?|Istio puts a catch-all rule .*|Istio compares the expression for gRPC methods .*)$/.exec(problem);
      if (shared !== null) {
        sharing.push([named(shared[1]), named(shared[2])]);
        expect(shared[3]).toEqual(named(shared[1]).host);
        continue;
      }
      const taken = /^(c\d) on host "(.*)" hides (c\d), which is on "(.*)" (?:behind the same gateway|inside the mesh too) and would answer 404 there\. /.exec(problem)!;
      expect([taken[2], taken[4]]).toEqual([named(taken[1]).host, named(taken[3]).host]);
      taking.push([named(taken[1]), named(taken[3])]);
    }
    return { sharing, taking };
  }

  /** Where requests are shared, and which entries take a host. */
  function truth(all: readonly RouteEntry[]): Truth {
    const others = (a: RouteEntry) => all.filter((b) => b !== a);
    const places = all.filter((a) => others(a).some((b) => share(a, b))).map((a) => `${a.listener} ${a.host}`);
    const takers = all.filter((a) => others(a).some((b) => takesFrom(a, b, all))).map((a) => a.owner);
    return { sharing: new Set(places), taken: new Set(takers) };
  }

  const isLiteral = ({ path, headers }: RouteEntry) => [path, ...Object.values(headers)].every(({ kind }) => kind !== StringMatchKind.REGEX);

  test('the requests distinguish literal matches', () => {
    for (const match of literalPaths) expect(PATHS.filter((text) => accepts.get(match)!(text))).toContain(match.value);
    for (const match of literalValues) expect(VALUES.filter((text) => accepts.get(match)!(text))).toContain(match.value);
  });

  test('literal entries: a problem is found exactly where there is one, and each text names a true pair', () => {
    const counts = { none: 0, shared: 0, taken: 0 };
    fc.assert(fc.property(entries(literalPaths, literalValues), (all) => {
      const { sharing, taken } = truth(all);
      const problems = textsOf(all);
      counts.none += sharing.size + taken.size === 0 ? 1 : 0;
      counts.shared += sharing.size > 0 ? 1 : 0;
      counts.taken += taken.size > 0 ? 1 : 0;

      expect(problems.length > 0).toBe(sharing.size + taken.size > 0);
      const found = read(problems, all);
      for (const [a, b] of found.sharing) expect(share(a, b)).toBe(true);
      for (const [a, b] of found.taking) expect(takesFrom(a, b, all)).toBe(true);
      expect(new Set(found.sharing.map(([a]) => `${a.listener} ${a.host}`))).toEqual(sharing);
      expect(new Set(found.taking.map(([a]) => a.owner))).toEqual(taken);
      expect(textsOf([...all].reverse())).toEqual(problems);
    }), { seed: 11, numRuns: 1500 });
    expect(Math.min(counts.none, counts.shared, counts.taken)).toBeGreaterThan(150);
  });

  test('entries with expressions: nothing is missed, and only pairs with an expression may be named for nothing', () => {
    const counts = { none: 0, shared: 0, rightly: 0, forNothing: 0 };
    fc.assert(fc.property(entries([...literalPaths, ...regexPaths], [...literalValues, ...regexValues]), (all) => {
      const { sharing, taken } = truth(all);
      const found = read(textsOf(all), all);
      const places = new Set(found.sharing.map(([a]) => `${a.listener} ${a.host}`));
      counts.none += found.sharing.length === 0 ? 1 : 0;
      counts.shared += sharing.size > 0 ? 1 : 0;

      expect([...sharing].filter((place) => !places.has(place))).toEqual([]);
      expect(new Set(found.taking.map(([a]) => a.owner))).toEqual(taken);
      for (const [a, b] of found.sharing) {
        const rightly = share(a, b);
        counts[rightly ? 'rightly' : 'forNothing'] += 1;
        if (isLiteral(a) && isLiteral(b)) expect(rightly).toBe(true);
      }
    }), { seed: 12, numRuns: 1500 });
    expect(Math.min(counts.none, counts.shared)).toBeGreaterThan(150);
    expect(counts.forNothing).toBeLessThan(counts.rightly);
  });
});

describe('many entries', () => {
  const PAGE = {};

  /** How often the pass looks at parts of entries, and compares matches, for so many entries. */
  function effort(count: number, make: (i: number) => RouteEntry): { looks: number; comparisons: number; problems: number } {
    let looks = 0;
    const entries = Array.from({ length: count }, (_, i) => new Proxy(make(i), {
      get: (target, key) => {
        looks += 1;
        return Reflect.get(target, key);
      },
    }));
    const compare = jest.spyOn(overlap, 'matchesOverlap');
    try {
      return { problems: textsOf(entries).length, looks, comparisons: compare.mock.calls.length };
    } finally {
      compare.mockRestore();
    }
  }

  const numbered: [string, number, (i: number) => RouteEntry][] = [
    ['calls of one method prefix with different headers', 0, (i) => entry(`c${i}`, byHeaders({ 'seldon-model': `m${i}` }))],
    ['calls with two different headers each', 0, (i) => entry(`c${i}`, byHeaders({ seldon: `m${i}`, namespace: 'models' }))],
    ['calls with one header together with calls with two', 0, (i) => entry(`c${i}`, byHeaders(i % 2 === 0 ? { seldon: `m${i}` } : { seldon: `m${i}`, namespace: 'a' }))],
    ['paths', 0, (i) => entry(`c${i}`, { path: i % 2 === 0 ? StringMatch.exact(`/m${i}`) : StringMatch.prefix(`/m${i}/`) })],
    ['paths by expressions', 0, (i) => entry(`c${i}`, { path: StringMatch.regex(`/v2/models/m${i}/(infer|ready)`) })],
    ['paths for callers with a header that begins so', 0, (i) => entry(`c${i}`, { headers: { 'x-user': StringMatch.prefix('beta-') } })],
    ['hosts', 0, (i) => entry(`c${i}`, { host: `m${i}.example.com`, path: StringMatch.prefix('/') })],
    ['calls of services together with REST paths', 0, (i) => entry(`c${i}`, i % 2 === 0 ? { path: StringMatch.prefix(`/s${i}/`), protocol: RequestProtocol.GRPC } : { path: StringMatch.exact(`/m${i}`) })],
    ['arms of a page together with endpoints for other callers', 0, (i) => entry(`c${i}`, {
      headers: { 'x-user': StringMatch.exact(`u${i}`) }, ...i % 2 === 0 ? {} : { path: StringMatch.prefix('/'), selectsArm: true, endpoint: PAGE },
    })],
    ['hosts taken from the star', 1, (i) => entry(`c${i}`, { host: i % 2 === 0 ? `m${i}.example.com` : '*' })],
    ['conflicts', 1, (i) => entry(`c${i}`, { path: StringMatch.prefix('/') })],
  ];

  test.each(numbered)('%s: the work grows with the number of entries and no faster', (_what, problems, make) => {
    const [small, large] = [2000, 8000].map((count) => effort(count, make));

    expect(large.problems > 0).toBe(problems > 0);
    expect(large.looks).toBeLessThan(100 * 8000);
    expect(large.looks / small.looks).toBeLessThan(4.02);
    expect(large.comparisons).toBeLessThanOrEqual(2 * 8000);
  });

  test('20,000 calls of one method prefix identified by a header are not compared at all', () => {
    const { problems, looks, comparisons } = effort(20000, (i) => entry(`c${i}`, byHeaders({ 'seldon-model': `m${i}` })));

    expect({ problems, comparisons }).toEqual({ problems: 0, comparisons: 0 });
    expect(looks).toBeLessThan(100 * 20000);
  });

  test('an endpoint for all calls next to 5,000 is reported for each, without comparing them', () => {
    const { problems, comparisons } = effort(5001, (i) => entry(`c${i}`, byHeaders(i === 0 ? {} : { 'seldon-model': `m${i}` })));

    expect(problems).toBe(5000);
    expect(comparisons).toBeLessThanOrEqual(2 * 2 * 5001);
  });
});
