import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { IBackend } from '../../src/plan/backend';
import { GrpcCalls } from '../../src/plan/endpoint';
import { PathRewrite } from '../../src/plan/policy';
import { StringMatch } from '../../src/plan/string-match';
import { OperatorRouter } from '../../src/routers/operator-router';
import { AbTest } from '../../src/traffic/ab-test';
import { BlueGreen, BlueGreenSlot } from '../../src/traffic/blue-green';
import { Canary } from '../../src/traffic/canary';
import { ModelRoute } from '../../src/traffic/model-route';
import { ShadowDeployment } from '../../src/traffic/shadow-deployment';
import { TrafficSplit } from '../../src/traffic/traffic-split';
import { failure, service, services, World } from '../support/routed-backends';

/** What a user of plain JavaScript may write, which no compiler looks at. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Anything = any;

function expectProblem(message: string, make: (world: World) => Construct): void {
  expect(failure(services(), make)).toEqual(`${message} (at test/iris)`);
}

const NO_BACKEND = 'Expected a backend, such as a Model or ServiceBackend.of(…)';

describe('fails without what every rollout needs', () => {
  test.each<[string, new (scope: Construct, id: string, props: Anything) => Construct, string]>([
    ['ModelRoute', ModelRoute, 'backend'],
    ['TrafficSplit', TrafficSplit, 'arms'],
    ['Canary', Canary, 'canary and stable'],
    ['AbTest', AbTest, 'variants'],
    ['BlueGreen', BlueGreen, 'active, blue and green'],
    ['ShadowDeployment', ShadowDeployment, 'primary and shadows'],
  ])('%s', (_name, Rollout, needed) => {
    expectProblem(`props undefined. Expected an object with ${needed}`, ({ chart }) => new Rollout(chart, 'iris', undefined));
    expectProblem(`props "iris". Expected an object with ${needed}`, ({ chart }) => new Rollout(chart, 'iris', 'iris'));
  });
});

describe('fails for an invalid router', () => {
  const EXPECTED = 'Expected a router, such as new IstioRouter()';
  test.each<[string, new (scope: Construct, id: string, props: Anything) => Construct]>([
    ['ModelRoute', ModelRoute], ['TrafficSplit', TrafficSplit], ['Canary', Canary], ['AbTest', AbTest], ['BlueGreen', BlueGreen], ['ShadowDeployment', ShadowDeployment],
  ])('%s', (_name, Rollout) => {
    expectProblem(`router "operator". ${EXPECTED}`, ({ chart }) => new Rollout(chart, 'iris', { router: 'operator' }));
    expectProblem(`router function OperatorRouter. ${EXPECTED}`, ({ chart }) => new Rollout(chart, 'iris', { router: OperatorRouter }));
  });
});

describe('fails for arms that are none', () => {
  test.each<[string, Anything, string]>([
    ['left out', undefined, 'arms undefined. Expected a list of objects with backend and weight'],
    ['no list', {}, 'arms an object. Expected a list of objects with backend and weight'],
    ['nothing', [undefined], 'arms[0] undefined. Expected an object with backend and weight'],
    ['without a backend', [{ backend: service('a'), weight: 1 }, { weight: 1 }], `arms[1].backend undefined. ${NO_BACKEND}`],
    ['a name', [{ backend: 'iris1', weight: 1 }], `arms[0].backend "iris1". ${NO_BACKEND}`],
    ['null', [{ backend: null, weight: 1 }], `arms[0].backend null. ${NO_BACKEND}`],
    ['a class', [{ backend: TrafficSplit, weight: 1 }], `arms[0].backend function TrafficSplit. ${NO_BACKEND}`],
    ['a weight in quotes', [{ backend: service('a'), weight: '50' }], 'weight "50" of Service ml/a. Expected a whole number from 0 to 2147483647'],
    ['no weight', [{ backend: service('a'), weight: null }], 'weight null of Service ml/a. Expected a whole number from 0 to 2147483647'],
    ['a header that is a number', [{ backend: service('a'), weight: 1, requestHeaders: { set: { 'x-a': 5 } } }], 'arms[0].requestHeaders.set.x-a 5. Expected a string'],
    ['a header to remove outside a list', [{ backend: service('a'), weight: 1, responseHeaders: { remove: 'x-a' } }],
      'arms[0].responseHeaders.remove "x-a". Expected a list of strings'],
  ])('%s', (_what, arms, message) => {
    expectProblem(message, ({ chart, gateways }) => new TrafficSplit(chart, 'iris', { gateways, arms }));
  });
});

describe('fails for backends that are none', () => {
  test('of a ModelRoute', () => {
    expectProblem(`backend "iris1". ${NO_BACKEND}`, ({ chart, gateways }) => new ModelRoute(chart, 'iris', { gateways, backend: 'iris1' as Anything }));
  });

  test('of a Canary', () => {
    expectProblem(`stable undefined. ${NO_BACKEND}`, ({ chart, v2 }) => new Canary(chart, 'iris', { canary: v2 } as Anything));
    expectProblem(`canary "iris2". ${NO_BACKEND}`, ({ chart, v1 }) => new Canary(chart, 'iris', { stable: v1, canary: 'iris2' as Anything }));
  });

  test('of a BlueGreen', () => {
    const active = BlueGreenSlot.BLUE;
    expectProblem(`blue undefined. ${NO_BACKEND}`, ({ chart, v1 }) => new BlueGreen(chart, 'iris', { green: v1, active } as Anything));
    expectProblem(`green undefined. ${NO_BACKEND}`, ({ chart, v1 }) => new BlueGreen(chart, 'iris', { blue: v1, active } as Anything));
  });

  test('of an AbTest', () => {
    const variants: Anything = [{ name: 'a', backend: service('a'), weight: 1 }, { name: 'b', weight: 1 }];
    expectProblem(`variants[1].backend undefined. ${NO_BACKEND}`, ({ chart }) => new AbTest(chart, 'iris', { variants }));
  });

  test('of a ShadowDeployment', () => {
    const shadows: Anything = [{ percent: 10 }];
    expectProblem(`shadows[0].backend undefined. ${NO_BACKEND}`, ({ chart }) => new ShadowDeployment(chart, 'iris', { shadows } as Anything));
    expectProblem(`shadows[0].backend undefined. ${NO_BACKEND}`, ({ chart, v1 }) => new ShadowDeployment(chart, 'iris', { primary: v1, shadows }));
  });

  test('of mirrors', () => {
    const mirrors: Anything = [{ backend: 'iris3', percent: 10 }];
    expectProblem(`mirrors[0].backend "iris3". ${NO_BACKEND}`,
      ({ chart, gateways, v1 }) => new TrafficSplit(chart, 'iris', { gateways, arms: [{ backend: v1, weight: 1 }], mirrors }));
  });
});

describe('fails for lists that are none', () => {
  const weighted = ({ v1, v2 }: World) => [{ backend: v1, weight: 1 }, { backend: v2, weight: 1 }];

  test('shadows', () => {
    expectProblem('shadows undefined. Expected a list of objects with backend and percent',
      ({ chart, v1 }) => new ShadowDeployment(chart, 'iris', { primary: v1 } as Anything));
  });

  test('mirrors', () => {
    expectProblem('mirrors an object. Expected a list of objects with backend and percent', (world) => new TrafficSplit(world.chart, 'iris', {
      gateways: world.gateways, arms: weighted(world), mirrors: {} as Anything,
    }));
  });

  test('variants', () => {
    expectProblem('variants undefined. Expected a list of objects with backend and name', ({ chart }) => new AbTest(chart, 'iris', {} as Anything));
  });

  test('testers', () => {
    const testers: Anything = { headers: {} };
    expectProblem('testers an object. Expected a list in which each entry is a match, such as CallerMatch.header(…)',
      ({ chart, v1, v2 }) => new Canary(chart, 'iris', { stable: v1, canary: v2, testers }));
  });

  test('matches of a variant', () => {
    const variants = (backends: IBackend[]): Anything => backends.map((backend, i) => ({ name: `v${i}`, backend, weight: 1, matches: {} }));
    expectProblem('variants[0].matches an object. Expected a list in which each entry is a match, such as CallerMatch.header(…)',
      ({ chart, v1, v2 }) => new AbTest(chart, 'iris', { variants: variants([v1, v2]) }));
  });
});

describe('fails for an endpoint', () => {
  test.each<[string, Anything, string]>([
    ['with one host outside a list', { hosts: 'a.example.com' }, 'hosts "a.example.com". Expected a list of strings'],
    ['with a host that is nothing', { hosts: ['a.example.com', undefined] }, 'hosts[1] undefined. Expected a string'],
    ['with a host that is a number', { hosts: [5] }, 'hosts[0] 5. Expected a string'],
    ['with a gateway by its name', { gateways: ['seldon-gateway'] },
      'gateways[0] "seldon-gateway". Expected a Gateway, or Gateway.fromGatewayName(…) for an existing one'],
    ['with a gateway that is nothing', { gateways: [undefined] },
      'gateways[0] undefined. Expected a Gateway, or Gateway.fromGatewayName(…) for an existing one'],
    ['with a gateway outside a list', { gateways: 'seldon-gateway' }, 'gateways "seldon-gateway". Expected a list in which each entry is a Gateway, or Gateway.fromGatewayName(…) for an existing one'],
    ['with a path in quotes', { paths: ['/v2/x'] }, 'paths[0] "/v2/x". Expected a StringMatch, such as StringMatch.prefix("/v2/x")'],
    ['with a path that is nothing', { paths: [undefined] }, 'paths[0] undefined. Expected a StringMatch, such as StringMatch.exact(…)'],
    ['with a path outside a list', { paths: StringMatch.exact('/x') }, 'paths exact "/x". Expected a list in which each entry is a StringMatch, such as StringMatch.exact(…)'],
    ['with calls that are none', { grpc: 'iris' }, 'grpc "iris". Expected GrpcCalls, such as GrpcCalls.byHeader("seldon-model", "iris")'],
    ['with an invalid name', { endpoint: 5 }, 'endpoint 5. Expected letters, digits, hyphens, dots and underscores, '
      + 'starting and ending with a letter or digit. It is part of paths and headers'],
    ['with a timeout as Istio writes it', { policy: { timeout: '5s' } }, 'policy.timeout "5s". Expected a Duration, such as Duration.seconds(5)'],
    ['with a timeout of null', { policy: { timeout: null } }, 'policy.timeout null. Expected a Duration, such as Duration.seconds(5)'],
    ['with a time for each try in seconds', { policy: { retries: { attempts: 1, perTryTimeout: 5 } } },
      'policy.retries.perTryTimeout 5. Expected a Duration, such as Duration.seconds(5)'],
    ['with a delay as Istio writes it', { policy: { delay: { percent: 1, delay: '5s' } } },
      'policy.delay.delay "5s". Expected a Duration, such as Duration.seconds(5)'],
    ['with a delay of a share in quotes', { policy: { delay: { percent: '10', delay: Duration.seconds(1) } } },
      'policy.delay.percent "10". Expected a percentage from 0 to 100'],
    ['with aborts of a share in quotes', { policy: { abort: { percent: '10', httpStatus: 500 } } },
      'policy.abort.percent "10". Expected a percentage from 0 to 100'],
    ['with a rewrite that is a path', { policy: { rewrite: '/v2/' } }, 'policy.rewrite "/v2/". Expected PathRewrite.matched(…) or PathRewrite.regex(…)'],
    ['with direct responses outside a list', { directResponses: {} }, 'directResponses an object. Expected a list of objects with path and status'],
    ['with a direct response on a path in quotes', { directResponses: [{ path: '/x', status: 404 }] },
      'directResponses[0].path "/x". Expected a StringMatch, such as StringMatch.prefix("/x")'],
    ['with a body that is a number', { directResponses: [{ path: StringMatch.exact('/x'), status: 404, body: 5 }] },
      'directResponses[0].body 5. Expected a string'],
  ])('%s', (_what, props, message) => {
    expectProblem(message, ({ chart, gateways, v1 }) => new ModelRoute(chart, 'iris', { gateways, backend: v1, ...props }));
  });

  test('with a preview on a host outside a list', () => {
    expectProblem('preview.hosts "a.example.com". Expected a list of strings', ({ chart, gateways, v1, v2 }) => new BlueGreen(chart, 'iris', {
      gateways, blue: v1, green: v2, active: BlueGreenSlot.BLUE, preview: { hosts: 'a.example.com' as Anything },
    }));
  });
});

test('fails for a share of mirrored requests in quotes', () => {
  const mirrors = (backend: IBackend): Anything => [{ backend, percent: '10' }];
  expectProblem('percent of mirror Service ml/v2 "10". Expected a percentage from 0 to 100',
    ({ chart, gateways, v1, v2 }) => new ShadowDeployment(chart, 'iris', { gateways, primary: v1, shadows: mirrors(v2) }));
});

test('fails for a match of a header with a plain text', () => {
  expectProblem('testers[0].headers.x-user "beta". Expected a StringMatch, such as StringMatch.exact("beta")',
    ({ chart, gateways, v1, v2 }) => new Canary(chart, 'iris', {
      gateways, stable: v1, canary: v2, testers: [{ headers: { 'x-user': 'beta' as Anything } }],
    }));
});

test('fails for a variant without a name', () => {
  const variants: Anything = [{ backend: service('a'), weight: 1 }, { name: 'b', backend: service('b'), weight: 1 }];
  expectProblem('variant undefined. Expected letters, digits, hyphens, dots and underscores, '
    + 'starting and ending with a letter or digit. It is part of cookies and headers', ({ chart }) => new AbTest(chart, 'iris', { variants }));
});

test('fails for sticky callers that stay for a number', () => {
  expectProblem('sticky.maxAge 60. Expected a Duration, such as Duration.seconds(5)', ({ chart, gateways, v1, v2 }) => new Canary(chart, 'iris', {
    gateways, stable: v1, canary: v2, weight: 5, sticky: { maxAge: 60 as Anything },
  }));
});

test('what TypeScript takes is taken', () => {
  const { chart, gateways, v1 } = services();
  const { plan } = new ModelRoute(chart, 'iris', {
    gateways,
    backend: v1,
    hosts: ['a.example.com'],
    paths: [StringMatch.regex('v[12]?#'), StringMatch.prefix('/')],
    grpc: GrpcCalls.allOnHost(),
    policy: { timeout: Duration.seconds(5), rewrite: PathRewrite.matched('/v2/') },
  });

  expect(plan.endpoints[0].endpoint.hosts).toEqual(['a.example.com']);
});
