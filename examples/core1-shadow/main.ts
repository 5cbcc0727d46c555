import { Chart } from 'cdk8s';
import {
  FastApp, Gateway, GatewayServer, GraphNode, OperatorRouter, PredictorProps, PrepackagedServer, SeldonDeployment, SeldonProtocol,
  ShadowDeployment,
} from 'cdk8s-seldon-istio';

const app = new FastApp();

/** A version of the model. */
const version = (name: string, implementation: PrepackagedServer, modelUri: string): PredictorProps => ({
  name,
  graph: GraphNode.model({ name: 'classifier', implementation, modelUri }),
});
const current = version('current', PrepackagedServer.SKLEARN_SERVER, 'gs://seldon-models/sklearn/iris-0.23.2/lr_model');
const candidate = version('candidate', PrepackagedServer.SKLEARN_SERVER, 'gs://seldon-models/v1.19.0-dev/sklearn/iris');
const boosted = version('boosted', PrepackagedServer.XGBOOST_SERVER, 'gs://seldon-models/xgboost/iris');

// Seldon's operator configures a mirror for one shadow.
const operator = new Chart(app, 'operator', { namespace: 'models-operator' });
const gateway = new Gateway(operator, 'seldon-gateway', {
  namespace: 'istio-system',
  servers: [GatewayServer.http()],
});
const shared = new SeldonDeployment(operator, 'iris', { protocol: SeldonProtocol.V2, predictors: [current, candidate] });
new ShadowDeployment(operator, 'iris-shadow', {
  gateways: [gateway],
  primary: shared.predictor('current'),
  shadows: [{ backend: shared.predictor('candidate'), percent: 20 }],
  router: new OperatorRouter(),
});

// This library configures mirrors for several. For the operator's webhook they are predictors without traffic.
const library = new Chart(app, 'library', { namespace: 'models-library' });
const routed = new SeldonDeployment(library, 'iris', {
  protocol: SeldonProtocol.V2, predictors: [current, candidate, boosted], disableOperatorRoutes: true,
});
new ShadowDeployment(library, 'iris-shadow', {
  gateways: [gateway],
  primary: routed.predictor('current'),
  shadows: [
    { backend: routed.predictor('candidate'), percent: 20 },
    { backend: routed.predictor('boosted'), percent: 100 },
  ],
});

app.synth();
