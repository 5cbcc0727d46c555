import { Chart } from 'cdk8s';
import {
  BlueGreen, BlueGreenSlot, FastApp, Gateway, GatewayServer, GraphNode, OperatorRouter, PredictorProps, PrepackagedServer, Rules,
  SeldonDeployment, SeldonProtocol,
} from 'cdk8s-seldon-istio';

const app = new FastApp();

/** A version of the model. */
const version = (name: string, modelUri: string): PredictorProps => ({
  name,
  graph: GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri }),
});
const predictors = [
  version('blue', 'gs://seldon-models/sklearn/iris-0.23.2/lr_model'),
  version('green', 'gs://seldon-models/v1.19.0-dev/sklearn/iris'),
];
const active = BlueGreenSlot.BLUE;

// Seldon's operator sends all requests to the active slot, and none to the idle one.
const operator = new Chart(app, 'operator', { namespace: 'models-operator' });
const gateway = new Gateway(operator, 'seldon-gateway', {
  namespace: 'istio-system',
  servers: [GatewayServer.http()],
});
const shared = new SeldonDeployment(operator, 'iris', { protocol: SeldonProtocol.V2, predictors });
new BlueGreen(operator, 'iris-slots', {
  gateways: [gateway],
  blue: shared.predictor('blue'),
  green: shared.predictor('green'),
  active,
  router: new OperatorRouter(),
});

// This library does the same, and routes testers, who use another host, to the idle slot.
const library = new Chart(app, 'library', { namespace: 'models-library' });
const routed = new SeldonDeployment(library, 'iris', { protocol: SeldonProtocol.V2, predictors, disableOperatorRoutes: true });
const slots = new BlueGreen(library, 'iris-slots', {
  gateways: [gateway],
  blue: routed.predictor('blue'),
  green: routed.predictor('green'),
  active,
  preview: { hosts: ['preview.example.com'] },
});
Rules.accept(slots, 'hidden-host', 'testers call no other models on the host of the preview');

app.synth();
