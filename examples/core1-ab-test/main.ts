import { Chart } from 'cdk8s';
import {
  AbTest, CallerMatch, FastApp, Gateway, GatewayServer, GraphNode, OperatorRouter, PredictorProps, PrepackagedServer, SeldonDeployment,
  SeldonProtocol,
} from 'cdk8s-seldon-istio';

const app = new FastApp();

/** A variant of the model. */
const variant = (name: string, implementation: PrepackagedServer, modelUri: string): PredictorProps => ({
  name,
  graph: GraphNode.model({ name: 'classifier', implementation, modelUri }),
});
const predictors = [
  variant('a', PrepackagedServer.SKLEARN_SERVER, 'gs://seldon-models/sklearn/iris-0.23.2/lr_model'),
  variant('b', PrepackagedServer.SKLEARN_SERVER, 'gs://seldon-models/v1.19.0-dev/sklearn/iris'),
  variant('c', PrepackagedServer.XGBOOST_SERVER, 'gs://seldon-models/xgboost/iris'),
];

// Seldon's operator splits the requests by percentage, for all callers alike.
const operator = new Chart(app, 'operator', { namespace: 'models-operator' });
const gateway = new Gateway(operator, 'seldon-gateway', {
  namespace: 'istio-system',
  servers: [GatewayServer.http()],
});
const shared = new SeldonDeployment(operator, 'iris', { protocol: SeldonProtocol.V2, predictors });
new AbTest(operator, 'iris-test', {
  gateways: [gateway],
  variants: [
    { name: 'a', backend: shared.predictor('a'), weight: 40 },
    { name: 'b', backend: shared.predictor('b'), weight: 40 },
    { name: 'c', backend: shared.predictor('c'), weight: 20 },
  ],
  router: new OperatorRouter(),
});

// This library routes requests by header, cookie or query parameter, and splits all others.
const library = new Chart(app, 'library', { namespace: 'models-library' });
const routed = new SeldonDeployment(library, 'iris', { protocol: SeldonProtocol.V2, predictors, disableOperatorRoutes: true });
new AbTest(library, 'iris-test', {
  gateways: [gateway],
  variants: [
    { name: 'a', backend: routed.predictor('a'), weight: 1, matches: [CallerMatch.cookie('group', 'a')] },
    { name: 'b', backend: routed.predictor('b'), weight: 1, matches: [CallerMatch.header('x-group', 'b')] },
    { name: 'c', backend: routed.predictor('c'), matches: [CallerMatch.query('group', 'c'), CallerMatch.header('x-group', 'c')] },
  ],
});

app.synth();
