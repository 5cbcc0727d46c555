import { App, Chart } from 'cdk8s';
import { Caller, DeploymentAccessPolicy, GraphNode, PrepackagedServer, SeldonDeployment } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
const iris = new SeldonDeployment(chart, 'iris', {
  predictors: [{
    name: 'default',
    graph: GraphNode.model({ name: 'classifier', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://models/iris' }),
  }],
});
new DeploymentAccessPolicy(chart, 'iris-access', {
  deployment: iris,
  allow: [Caller.serviceAccount('frontend', 'web')],
});
app.synth();
