import { ApiObject, App, Chart } from 'cdk8s';
import { Gateway } from '../../../src/istio/gateway/gateway';
import { ServiceBackend } from '../../../src/istio/service/service-backend';
import { VirtualService } from '../../../src/istio/virtual-service/virtual-service';
import { Mesh } from '../../../src/mesh/mesh';
import { Warnings } from '../../../src/mesh/warnings';
import { GrpcCalls } from '../../../src/plan/endpoint';
import { StringMatch } from '../../../src/plan/string-match';
import { OperatorRouter } from '../../../src/routers/operator-router';
import { ExplainerType } from '../../../src/seldon/core1/enums';
import { SeldonDeployment } from '../../../src/seldon/core1/seldon-deployment';
import { SeldonDeploymentProps } from '../../../src/seldon/core1/seldon-deployment-props';
import { ModelRoute } from '../../../src/traffic/model-route';
import { predictor } from '../../support/core1';
import { messageOf } from '../../support/errors';

let warn: jest.SpyInstance;
beforeEach(() => { warn = jest.spyOn(console, 'warn').mockImplementation(); });
afterEach(() => warn.mockRestore());

/** An app whose mesh states whether the operator manages Istio, or not. */
class World {
  public readonly app = new App();
  public readonly chart: Chart;
  public readonly gateway: Gateway;

  public constructor(operatorIstio?: boolean) {
    if (operatorIstio !== undefined) Mesh.configure(this.app, { operatorIstio });
    this.chart = new Chart(this.app, 'chart', { namespace: 'models' });
    this.gateway = new Gateway(this.chart, 'gateway', { namespace: 'istio-system' });
  }

  public deployment(id: string, props: Partial<SeldonDeploymentProps> = {}): SeldonDeployment {
    return new SeldonDeployment(this.chart, id, { predictors: [predictor()], ...props });
  }

  /** A SeldonDeployment that is not written with this library. */
  public raw(annotations?: { [name: string]: string }): void {
    new ApiObject(this.chart, 'raw', {
      apiVersion: 'machinelearning.seldon.io/v1',
      kind: 'SeldonDeployment',
      metadata: { name: 'iris', annotations },
      spec: { predictors: [{ name: 'main', graph: { name: 'classifier', implementation: 'SKLEARN_SERVER', modelUri: 'gs://x' } }] },
    } as ConstructorParameters<typeof ApiObject>[2]);
  }

  /** A route to a Service of the deployment, which knows nothing of Seldon. */
  public routeToService(): void {
    const backend = ServiceBackend.of({ name: 'iris-main', namespace: 'models', port: 8000 });
    new ModelRoute(this.chart, 'direct', { gateways: [this.gateway], backend, paths: [StringMatch.prefix('/seldon/models/iris/')] });
  }

  public route(id: string, deployment: SeldonDeployment): void {
    new ModelRoute(this.chart, `${id}-route`, { gateways: [this.gateway], backend: deployment.predictor('main') });
  }

  public get problem(): string {
    return messageOf(() => this.app.synthYaml());
  }

  public get warnings(): string[] {
    return Warnings.find(this.app);
  }
}

const REMEDY = 'If it does, set operatorIstio: true in Mesh.configure and disableOperatorRoutes: true on such deployments. If not, set operatorIstio: false (at the app)';
const UNKNOWN = 'and the app does not specify whether Seldon\'s operator creates Istio objects, as its setting istio.enabled does';

