import { Chart } from 'cdk8s';
import { FastApp, Gateway, GatewayServer, GraphNode, Mesh, ModelRoute, PrepackagedServer, SeldonDeployment } from 'cdk8s-seldon-istio';

const app = new FastApp();

// Seldon's operator is installed without its setting istio.enabled: this library writes all routes.
Mesh.configure(app, { operatorIstio: false });

const chart = new Chart(app, 'graph', { namespace: 'models' });

const gateway = new Gateway(chart, 'seldon-gateway', {
  namespace: 'istio-system',
  servers: [GatewayServer.http()],
});

// Read from the outside in: features are scaled, outliers are marked, two models answer, and their answers are combined.
const graph = GraphNode.transformer({
  name: 'scale',
  children: [GraphNode.transformer({
    name: 'outliers',
    children: [GraphNode.combiner({
      name: 'average',
      children: [
        GraphNode.model({ name: 'linear', implementation: PrepackagedServer.SKLEARN_SERVER, modelUri: 'gs://seldon-models/v1.19.0-dev/sklearn/iris' }),
        GraphNode.model({ name: 'boosted', implementation: PrepackagedServer.XGBOOST_SERVER, modelUri: 'gs://seldon-models/xgboost/iris' }),
      ],
    })],
  })],
});

// Seldon provides the servers of the two models; the other nodes are the team's own containers.
const iris = new SeldonDeployment(chart, 'iris', {
  predictors: [{
    name: 'default',
    replicas: 2,
    graph,
    componentSpecs: [{
      spec: {
        containers: [
          { name: 'scale', image: 'registry.example.com/iris-scale:1.2.0' },
          { name: 'outliers', image: 'registry.example.com/iris-outliers:1.0.3' },
          { name: 'average', image: 'registry.example.com/average:2.0.0' },
        ],
      },
    }],
  }],
});

new ModelRoute(chart, 'iris-route', { gateways: [gateway], backend: iris.predictor('default') });

app.synth();
