import { Chart } from 'cdk8s';
import { FastApp, Gateway, GatewayServer, Model, ModelRoute, Pipeline } from 'cdk8s-seldon-istio';

const app = new FastApp();
const chart = new Chart(app, 'pipeline', { namespace: 'seldon-mesh' });

const gateway = new Gateway(chart, 'seldon-gateway', {
  namespace: 'istio-system',
  servers: [GatewayServer.http()],
});

const files = 'gs://seldon-models/scv2/examples/mlserver_1.3.5/income';
const preprocessor = new Model(chart, 'income-preprocessor', { storageUri: `${files}/preprocessor`, requirements: ['sklearn'] });
const classifier = new Model(chart, 'income-classifier', { storageUri: `${files}/classifier`, requirements: ['sklearn'] });
const outliers = new Model(chart, 'income-outliers', {
  storageUri: `${files}/outlier-detector`,
  requirements: ['mlserver', 'alibi-detect'],
});
const drift = new Model(chart, 'income-drift', {
  storageUri: `${files}/drift-detector`,
  requirements: ['mlserver', 'alibi-detect'],
});

const pipeline = new Pipeline(chart, 'income-production');
const scored = pipeline.addStep(classifier);
const prepared = pipeline.addStep(preprocessor);
const checked = pipeline.addStep(outliers, { inputs: [prepared.output()] });
// No response waits for it: its results are in a Kafka topic.
pipeline.addStep(drift, { batch: { size: 20 } });
pipeline.addOutput({ steps: [scored.output(), checked.output('is_outlier')] });

// An explainer is a separate Model that sends the classifier many requests for each explanation.
const explainer = new Model(chart, 'income-explainer', {
  storageUri: `${files}/explainer`,
  explainer: { type: 'anchor_tabular', modelRef: classifier.modelName },
});

// REST clients request /v2/models/income, gRPC clients send `seldon-model: income`.
new ModelRoute(chart, 'income', { gateways: [gateway], backend: pipeline });
new ModelRoute(chart, 'income-explanations', { gateways: [gateway], backend: explainer });

app.synth();