describe('where it is not known whether the operator manages Istio', () => {
  test('an app has one warning of the first route, and prints it', () => {
    const world = new World();
    world.route('a', world.deployment('a'));
    world.route('b', world.deployment('b'));
    const other = new Chart(world.app, 'other', { namespace: 'other' });
    new ModelRoute(other, 'c-route', { gateways: [world.gateway], backend: new SeldonDeployment(other, 'c', { predictors: [predictor()] }).predictor('main') });
    expect(world.problem).toEqual('no error');
    expect(world.warnings).toEqual([`routes of this library lead to SeldonDeployment models/a (first from chart/a-route), ${UNKNOWN}. ${REMEDY}`]);
    expect(warn.mock.calls).toEqual([[`warning: ${world.warnings[0]}`]]);
  });

  test('a route to an existing deployment gives a warning, unless operatorRoutes is set', () => {
    const world = new World();
    const other = (id: string, operatorRoutes: boolean) => {
      const reference = SeldonDeployment.fromSeldonDeploymentName(world.chart, id, id, { predictors: [{ name: 'main' }], operatorRoutes });
      new ModelRoute(world.chart, `${id}-route`, { gateways: [world.gateway], backend: reference.predictor('main') });
    };
    other('known', true);
    expect(world.warnings).toEqual([]);
    other('unknown', false);
    expect(world.warnings).toEqual([expect.stringContaining('lead to SeldonDeployment models/unknown (first from chart/unknown-route)')]);
  });

  test.each<[string, (world: World) => void]>([
    ['disabled routes', (world) => world.route('a', world.deployment('a', { disableOperatorRoutes: true }))],
    ['an OperatorRouter', (world) => {
      const backend = world.deployment('a').predictor('main');
      new ModelRoute(world.chart, 'a-route', { gateways: [world.gateway], backend, router: new OperatorRouter() });
    }],
    ['no route', (world) => world.deployment('a')],
    ['a raw deployment without a route', (world) => world.raw()],
    ['a raw deployment whose routes are disabled', (world) => {
      world.raw({ 'seldon.io/istio-gateway': 'mesh', 'seldon.io/istio-host': 'iris.operator.invalid' });
      world.routeToService();
    }],
  ])('%s cause no warning', (_what, make) => {
    const world = new World();
    make(world);
    expect([world.problem, world.warnings]).toEqual(['no error', []]);
  });

  test('a route to the Service of a raw deployment is warned of, and the warning is printed', () => {
    const world = new World();
    world.raw();
    world.routeToService();
    expect(world.problem).toEqual('no error');
    expect(world.warnings).toEqual([
      `endpoint "direct" of chart/direct has the requests below "/seldon/models/iris/", which are those of SeldonDeployment models/iris (chart/raw), ${UNKNOWN}. ${REMEDY}`,
    ]);
    expect(warn.mock.calls).toEqual([[`warning: ${world.warnings[0]}`]]);
  });
});

describe('where the operator manages Istio', () => {
  test('a route needs the deployment\'s switch', () => {
    const world = new World(true);
    expect(messageOf(() => world.route('a', world.deployment('a')))).toEqual(
      'SeldonDeployment models/a is routed by this library and by Seldon\'s operator, since Mesh.configure sets operatorIstio: true. '
      + 'Set disableOperatorRoutes: true on the deployment, or use an OperatorRouter for all its rollouts (at chart/a-route)');
  });

  test('a route to a deployment of another app needs its word', () => {
    const world = new World(true);
    const reference = SeldonDeployment.fromSeldonDeploymentName(world.chart, 'iris', 'iris', { predictors: [{ name: 'main' }] });
    expect(messageOf(() => new ModelRoute(world.chart, 'route', { gateways: [world.gateway], backend: reference.predictor('main') }))).toEqual(
      'SeldonDeployment models/iris is routed by this library and by Seldon\'s operator, since Mesh.configure sets operatorIstio: true. '
      + 'Disable the operator\'s routes where the deployment is created, and set operatorRoutes: true here (at chart/route)');
  });

  test('disabled routes and those of an OperatorRouter are valid', () => {
    const world = new World(true);
    world.route('a', world.deployment('a', { disableOperatorRoutes: true }));
    const backend = world.deployment('b').predictor('main');
    new ModelRoute(world.chart, 'b-route', { gateways: [world.gateway], backend, router: new OperatorRouter() });
    expect([world.problem, world.warnings]).toEqual(['no error', []]);
  });

  const disable = (requests: string, deployment: string) => `has ${requests}, which Seldon's operator routes for ${deployment}, since Mesh.configure sets `
    + 'operatorIstio: true. Disable the operator\'s routes with disableOperatorRoutes, or, on an object written without this library, with the annotations '
    + 'seldon.io/istio-gateway "mesh" and seldon.io/istio-host "iris.operator.invalid", or give the endpoint another host or path';

  test('fails for a route to the Service of a raw deployment', () => {
    const world = new World(true);
    world.raw();
    world.routeToService();
    expect(world.problem).toEqual(`Validation failed with the following errors:\n  [chart/direct] endpoint "direct" of chart/direct ${disable('the requests below "/seldon/models/iris/"', 'SeldonDeployment models/iris (chart/raw)')}`);
  });

  test('fails for gRPC calls to the Service of a raw deployment', () => {
    const world = new World(true);
    world.raw();
    const backend = ServiceBackend.of({ name: 'iris-main', namespace: 'models', port: 8000, grpcPort: 5001 });
    new ModelRoute(world.chart, 'calls', { gateways: [world.gateway], backend, paths: [], grpc: GrpcCalls.byHeaders({ seldon: 'iris', namespace: 'models' }) });
    expect(world.problem).toContain(`endpoint "calls" of chart/calls ${disable('the gRPC calls with headers seldon: iris and namespace: models', 'SeldonDeployment models/iris (chart/raw)')}`);
  });

  test('fails for a VirtualService by hand', () => {
    const world = new World(true);
    world.deployment('iris');
    const written = (id: string, prefix: string) => new VirtualService(world.chart, id, {
      gateways: [world.gateway], hosts: ['*'], http: [{ match: [{ uri: StringMatch.prefix(prefix) }], route: [{ destination: { host: 'iris-main', port: 8000 } }] }],
    });
    written('other', '/seldon/models/other/');
    expect(world.problem).toBe('no error');
    written('own', '/seldon/models/iris/');
    expect(world.problem).toContain(`VirtualService chart/own ${disable('the requests below "/seldon/models/iris/"', 'SeldonDeployment models/iris (chart/iris)')}`);
  });

  test('fails for a route to an explainer alone', () => {
    const world = new World(true);
    const explained = world.deployment('iris', { predictors: [predictor('main', { explainer: { type: ExplainerType.ALE } })] });
    new ModelRoute(world.chart, 'why', { gateways: [world.gateway], backend: explained.explainer('main') });
    expect(world.problem).toContain(`endpoint "why" of chart/why ${disable('the requests below "/seldon/models/iris-explainer/main/"', 'SeldonDeployment models/iris (chart/iris)')}`);
  });

  test('fails for an object with the name of the operator\'s own', () => {
    const world = new World(true);
    world.deployment('iris');
    new VirtualService(world.chart, 'own', { metadata: { name: 'iris' }, hosts: ['a.test'], http: [{ redirect: { uri: '/' } }] });
    expect(world.problem).toContain('VirtualService "iris" (chart/own) has the name that Seldon\'s operator gives to its own for chart/iris. The operator overwrites it');
  });
});

