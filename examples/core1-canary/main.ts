import { Chart } from 'cdk8s';
import {
  CallerMatch, Canary, FastApp, Gateway, GatewayServer, GraphNode, OperatorRouter, PredictorProps, PrepackagedServer, SeldonDeployment,
  SeldonProtocol,
} from 'cdk8s-seldon-istio';

const app = new FastApp();

/** A version of the model. */
const version = (name: string, modelUri: string): PredictorProps => ({
  name,
  graph: GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri }),
});
const predictors = [
  version('main', 'gs://seldon-models/sklearn/iris-0.23.2/lr_model'),
  version('canary', 'gs://seldon-models/v1.19.0-dev/sklearn/iris'),
];

// Seldon's operator splits the requests of all callers: one in four for the canary.
const operator = new Chart(app, 'operator', { namespace: 'models-operator' });
const gateway = new Gateway(operator, 'seldon-gateway', {
  namespace: 'istio-system',
  servers: [GatewayServer.http()],
});
const shared = new SeldonDeployment(operator, 'iris', { protocol: SeldonProtocol.V2, predictors });
new Canary(operator, 'iris-canary', {
  gateways: [gateway],
  stable: shared.predictor('main'),
  canary: shared.predictor('canary'),
  weight: 25,
  router: new OperatorRouter(),
});

// This library splits them: testers always reach the canary, and sessions of other callers are sticky.
const library = new Chart(app, 'library', { namespace: 'models-library' });
const routed = new SeldonDeployment(library, 'iris', { protocol: SeldonProtocol.V2, predictors, disableOperatorRoutes: true });
new Canary(library, 'iris-rollout', {
  endpoint: 'iris',
  gateways: [gateway],
  stable: routed.predictor('main'),
  canary: routed.predictor('canary'),
  weight: 25,
  testers: [CallerMatch.header('x-tester', 'yes')],
  sticky: {},
});

app.synth();
