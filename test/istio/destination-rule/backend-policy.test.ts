import { ApiObject, Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import { BackendPolicy, BackendPolicyProps } from '../../../src/istio/destination-rule/backend-policy';
import { DestinationRule, DestinationRuleProps } from '../../../src/istio/destination-rule/destination-rule';
import { ClientTlsMode, HashKey, LoadBalancerSimple, TrafficPolicy } from '../../../src/istio/destination-rule/traffic-policy';
import { ServiceBackend, ServiceBackendOptions } from '../../../src/istio/service/service-backend';
import { VirtualService } from '../../../src/istio/virtual-service/virtual-service';
import { Mesh } from '../../../src/mesh/mesh';
import { IBackend } from '../../../src/plan/backend';
import { OperatorRouter } from '../../../src/routers/operator-router';
import { GraphNode } from '../../../src/seldon/core1/graph-node';
import { PrepackagedServer } from '../../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../../src/seldon/core1/seldon-deployment';
import { SeldonDeploymentProps } from '../../../src/seldon/core1/seldon-deployment-props';
import { Experiment } from '../../../src/seldon/core2/experiment';
import { Model } from '../../../src/seldon/core2/model';
import { Canary } from '../../../src/traffic/canary';
import { ModelRoute } from '../../../src/traffic/model-route';
import { findingsOf, messageOf } from '../../support/errors';
import { manifestOf, manifestsOf, synth, testChart } from '../../support/manifests';

const HOST = 'algo.ml.svc.cluster.local';
const BREAKER = { outlierDetection: { consecutive5xxErrors: 3, interval: Duration.seconds(1) } };
const WRITTEN_BREAKER = { outlierDetection: { consecutive5xxErrors: 3, interval: '1s' } };
const POOL = { connectionPool: { http: { http1MaxPendingRequests: 10 } } };

function algo(options: ServiceBackendOptions = {}): ServiceBackend {
  return ServiceBackend.of({ name: 'algo', namespace: 'ml', port: 8501, ...options });
}

const version = (name: string) => algo({ subset: name, subsetLabels: { version: name } });

function policy(chart: Chart, id: string, backend: IBackend, trafficPolicy: TrafficPolicy): BackendPolicy {
  return new BackendPolicy(chart, id, { backend, ...trafficPolicy });
}

test('defaultChild is the DestinationRule of the host', () => {
  const chart = testChart();
  const [first, second] = [policy(chart, 'breaker', algo(), BREAKER), policy(chart, 'pool', algo(), POOL)];
  ApiObject.of(first).addJsonPatch(JsonPatch.add('/metadata/labels', { team: 'models' }));

  expect(ApiObject.of(second)).toBe(ApiObject.of(first));
  expect(manifestOf(chart, 'DestinationRule').metadata).toEqual({ name: 'algo', namespace: 'ml', labels: { team: 'models' } });
});

function specOf(make: (chart: Chart) => void): any {
  const chart = testChart();
  make(chart);
  return manifestOf(chart, 'DestinationRule').spec;
}

function errorOf(make: (chart: Chart) => void, chart = testChart()): string {
  return messageOf(() => make(chart));
}

const graph = GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://models/iris' });

function deployment(chart: Chart, props: Partial<SeldonDeploymentProps> = {}): SeldonDeployment {
  return new SeldonDeployment(chart, 'iris', { predictors: ['main', 'canary'].map((name) => ({ name, graph })), ...props });
}

test('the minimal BackendPolicy: a rule in the namespace of the Service, named like it', () => {
  const chart = testChart();
  policy(chart, 'breaker', algo(), BREAKER);

  expect(Testing.synth(chart)).toMatchInlineSnapshot(`
[
  {
    "apiVersion": "networking.istio.io/v1",
    "kind": "DestinationRule",
    "metadata": {
      "name": "algo",
      "namespace": "ml",
    },
    "spec": {
      "host": "algo.ml.svc.cluster.local",
      "trafficPolicy": {
        "outlierDetection": {
          "consecutive5xxErrors": 3,
          "interval": "1s",
        },
      },
    },
  },
]
`);
});

describe('one rule for a host', () => {
  test('has the policy and the subsets of a rollout, in whichever order they are created', () => {
    const rollout = (chart: Chart) => new Canary(chart, 'rollout', { stable: version('v1'), canary: version('v2') });
    const specs = [
      specOf((chart) => { policy(chart, 'breaker', algo(), BREAKER); rollout(chart); }),
      specOf((chart) => { rollout(chart); policy(chart, 'breaker', algo(), BREAKER); }),
    ];

    expect(specs[1]).toEqual(specs[0]);
    expect(specs[0]).toEqual({
      host: HOST,
      trafficPolicy: WRITTEN_BREAKER,
      subsets: [{ name: 'v1', labels: { version: 'v1' } }, { name: 'v2', labels: { version: 'v2' } }],
    });
  });

  test('merges several policies with different parts', () => {
    expect(specOf((chart) => {
      policy(chart, 'breaker', algo(), BREAKER);
      policy(chart, 'pool', algo(), POOL);
      policy(chart, 'port', algo(), { portLevelSettings: [{ port: 8501, ...BREAKER }] });
      policy(chart, 'port-too', algo(), { portLevelSettings: [{ port: 8501, ...POOL }, { port: 8500, ...POOL }] });
    }).trafficPolicy).toEqual({
      ...WRITTEN_BREAKER,
      ...POOL,
      portLevelSettings: [{ port: { number: 8500 }, ...WRITTEN_BREAKER, ...POOL }, { port: { number: 8501 }, ...WRITTEN_BREAKER, ...POOL }],
    });
  });

  test.each<[string, boolean]>([['before', true], ['after', false]])('writes the settings of one policy for all ports into the port of another one that is created %s it', (_when, portFirst) => {
    const written = specOf((chart) => {
      const ofPort = () => policy(chart, 'port', algo(), { portLevelSettings: [{ port: 8501, ...POOL }] });
      if (portFirst) ofPort();
      policy(chart, 'breaker', algo(), { ...BREAKER, tls: { mode: ClientTlsMode.SIMPLE } });
      if (!portFirst) ofPort();
    }).trafficPolicy;

    expect(written).toEqual({
      ...WRITTEN_BREAKER,
      tls: { mode: 'SIMPLE' },
      portLevelSettings: [{ port: { number: 8501 }, ...WRITTEN_BREAKER, ...POOL, tls: { mode: 'SIMPLE' } }],
    });
  });

  test('does not extend a port if the same policy has settings for all ports too', () => {
    const both: TrafficPolicy = { ...BREAKER, portLevelSettings: [{ port: 8501, ...POOL }] };
    const ports = (...policies: TrafficPolicy[]) => specOf((chart) => policies.forEach((each, i) => policy(chart, `p${i}`, algo(), each)))
      .trafficPolicy.portLevelSettings;

    expect(ports(both)).toEqual([{ port: { number: 8501 }, ...POOL }]);
    // Another policy has the same setting for all ports.
    expect(ports(both, BREAKER)).toEqual([{ port: { number: 8501 }, ...WRITTEN_BREAKER, ...POOL }]);
  });

  test('writes a part that two policies set to the same value once', () => {
    expect(specOf((chart) => {
      policy(chart, 'breaker', algo(), BREAKER);
      policy(chart, 'same', algo(), { outlierDetection: { interval: Duration.millis(1000), consecutive5xxErrors: 3 } });
    }).trafficPolicy).toEqual(WRITTEN_BREAKER);
  });

  test('is the existing one of the app, and keeps its settings', () => {
    expect(specOf((chart) => {
      const subsets = [{ name: 'v1', labels: { version: 'v1' } }];
      new DestinationRule(chart, 'algo', { namespace: 'ml', host: 'algo', subsets, trafficPolicy: POOL });
      policy(chart, 'breaker', algo(), BREAKER);
    })).toEqual({ host: 'algo', subsets: [{ name: 'v1', labels: { version: 'v1' } }], trafficPolicy: { ...WRITTEN_BREAKER, ...POOL } });
  });

  test('may stand in the root namespace, where Istio looks as well', () => {
    expect(specOf((chart) => {
      new DestinationRule(chart, 'algo', { namespace: 'istio-system', host: HOST });
      policy(chart, 'breaker', algo(), BREAKER);
    }).trafficPolicy).toEqual(WRITTEN_BREAKER);
  });

  test('is found by policies of other charts of the mesh', () => {
    const chart = testChart();
    policy(chart, 'breaker', algo(), BREAKER);
    const other = new Chart(chart.node.root as never, 'other');
    policy(other, 'pool', algo(), POOL);

    expect(manifestOf(chart, 'DestinationRule').spec.trafficPolicy).toEqual({ ...WRITTEN_BREAKER, ...POOL });
    expect(Testing.synth(other)).toEqual([]);
  });

  test('is one for each mesh', () => {
    const [one, two] = [testChart(), testChart({ clusterDomain: 'corp.local' })];
    for (const chart of [one, two]) policy(chart, 'breaker', algo(), BREAKER);

    expect([one, two].map((chart) => manifestOf(chart, 'DestinationRule').spec.host)).toEqual([HOST, 'algo.ml.svc.corp.local']);
  });
});

describe('a backend with a subset', () => {
  test('has its own policy, next to that of the host', () => {
    expect(specOf((chart) => {
      policy(chart, 'pool', algo(), POOL);
      policy(chart, 'breaker', version('v2'), BREAKER);
      policy(chart, 'hash', version('v2'), { loadBalancer: { consistentHash: { key: HashKey.header('x-user') } } });
    })).toEqual({
      host: HOST,
      trafficPolicy: POOL,
      subsets: [{ name: 'v2', labels: { version: 'v2' }, trafficPolicy: { ...WRITTEN_BREAKER, loadBalancer: { consistentHash: { httpHeaderName: 'x-user' } } } }],
    });
  });

  test('may have its labels from an existing rule', () => {
    expect(specOf((chart) => {
      new DestinationRule(chart, 'algo', { namespace: 'ml', host: HOST, subsets: [{ name: 'v1', labels: { app: 'a' }, trafficPolicy: POOL }] });
      policy(chart, 'breaker', algo({ subset: 'v1' }), BREAKER);
    }).subsets).toEqual([{ name: 'v1', labels: { app: 'a' }, trafficPolicy: { ...WRITTEN_BREAKER, ...POOL } }]);
  });

  test.each([
    ['no rule', () => undefined],
    ['a rule without it', (chart: Chart) => new DestinationRule(chart, 'algo', { namespace: 'ml', host: HOST })],
  ])('fails when its labels are not specified: %s', (_what, make) => {
    const chart = testChart();
    make(chart);
    policy(chart, 'breaker', algo({ subset: 'v1' }), BREAKER);
    expect(findingsOf(chart)).toEqual([
      '[test/breaker] policy of Service ml/algo subset v1, whose subset "v1" is not defined in this app. The policy and the labels of a subset '
      + 'are written together. Set subsetLabels of the backend, or create the DestinationRule of the host (at test/breaker)',
    ]);
  });
});

describe('fails when two disagree', () => {
  const other = { outlierDetection: { consecutive5xxErrors: 4 } };
  const remedy = 'Istio applies one DestinationRule for a host, whichever construct creates it. Set it in one place, or to the same value everywhere';

  test.each<[string, string, (chart: Chart) => void, string]>([
    ['about a host', `outlierDetection for host "${HOST}", which test/breaker sets to a different value`,
      (chart) => { policy(chart, 'breaker', algo(), BREAKER); policy(chart, 'other', algo(), other); }, 'test/other'],
    ['about a subset', `outlierDetection for subset "v1" of host "${HOST}", which test/breaker sets to a different value`,
      (chart) => { policy(chart, 'breaker', version('v1'), BREAKER); policy(chart, 'other', version('v1'), other); }, 'test/other'],
    ['about a port', `connectionPool of port 80 for host "${HOST}", which test/breaker sets to a different value`,
      (chart) => {
        policy(chart, 'breaker', algo(), { portLevelSettings: [{ port: 80, ...POOL }] });
        policy(chart, 'other', algo(), { portLevelSettings: [{ port: 80, connectionPool: { tcp: { maxConnections: 1 } } }] });
      }, 'test/other'],
    ['with a rule that a user created', `outlierDetection for host "${HOST}", which test/algo sets to a different value`,
      (chart) => { new DestinationRule(chart, 'algo', { namespace: 'ml', host: HOST, trafficPolicy: BREAKER }); policy(chart, 'other', algo(), other); }, 'test/other'],
    ['with a subset of a rule that a user created', `outlierDetection for subset "v1" of host "${HOST}", which test/algo sets to a different value`,
      (chart) => {
        const subsets = [{ name: 'v1', labels: { version: 'v1' }, trafficPolicy: BREAKER }];
        new DestinationRule(chart, 'algo', { namespace: 'ml', host: HOST, subsets });
        policy(chart, 'other', version('v1'), other);
      }, 'test/other'],
  ])('%s', (_what, problem, make, at) => {
    expect(errorOf(make)).toEqual(`${problem}. ${remedy} (at ${at})`);
  });
});

describe('fails for a rule in a third namespace', () => {
  const message = (what: string, at: string) => `DestinationRule test/algo in namespace "other" for ${what}. `
    + `Callers in other namespaces would not see it, and get 503. Put it into the namespace of the Service, "ml" (at ${at})`;

  test.each<[string, string, string, (chart: Chart) => void]>([
    ['of a policy', 'Service ml/algo', 'test/breaker', (chart) => policy(chart, 'breaker', algo(), BREAKER)],
    ['of a policy for its subset', 'Service ml/algo subset v1', 'test/breaker', (chart) => policy(chart, 'breaker', algo({ subset: 'v1' }), BREAKER)],
    ['of a route', 'Service ml/algo subset v1', 'test/route', (chart) => new ModelRoute(chart, 'route', { backend: version('v1') })],
  ])('%s', (_what, description, at, make) => {
    const makeRule = (chart: Chart): unknown =>
      new DestinationRule(chart, 'algo', { namespace: 'other', host: HOST, subsets: [{ name: 'v1', labels: { version: 'v1' } }] });
    for (const statements of [[makeRule, make], [make, makeRule]]) {
      const chart = testChart();
      statements.forEach((statement) => statement(chart));
      expect(findingsOf(chart)).toEqual([`[${at}] ${message(description, at)}`]);
    }
  });

  test.each([['before', true], ['after', false]])('of a route to a subset of an existing rule, which is created %s the route', (_when, ruleFirst) => {
    const chart = testChart();
    const make = () => new DestinationRule(chart, 'algo', { namespace: 'other', host: HOST, subsets: [{ name: 'v1' }] });
    if (ruleFirst) make();
    new ModelRoute(chart, 'route', { backend: algo({ subset: 'v1' }) });
    if (!ruleFirst) make();

    expect(() => synth(chart.node.root as never)).toThrow(message('Service ml/algo subset v1', 'test/route'));
  });

  test.each<[string, DestinationRuleProps]>([
    ['in the namespace of the Service', { namespace: 'ml', host: HOST, subsets: [{ name: 'v1' }] }],
    ['in the root namespace', { namespace: 'istio-system', host: HOST, subsets: [{ name: 'v1' }] }],
    ['of other subsets', { namespace: 'other', host: HOST, subsets: [{ name: 'v2' }] }],
  ])('and not for one %s', (_where, rule) => {
    const chart = testChart();
    new ModelRoute(chart, 'route', { backend: algo({ subset: 'v1' }) });
    new DestinationRule(chart, 'algo', rule);

    expect(() => synth(chart.node.root as never)).not.toThrow();
  });
});

describe('Seldon Core 2', () => {
  const SHARED = 'seldon-mesh.seldon-mesh.svc.cluster.local';
  const remedy = 'All models of Seldon Core 2 in the namespace share this Service. Leave it out, and set a timeout and retries in the route of the model instead';
  const outliers = `outlierDetection for host "${SHARED}", where the errors of one model would eject the pods of all models. ${remedy}`;
  const pool = `connectionPool for host "${SHARED}", where the requests of one model would use up the limits of all. ${remedy}`;
  const model = (chart: Chart) => Model.fromModelName(chart, 'iris', 'iris');

  test('a consistent hash and client TLS apply to the whole Service', () => {
    expect(specOf((chart) => {
      policy(chart, 'hash', model(chart), { loadBalancer: { consistentHash: { key: HashKey.header('x-user') } } });
      policy(chart, 'tls', Model.fromModelName(chart, 'wine', 'wine'), { tls: { mode: ClientTlsMode.SIMPLE, credentialName: 'seldon-ca' } });
    })).toEqual({
      host: SHARED,
      trafficPolicy: { loadBalancer: { consistentHash: { httpHeaderName: 'x-user' } }, tls: { mode: 'SIMPLE', credentialName: 'seldon-ca' } },
    });
  });

  describe('behind a rule for a wildcard', () => {
    const problemsOf = (rules: { [id: string]: DestinationRuleProps }, routed = true): string => {
      const chart = testChart();
      for (const [id, rule] of Object.entries(rules)) new DestinationRule(chart, id, rule);
      if (routed) new ModelRoute(chart, 'route', { backend: model(chart) });
      return messageOf(() => synth(chart.node.root as never));
    };
    const own = 'All models of Seldon Core 2 in the namespace share this Service. Narrow the host of the rule, or create a separate DestinationRule for the Service';

    test.each<[string, TrafficPolicy, string]>([
      ['*.seldon-mesh.svc.cluster.local', BREAKER, 'outlierDetection for host "*.seldon-mesh.svc.cluster.local", which covers '
        + `"${SHARED}", where the errors of one model would eject the pods of all models`],
      ['*', { portLevelSettings: [{ port: 80, ...POOL }] }, `connectionPool for host "*", which covers "${SHARED}", `
        + 'where the requests of one model would use up the limits of all'],
    ])('fails for %s', (host, trafficPolicy, problem) => {
      expect(problemsOf({ wide: { host, trafficPolicy } })).toContain(`${problem}. ${own} in namespace "seldon-mesh" (at test/wide)`);
    });

    test('fails for the root namespace and for callers of another one', () => {
      const problem = `outlierDetection for host "*.local", which covers "${SHARED}", where the errors of one model would eject the pods of all models. ${own} in namespace`;
      const wide = { host: '*.local', trafficPolicy: BREAKER };

      expect(problemsOf({ wide: { ...wide, namespace: 'istio-system' } })).toContain(`${problem} "seldon-mesh" (at test/wide)`);
      expect(problemsOf({ own: { host: SHARED }, wide: { ...wide, namespace: 'tools' } })).toContain(`${problem} "tools" (at test/wide)`);
    });

    test.each<[string, { [id: string]: DestinationRuleProps }, boolean]>([
      ['that the Service has a nearer rule for', { wide: { host: '*', trafficPolicy: BREAKER }, own: { host: SHARED } }, true],
      ['of the root namespace, and a rule in that of the Service',
        { wide: { host: '*', namespace: 'istio-system', trafficPolicy: BREAKER }, own: { host: SHARED } }, true],
      ['of other hosts', { wide: { host: '*.example.com', trafficPolicy: BREAKER } }, true],
      ['with other parts', { wide: { host: '*', trafficPolicy: { loadBalancer: { simple: LoadBalancerSimple.RANDOM } } } }, true],
      ['without a route to a model', { wide: { host: '*', trafficPolicy: BREAKER } }, false],
    ])('and not for one %s', (_which, rules, routed) => {
      expect(problemsOf(rules, routed)).toEqual('no error');
    });
  });

  test('fails for two models with different policies for their Service', () => {
    expect(errorOf((chart) => {
      policy(chart, 'one', model(chart), { loadBalancer: { simple: LoadBalancerSimple.RANDOM } });
      policy(chart, 'two', Model.fromModelName(chart, 'wine', 'wine'), { loadBalancer: { simple: LoadBalancerSimple.ROUND_ROBIN } });
    })).toEqual(`loadBalancer for host "${SHARED}", which test/one sets to a different value. `
      + 'Istio applies one DestinationRule for a host, whichever construct creates it. Set it in one place, or to the same value everywhere (at test/two)');
  });

  test.each<[string, (chart: Chart) => void, string]>([
    ['a breaker of a Model', (chart) => policy(chart, 'p', model(chart), BREAKER), outliers],
    ['a pool of a Model', (chart) => policy(chart, 'p', model(chart), POOL), pool],
    ['a breaker of an Experiment', (chart) => policy(chart, 'p', new Experiment(chart, 'exp', { candidates: [{ name: 'iris', weight: 1 }] }), BREAKER), outliers],
    ['a breaker of the Service itself', (chart) => policy(chart, 'p', ServiceBackend.of({ name: 'seldon-mesh', namespace: 'seldon-mesh', port: 80 }), BREAKER), outliers],
    ['a breaker of one port', (chart) => policy(chart, 'p', model(chart), { portLevelSettings: [{ port: 80, ...BREAKER }] }), outliers.replace('for host', 'of port 80 for host')],
    ['a pool of one port', (chart) => policy(chart, 'p', model(chart), { portLevelSettings: [{ port: 80, ...POOL }] }), pool.replace('for host', 'of port 80 for host')],
    ['a rule with a policy', (chart) => new DestinationRule(chart, 'p', { host: SHARED, trafficPolicy: BREAKER }), outliers],
    ['a rule by the short name', (chart) => new DestinationRule(chart, 'p', { host: 'seldon-mesh', trafficPolicy: POOL }), pool],
    ['a subset of a rule', (chart) => new DestinationRule(chart, 'p', { host: SHARED, subsets: [{ name: 'a', trafficPolicy: BREAKER }] }), outliers],
    ['a subset that is added', (chart) => new DestinationRule(chart, 'p', { host: SHARED }).addSubset({ name: 'a', trafficPolicy: POOL }), pool],
  ])('fails for %s', (_what, make, message) => {
    expect(errorOf(make)).toEqual(`${message} (at test/p)`);
  });

  test('fails in another cluster domain, too', () => {
    expect(errorOf((chart) => policy(chart, 'p', model(chart), BREAKER), testChart({ clusterDomain: 'Corp.local' }))).toEqual(
      `${outliers.replace('cluster.local', 'Corp.local')} (at test/p)`);
  });

  test('fails for the short name in a chart without a namespace', () => {
    const chart = new Chart(Testing.app(), 'test');

    expect(errorOf(() => new DestinationRule(chart, 'p', { host: 'seldon-mesh', trafficPolicy: BREAKER }))).toEqual(
      `${outliers.replace(SHARED, 'seldon-mesh')} (at test/p)`);
  });

  test.each(['seldon-mesh.com', 'seldon-mesh.example.com', 'my-seldon-mesh.seldon-mesh.svc.cluster.local'])('%s is another host', (host) => {
    expect(specOf((chart) => new DestinationRule(chart, 'p', { host, trafficPolicy: BREAKER })).trafficPolicy).toEqual(WRITTEN_BREAKER);
  });
});

describe('Seldon Core 1', () => {
  const owned = (predictor: string) => `policy of predictor ${predictor} of SeldonDeployment seldon-mesh/iris, whose DestinationRule Seldon's operator writes. `
    + 'Istio reads one for a host, so a second one would be lost or would hide the first. Leave the policy out, or use routes of this library alone (at test/breaker)';

  test('a predictor has a Service and a subset, which get the policy', () => {
    expect(specOf((chart) => policy(chart, 'breaker', deployment(chart).predictor('canary'), BREAKER))).toEqual({
      host: 'iris-canary.seldon-mesh.svc.cluster.local',
      subsets: [{ name: 'canary', labels: { version: 'canary' }, trafficPolicy: WRITTEN_BREAKER }],
    });
  });

  test('fails when the operator has its routes, disabled or not', () => {
    expect(errorOf((chart) => policy(chart, 'breaker', deployment(chart, { disableOperatorRoutes: true }).predictor('main'), BREAKER))).toEqual(owned('main'));
    expect(errorOf((chart) => policy(chart, 'breaker', SeldonDeployment.fromSeldonDeploymentName(chart, 'there', 'iris', {
      predictors: [{ name: 'main' }], operatorRoutes: true,
    }).predictor('main'), BREAKER))).toEqual(owned('main'));
  });

  const canary = (chart: Chart, iris: SeldonDeployment) => new Canary(chart, 'rollout', {
    stable: iris.predictor('main'), canary: iris.predictor('canary'), weight: 10, router: new OperatorRouter(), hosts: ['iris.example.com'],
  });

  test('fails under an OperatorRouter', () => {
    expect(errorOf((chart) => {
      const iris = deployment(chart);
      canary(chart, iris);
      policy(chart, 'breaker', iris.predictor('main'), BREAKER);
    })).toEqual(owned('main'));
  });

  test('fails at the end when the OperatorRouter came later', () => {
    const chart = testChart();
    const iris = deployment(chart);
    policy(chart, 'breaker', iris.predictor('main'), BREAKER);
    canary(chart, iris);

    expect(errorOf(() => Testing.synth(chart))).toContain(owned('main'));
  });
});

describe('fails for bad values', () => {
  const whole = 'Expected a whole number from 0 to';

  test.each<[string, Omit<BackendPolicyProps, 'backend'>, string]>([
    ['nothing', {}, 'policy without settings. Set at least one field, or leave it out'],
    ['half a millisecond', { outlierDetection: { interval: Duration.millis(0.5) } },
      'policy.outlierDetection.interval of 0.5 ms. Expected 1 ms or more, in whole milliseconds'],
    ['no time to connect', { connectionPool: { tcp: { connectTimeout: Duration.millis(0) } } },
      'policy.connectionPool.tcp.connectTimeout of 0 ms. Expected 1 ms or more, in whole milliseconds'],
    ['an ejection of 101 percent', { outlierDetection: { maxEjectionPercent: 101 } }, `policy.outlierDetection.maxEjectionPercent 101. ${whole} 100`],
    ['negative requests', { connectionPool: { http: { http2MaxRequests: -1 } } }, `policy.connectionPool.http.http2MaxRequests -1. ${whole} 2147483647`],
    ['a warm-up without a time', { loadBalancer: { warmup: { duration: Duration.millis(0) } } },
      'policy.loadBalancer.warmup.duration of 0 ms. Expected 1 ms or more, in whole milliseconds'],
    ['a warm-up of 101 percent', { loadBalancer: { warmup: { duration: Duration.seconds(1), minimumPercent: 101 } } },
      'policy.loadBalancer.warmup.minimumPercent 101. Expected a percentage from 0 to 100'],
    ['a hash together with another algorithm', { loadBalancer: { simple: LoadBalancerSimple.RANDOM, consistentHash: { key: HashKey.sourceIp() } } },
      'policy.loadBalancer has simple and consistentHash. Set one of the two'],
    ['mutual TLS without a certificate', { tls: { mode: ClientTlsMode.MUTUAL } },
      'policy.tls with mode "MUTUAL" and no clientCertificate. Set credentialName, or clientCertificate and privateKey'],
    ['one port twice', { portLevelSettings: [{ port: 80, ...POOL }, { port: 80, ...BREAKER }] },
      'policy.portLevelSettings[1] for port 80, which already has settings. Istio applies only the first ones. Put all settings of a port into one entry'],
  ])('%s', (_what, trafficPolicy, message) => {
    expect(errorOf((chart) => policy(chart, 'breaker', algo(), trafficPolicy))).toEqual(`${message} (at test/breaker)`);
  });

  test('a slow start before Istio knew it', () => {
    expect(errorOf((chart) => policy(chart, 'breaker', algo(), { loadBalancer: { warmup: { duration: Duration.seconds(1) } } }), testChart({ istioVersion: '1.23' })))
      .toEqual('policy.loadBalancer.warmup with istioVersion "1.23". Istio has this field only since 1.24. Older releases drop or reject it. Leave it out, or set the istioVersion that the mesh has (at test/breaker)');
  });

  test.each<[string, unknown, string]>([
    ['props that are nothing', undefined, 'props undefined. Expected an object with backend'],
    ['no backend', BREAKER, 'backend undefined. Expected a backend, such as a Model or ServiceBackend.of(…)'],
    ['a breaker by its number', { backend: algo(), outlierDetection: 5 }, 'outlierDetection 5. Expected an object with baseEjectionTime, consecutive5xxErrors, consecutiveGatewayErrors or consecutiveLocalOriginFailures'],
    ['a pool of null', { backend: algo(), connectionPool: null }, 'connectionPool null. Expected an object with http or tcp'],
    ['a balancer by its name', { backend: algo(), loadBalancer: 'RANDOM' }, 'loadBalancer "RANDOM". Expected an object with consistentHash, locality, simple or warmup'],
    ['settings of a port outside a list', { backend: algo(), portLevelSettings: { port: 80 } },
      'portLevelSettings an object. Expected a list of objects with port'],
    ['a backend by its name', { ...BREAKER, backend: 'algo' }, 'backend "algo". Expected a backend, such as a Model or ServiceBackend.of(…)'],
  ])('%s', (_what, props, message) => {
    expect(errorOf((chart) => new BackendPolicy(chart, 'breaker', props as never))).toEqual(`${message} (at test/breaker)`);
  });
});

describe('waves', () => {
  const WAVE = 'argocd.argoproj.io/sync-wave';

  /** The waves of the rule and the route of a rollout, and of a rule and a VirtualService that are written as given. */
  function waves(chart: Chart, annotations?: { [name: string]: string }): (string | undefined)[] {
    const metadata = annotations && { annotations };
    policy(chart, 'breaker', algo(), BREAKER);
    new ModelRoute(chart, 'route', { backend: version('v1'), metadata });
    new DestinationRule(chart, 'raw-rule', { host: 'raw', metadata });
    new VirtualService(chart, 'raw', { hosts: ['raw'], http: [{ route: [{ destination: { host: 'raw' } }] }], metadata });
    return ['DestinationRule', 'VirtualService'].flatMap((kind) => manifestsOf(chart, kind))
      .map((manifest) => (manifest.metadata as { annotations?: { [name: string]: string } }).annotations?.[WAVE]);
  }

  test('are not written unless asked for', () => {
    expect(waves(testChart())).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('apply rules before routes', () => {
    expect(waves(testChart({ syncWaves: true }))).toEqual(['6', '6', '7', '7']);
  });

  test('are added to other annotations, and those of the object take precedence', () => {
    expect(waves(testChart({ syncWaves: true }), { team: 'a' })).toEqual(['6', '6', '7', '7']);
    expect(waves(testChart({ syncWaves: true }), { [WAVE]: '9' })).toEqual(['6', '9', '9', '9']);
  });

  test('fail for an answer that is neither yes nor no', () => {
    expect(() => Mesh.configure(Testing.app(), { syncWaves: 'yes' as never })).toThrow(new Error('syncWaves "yes". Expected true or false (at the app)'));
  });
});
