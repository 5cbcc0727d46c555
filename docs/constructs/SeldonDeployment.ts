import { App, Chart } from 'cdk8s';
import { GraphNode, PrepackagedServer, SeldonDeployment } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new SeldonDeployment(chart, 'iris', {
  predictors: [{
    name: 'default',
    graph: GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://models/iris' }),
  }],
});
app.synth();
