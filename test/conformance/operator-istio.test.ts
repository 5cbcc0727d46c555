import { App, Chart } from 'cdk8s';
import { RouteCase, routedAll } from './checks/routed';
import { Manifest, parse, print } from './harness/manifests';
import { operatorMakes } from './harness/operator';
import { startWorld, World } from './harness/world';
import { Core1Callers } from './routes/core1';
import { Gateway } from '../../src/istio/gateway/gateway';
import { Mesh } from '../../src/mesh/mesh';
import { SeldonProtocol } from '../../src/seldon/core1/enums';
import { GraphNode } from '../../src/seldon/core1/graph-node';
import { PrepackagedServer } from '../../src/seldon/core1/prepackaged-server';
import { SeldonDeployment } from '../../src/seldon/core1/seldon-deployment';
import { CallerMatch } from '../../src/traffic/caller-match';
import { Canary } from '../../src/traffic/canary';

// Two owners of one set of requests: the operator, whose routes were there first, and this library. Only disabled routes of the operator leave
// the requests to the library, which is what `operatorIstio: true` asks for.

/** A canary of this library for a deployment whose operator manages Istio; the app may state the opposite. */
function manifests({ operatorIstio }: { operatorIstio: boolean }): string {
  const app = new App();
  Mesh.configure(app, { operatorIstio });
  const chart = new Chart(app, 'chart', { namespace: 'models' });
  const iris = new SeldonDeployment(chart, 'iris', {
    protocol: SeldonProtocol.V2,
    disableOperatorRoutes: operatorIstio,
    predictors: ['main', 'candidate'].map((name) => ({
      name, graph: GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: `gs://models/${name}` }),
    })),
  });
  new Canary(chart, 'rollout', {
    gateways: [new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' })],
    stable: iris.predictor('main'),
    canary: iris.predictor('candidate'),
    weight: 50,
    testers: [CallerMatch.header('x-tester', 'yes')],
  });
  const objects = parse(app.synthYaml());
  const since = (year: number) => (object: Manifest) => ({ ...object, metadata: { ...object.metadata, creationTimestamp: `${year}-01-01T00:00:00Z` } });
  const operators = operatorMakes(objects).map(since(2024));
  // The operator takes over DestinationRules that have the names of its own.
  const taken = new Set(operators.map(({ kind, metadata }) => `${kind} ${metadata.name}`));
  return print([...objects.filter(({ kind, metadata }) => !taken.has(`${kind} ${metadata.name}`)).map(since(2025)), ...operators]);
}

let world: World;

afterEach(() => world.close());

const callers = new Core1Callers('iris', 'models');

function cases(candidate: number, testers: 'main' | 'candidate'): RouteCase[] {
  return [callers.rest('v2/models/classifier'), callers.grpc()].flatMap((request): RouteCase[] => {
    const { port, path } = callers.at('main', request);
    const to = (predictor: string) => ({ service: `iris-${predictor}.models`, port, path });
    return [
      { title: `${candidate} of the requests reach the candidate`, request, times: 200, expect: { shares: [{ to: to('main'), share: 1 - candidate }, { to: to('candidate'), share: candidate }] } },
      { title: `testers reach ${testers}`, request: { ...request, headers: { ...request.headers, 'x-tester': 'yes' } }, expect: { to: to(testers) } },
    ];
  });
}

test('the operator\'s older route has all requests of a canary whose app denies the operator', async () => {
  world = await startWorld(manifests({ operatorIstio: false }));

  expect(await routedAll(world, cases(0, 'main'))).toEqual([]);
});

test('disabled routes leave the canary its share and its testers', async () => {
  world = await startWorld(manifests({ operatorIstio: true }));

  expect(await routedAll(world, cases(0.5, 'candidate'))).toEqual([]);
});