describe('where the operator does not manage Istio', () => {
  test('routes need no switch, and cause no warning', () => {
    const world = new World(false);
    world.route('a', world.deployment('a'));
    world.raw();
    world.routeToService();
    expect([world.problem, world.warnings]).toEqual(['no error', []]);
  });

  test('an object may have the name that the operator would give to its own', () => {
    const world = new World(false);
    world.deployment('iris');
    SeldonDeployment.fromSeldonDeploymentName(world.chart, 'wine', 'wine', { predictors: [{ name: 'main' }] });
    for (const name of ['iris', 'wine']) new VirtualService(world.chart, `own-${name}`, { metadata: { name }, hosts: [`${name}.test`], http: [{ redirect: { uri: '/' } }] });
    expect(world.problem).toEqual('no error');
  });

  const remedy = 'and Mesh.configure sets operatorIstio: false. The operator would write no route. Set operatorIstio to true, or route to the predictors by this library';

  test('fails for an OperatorRouter', () => {
    const world = new World(false);
    const backend = world.deployment('iris').predictor('main');
    expect(messageOf(() => new ModelRoute(world.chart, 'route', { gateways: [world.gateway], backend, router: new OperatorRouter() })))
      .toEqual(`OperatorRouter for SeldonDeployment iris, ${remedy} (at chart/route)`);
  });

  test('fails for a deployment that configures its routes for the operator', () => {
    const world = new World(false);
    expect(messageOf(() => world.deployment('iris', { istio: { gateway: world.gateway } }))).toEqual(`istio for SeldonDeployment iris, ${remedy} (at chart/iris)`);
  });
});

test.each(['yes', null, 1])('fails for operatorIstio %j', (operatorIstio) => {
  expect(messageOf(() => Mesh.configure(new App(), { operatorIstio: operatorIstio as never }))).toEqual(
    `operatorIstio ${operatorIstio === 'yes' ? '"yes"' : operatorIstio}. Expected true or false (at the app)`);
});

test.each<[string, object, object]>([
  ['an annotation that is a number', { 'seldon.io/istio-host': 5 }, { predictors: [] }],
  ['a predictor that is null', {}, { predictors: [null] }],
  ['predictors that are no list', {}, { predictors: {} }],
])('a raw SeldonDeployment that the API server refuses has no routes: %s', (_what, annotations, spec) => {
  const world = new World(true);
  new ApiObject(world.chart, 'raw', { apiVersion: 'machinelearning.seldon.io/v1', kind: 'SeldonDeployment', metadata: { name: 'iris', annotations }, spec } as never);
  world.routeToService();
  // What is invalid about it may be findings of their own.
  expect(world.problem).toMatch(/^(no error|Validation failed [^\n]*:(\n {2}\[chart\/raw\] [^\n]* \(rule invalid-(predictors|field)\))+)$/);
});
