import { ApiObject } from 'cdk8s';
import { RequestProtocol } from '../../src/plan/request-match';
import { ExperimentRouter } from '../../src/routers/experiment-router';
import { AbTest, AbTestProps, AbVariant } from '../../src/traffic/ab-test';
import { CallerMatch } from '../../src/traffic/caller-match';
import { differingFields } from '../support/differences';
import { manifestOf } from '../support/manifests';
import { failure, inShort, models, rulesOf, service, services, World, written } from '../support/routed-backends';

function halves({ v1, v2 }: World): AbVariant[] {
  return [{ name: 'a', backend: v1, weight: 50 }, { name: 'b', backend: v2, weight: 50 }];
}

function abTest(world: World, props: Partial<AbTestProps> = {}): AbTest {
  return new AbTest(world.chart, 'iris', { gateways: world.gateways, variants: halves(world), ...props });
}

/** What a test of plain Services does, in short. */
function rules(variants: AbVariant[], props: Partial<AbTestProps> = {}): string[] {
  const world = services();
  abTest(world, { variants, ...props });
  return rulesOf(world).map(inShort);
}

const [a, b, c] = ['v1', 'v2', 'v3'].map((name, i) => ({ name: 'abc'[i], backend: service(name) }));

test('defaultChild', () => {
  expect(ApiObject.of(abTest(services())).kind).toEqual('VirtualService');
});

test('two halves', () => {
  expect(written(services(), abTest)).toMatchSnapshot();
});

test('by share, relative and in the order given', () => {
  expect(rules([{ ...c, weight: 1 }, { ...a, weight: 2 }, { ...b, weight: 1 }])).toEqual(['iris-http: v3 1, v1 2, v2 1', 'iris-grpc: v3 1, v1 2, v2 1']);
});

test('by header, with a share for the rest', () => {
  expect(rules([{ ...a, weight: 1 }, { ...b, matches: [CallerMatch.header('x-group', 'b')] }])).toEqual([
    'iris-match-1-http: v2', 'iris-match-1-grpc: v2', 'iris-http: v1 1', 'iris-grpc: v1 1',
  ]);
});

test('by header, cookie and query, which gRPC calls have none of', () => {
  const world = services();
  abTest(world, {
    variants: [
      { ...a, matches: [CallerMatch.header('x-group', 'a')] },
      { ...b, matches: [CallerMatch.cookie('group', 'b')] },
      { ...c, matches: [CallerMatch.query('group', 'c')] },
    ],
  });

  expect(rulesOf(world).map(inShort)).toEqual([
    'iris-match-1-http: v1', 'iris-match-1-grpc: v1', 'iris-match-2-http: v2', 'iris-match-2-grpc: v2', 'iris-match-3-http: v3',
  ]);
  expect(rulesOf(world)[0].match[0].headers).toEqual({ 'x-group': { exact: 'a' } });
  expect(rulesOf(world)[2].match[0].headers).toEqual({ cookie: { regex: '(.*;\\s*)?group=b(\\s*;.*)?' } });
  expect(rulesOf(world)[4].match[0].queryParams).toEqual({ group: { exact: 'c' } });
});

test('a variant may have both', () => {
  expect(rules([{ ...a, weight: 90 }, { ...b, weight: 10, matches: [{ ...CallerMatch.header('x-group', 'b'), protocol: RequestProtocol.REST }] }])).toEqual([
    'iris-match-1-http: v2', 'iris-http: v1 90, v2 10', 'iris-grpc: v1 90, v2 10',
  ]);
});

test('an Experiment can share too', () => {
  const world = models();
  abTest(world, { router: new ExperimentRouter() });

  expect(manifestOf(world.chart, 'Experiment').spec.candidates).toEqual([{ name: 'iris1', weight: 50 }, { name: 'iris2', weight: 50 }]);
});

test('other shares change nothing but weights', () => {
  const shares = (...weights: number[]) => written(services(), (world) => abTest(world, {
    variants: [a, b, c].map((variant, i) => ({ ...variant, weight: weights[i] })), sticky: {},
  }));

  expect(differingFields(shares(1, 1, 1), shares(2, 1, 5))).toEqual(['weight']);
});

