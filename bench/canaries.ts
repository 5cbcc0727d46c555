import { ApiObject, App, Chart } from 'cdk8s';
import type * as Library from '../src';

// Users run the compiled package.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const library: typeof Library = require('../lib/src');

/** Many SeldonDeployments in one chart, each with two predictors and a canary between them. */
export function buildCanaries(count: number, app = new App()): App {
  const { Canary, Gateway, GraphNode, Mesh, PrepackagedServer: { SKLEARN_SERVER }, SeldonDeployment } = library;
  Mesh.configure(app, { operatorIstio: false });
  const chart = new Chart(app, 'canaries', { namespace: 'seldon' });
  const gateway = Gateway.fromGatewayName(chart, 'gateway', 'seldon-gateway', { namespace: 'istio-system' });
  for (let i = 0; i < count; i++) {
    const deployment = new SeldonDeployment(chart, `iris-${i}`, {
      predictors: ['main', 'canary'].map((name) => ({
        name, graph: GraphNode.model({ name: 'classifier', implementation: SKLEARN_SERVER, modelUri: `gs://models/${i}/${name}` }),
      })),
    });
    new Canary(chart, `canary-${i}`, {
      gateways: [gateway],
      stable: deployment.predictor('main'),
      canary: deployment.predictor('canary'),
      weight: 10,
    });
  }
  return app;
}

/** The same manifests as plain objects. */
export function buildPlainCanaries(manifests: readonly object[]): App {
  const app = new App();
  const chart = new Chart(app, 'canaries', { namespace: 'seldon' });
  manifests.forEach((manifest, i) => new ApiObject(chart, `object-${i}`, manifest as ConstructorParameters<typeof ApiObject>[2]));
  return app;
}
