import { App, Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { findInitializersWithoutVolume } from '../../../src/cluster/core1-operator/model-initializers';
import { findShortTimeouts } from '../../../src/cluster/core1-operator/short-timeouts';
import { Mesh } from '../../../src/mesh/mesh';
import { Warnings } from '../../../src/mesh/warnings';
import { SeldonDeployment } from '../../../src/seldon/core1/seldon-deployment';
import { SeldonDeploymentProps } from '../../../src/seldon/core1/seldon-deployment-props';
import { Canary } from '../../../src/traffic/canary';
import { ModelRoute } from '../../../src/traffic/model-route';
import { chartOf, deployment, predictor } from '../../support/core1';
import { messageOf } from '../../support/errors';

// What Seldon and Istio accept, and what then does nothing or something else.

beforeEach(() => { jest.spyOn(console, 'warn').mockImplementation(); });
afterEach(() => { jest.restoreAllMocks(); });

const gateway = { gatewayName: 'gw', gatewayNamespace: 'istio-system' };

describe('several predictors without traffic', () => {
  const three = { predictors: [predictor('main'), predictor('second'), predictor('third')] };

  function warningsOf(props: Partial<SeldonDeploymentProps>, route?: (made: SeldonDeployment) => void): string[] {
    const chart = chartOf();
    Mesh.configure(chart, { operatorIstio: false });
    const made = deployment(props, 'iris', chart);
    route?.(made);
    App.of(made).synthYaml();
    return Warnings.find(made);
  }

  test('are warned of: one has everything', () => {
    expect(warningsOf(three)).toEqual([
      'predictors "main", "second", "third" without traffic. "main" gets all requests and "second", "third" none. '
      + 'Set traffic, even where 100 and 0 are intended, or use a rollout such as Canary (at chart/iris)',
    ]);
  });

  test.each<[string, Partial<SeldonDeploymentProps>]>([
    ['one', { predictors: [predictor()] }],
    ['one and a shadow', { predictors: [predictor(), predictor('dark', { shadow: true })] }],
    ['two with traffic', { predictors: [predictor('main', { traffic: 100 }), predictor('second', { traffic: 0 })] }],
    ['two, one with all the traffic', { predictors: [predictor('main', { traffic: 100 }), predictor('second')] }],
    ['several whose operator routes are disabled', { ...three, disableOperatorRoutes: true }],
  ])('%s is as it should be', (_what, props) => {
    expect(warningsOf(props)).toEqual([]);
  });

  test('a rollout sets the shares', () => {
    expect(warningsOf(three, (made) => new Canary(made, 'rollout', {
      gateways: [gateway], stable: made.predictor('main'), canary: made.predictor('second'), weight: 10,
    }))).toEqual([]);
  });
});

describe('a container that replaces the operator\'s model initializer', () => {
  function errorOf(spec: Partial<k8s.PodSpec>): string {
    const pods = { spec: { containers: [{ name: 'classifier' }], initContainers: [{ name: 'classifier-model-initializer', image: 'a:1' }], ...spec } };
    return messageOf(() => deployment({ predictors: [predictor('main', { componentSpecs: [pods] })] }));
  }

  test('fails without the volume that the server mounts', () => {
    expect(errorOf({})).toEqual(
      'container "classifier-model-initializer" in componentSpecs[0] of predictor "main" without volume "classifier-provision-location". It replaces the operator\'s container, '
      + 'but the server still mounts the operator\'s volume at /mnt/models. Add that volume and mount it in the container, or choose another name (at chart/iris)');
  });

  test('is fine with it, and under another name', () => {
    expect(errorOf({ volumes: [{ name: 'classifier-provision-location', emptyDir: {} }] })).toEqual('no error');
    expect(errorOf({ initContainers: [{ name: 'other-model-initializer', image: 'a:1' }] })).toEqual('no error');
  });

  test('is found by names that the operator cuts, and only before servers that download', () => {
    const long = `${'x'.repeat(46)}-y`;
    const manifest = (modelUri: string | undefined, name: string) => ({
      name: 'main',
      graph: { name: long, implementation: 'SKLEARN_SERVER', modelUri },
      componentSpecs: [{ spec: { containers: [{ name: long }], initContainers: [{ name }] } }],
    });
    const name = `${long}-model-initializer`.slice(0, 63);
    expect(findInitializersWithoutVolume([manifest('gs://x', name)])).toEqual([
      { predictor: 'main', component: 0, container: name, volume: `${long}-provision-location`.slice(0, 63).replace(/-$/, '') },
    ]);
    expect(findInitializersWithoutVolume([manifest(undefined, name)])).toEqual([]);
    expect(findInitializersWithoutVolume([manifest('gs://x', 'tfserving-model-initializer')])).toMatchObject([{ volume: 'tfserving-provision-location' }]);
  });
});

describe('an orchestrator that gives up before its route', () => {
  function warningsOf(props: Partial<SeldonDeploymentProps>, timeout: number): string[] {
    const made = deployment({ disableOperatorRoutes: true, ...props });
    return Warnings.find(new ModelRoute(made, 'route', { gateways: [gateway], backend: made.predictor('main'), policy: { timeout: Duration.seconds(timeout) } }));
  }

  test('is warned of', () => {
    expect(warningsOf({ executor: { restTimeout: Duration.seconds(5), grpcTimeout: Duration.seconds(30) } }, 30)).toEqual([
      'timeout of 30000 ms for predictor "main", whose orchestrator gives up after 5000 ms. '
      + 'Annotation seldon.io/rest-timeout limits each node of its graph. Raise that limit, or shorten the timeout (at chart/iris/route)',
    ]);
  });

  test('has as long as the route, or no limit', () => {
    expect(warningsOf({ executor: { restTimeout: Duration.seconds(30) } }, 30)).toEqual([]);
    expect(warningsOf({}, 30)).toEqual([]);
  });

  test('has the limit of each node, and that of the predictor before that of the deployment', () => {
    const server = { implementation: 'SKLEARN_SERVER' };
    const graph = { name: 'a', children: [{ name: 'b', ...server }, { name: 'c', ...server }] };
    expect(findShortTimeouts({ name: 'main', graph }, { 'seldon.io/rest-timeout': '10', 'seldon.io/grpc-timeout': '9' }, 30))
      .toEqual([{ annotation: 'seldon.io/grpc-timeout', longest: 27 }]);
    expect(findShortTimeouts({ name: 'main', graph, annotations: { 'seldon.io/grpc-timeout': '10' } }, { 'seldon.io/grpc-timeout': '1' }, 30)).toEqual([]);
  });
});