describe('sticky', () => {
  test('callers that a match picks come first, then those that stay, then the shares', () => {
    expect(rules([{ ...a, weight: 50 }, { ...b, weight: 50, matches: [CallerMatch.header('x-group', 'b')] }], { sticky: {} })).toEqual([
      'iris-match-1-http: v2', 'iris-match-1-grpc: v2',
      'iris-match-2-http: v1', 'iris-match-2-grpc: v1', 'iris-match-3-http: v2', 'iris-match-3-grpc: v2',
      'iris-http: v1 50, v2 50', 'iris-grpc: v1 50, v2 50',
    ]);
  });

  test('variants are named in cookies and headers', () => {
    const world = services();
    abTest(world, { sticky: {} });

    const [rest, grpc] = rulesOf(world);
    expect(rest.match[0].headers).toEqual({ cookie: { regex: '(.*;\\s*)?iris-arm=a(\\s*;.*)?' } });
    expect(grpc.match[1].headers).toEqual({ 'x-iris-arm': { exact: 'a' }, 'seldon-model': { exact: 'iris' } });
    expect(rulesOf(world)[4].route.map(({ headers }) => headers)).toEqual(['a', 'b'].map((name) => (
      { response: { add: { 'set-cookie': `iris-arm=${name}; Path=/v2/models/iris; Max-Age=3600; HttpOnly` } } }
    )));
  });

  test('variants without a share have no sticky sessions', () => {
    expect(rules([{ ...a, weight: 1 }, { ...b, weight: 1 }, { ...c, matches: [CallerMatch.query('group', 'c')] }], { sticky: {} })).toEqual([
      'iris-match-1-http: v3',
      'iris-match-2-http: v1', 'iris-match-2-grpc: v1', 'iris-match-3-http: v2', 'iris-match-3-grpc: v2',
      'iris-http: v1 1, v2 1', 'iris-grpc: v1 1, v2 1',
    ]);
  });

  test('sessions are not sticky once a variant has no share', () => {
    expect(rules([{ ...a, weight: 1 }, { ...b, weight: 1 }, { ...c, weight: 0 }], { sticky: {} }))
      .toEqual(['iris-http: v1 1, v2 1, v3 0', 'iris-grpc: v1 1, v2 1, v3 0']);
  });

  test('mirrors are repeated on every route', () => {
    const world = services();
    abTest(world, { sticky: {}, mirrors: [{ backend: service('log'), percent: 10 }] });

    expect(rulesOf(world).map(({ mirrors }) => mirrors?.length)).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

describe('fails', () => {
  const problem = (variants: AbVariant[], props: Partial<AbTestProps> = {}) => failure(services(), (world) => abTest(world, { variants, ...props }));

  test('without variants', () => {
    expect(problem([])).toEqual('an A/B test with no variant. Name two or more, or use a ModelRoute (at test/iris)');
  });

  test('with one variant', () => {
    expect(problem([{ ...a, weight: 1 }])).toEqual('an A/B test with one variant. Name two or more, or use a ModelRoute (at test/iris)');
  });

  test('with a name twice', () => {
    expect(problem([{ ...a, weight: 1 }, { ...b, name: 'a', weight: 1 }])).toEqual('variant "a" twice. Give each a name of its own (at test/iris)');
  });

  test.each(['', 'a b', 'a;b', '-a', 'ä'])('with name %p', (name) => {
    expect(problem([{ ...a, weight: 1 }, { ...b, name, weight: 1 }])).toEqual(`variant "${name}". Expected letters, digits, hyphens, dots and `
      + 'underscores, starting and ending with a letter or digit. It is part of cookies and headers (at test/iris)');
  });

  test('with a variant that gets nothing', () => {
    expect(problem([{ ...a, weight: 1 }, b])).toEqual('variant "b" has neither weight nor matches. Give it a weight or matches (at test/iris)');
  });

  test('with one backend twice, even by share and by match', () => {
    expect(problem([{ ...a, weight: 1 }, { ...a, name: 'b', matches: [CallerMatch.header('x-group', 'b')] }]))
      .toEqual('variants "a" and "b" are both Service ml/v1. Name two different backends (at test/iris)');
  });

  test.each([-1, 0.5, NaN])('with weight %p', (weight) => {
    expect(problem([{ ...a, weight: 1 }, { ...b, weight }]))
      .toEqual(`weight ${weight} of Service ml/v2. Expected a whole number from 0 to 2147483647 (at test/iris)`);
  });

  test('when all weights are 0', () => {
    expect(problem([{ ...a, weight: 0 }, { ...b, weight: 0 }]))
      .toEqual('all weights are 0 (Service ml/v1, Service ml/v2). Give at least one arm a weight above 0 (at test/iris)');
  });

  test('with an empty list of matches and no weight', () => {
    const [first, second] = [{ ...a, weight: 1 }, { ...b, matches: [] }];
    expect(problem([first, second])).toEqual(`variant "${second.name}" has neither weight nor matches. Give it a weight or matches (at test/iris)`);
    expect(rules([first, { ...second, weight: 1 }])).toEqual(rules([first, { ...b, weight: 1 }]));
  });

  test('when two variants get the same callers', () => {
    expect(problem([{ ...a, matches: [CallerMatch.query('group', 'x')] }, { ...b, matches: [CallerMatch.query('group', 'x')] }])).toEqual(
      'match[0] of http[1] "iris-match-2-http" equals match[0] of http[0] "iris-match-1-http". '
      + 'The first one gets all its requests. Change or remove one of them (at test/iris)',
    );
  });

  test.each([
    ['no share', [CallerMatch.header('x-group', 'a')], undefined],
    ['one share', undefined, 1],
  ])('with sticky callers and %s', (text, matches, weight) => {
    expect(problem([{ ...a, matches, weight }, { ...b, matches: [CallerMatch.header('x-group', 'b')] }], { sticky: {} }))
      .toEqual(`sticky sessions with ${text}. Sessions are sticky between weights. Give two variants a weight, or leave sticky out (at test/iris)`);
  });

  test('when a match picks by what keeps callers', () => {
    expect(problem([{ ...a, weight: 1 }, { ...b, weight: 1, matches: [CallerMatch.cookie('iris-arm', 'b')] }], { sticky: {} })).toEqual(
      'a match selects requests by header cookie with regex "(.*;\\s*)?iris-arm=b(\\s*;.*)?", which makes sessions sticky. '
      + 'Select them by another header or cookie, otherwise they stay when the share is 0 (at test/iris)',
    );
  });
});
