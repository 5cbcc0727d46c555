import { Chart } from 'cdk8s';
import { Experiment, ExperimentRouter, FastApp, Gateway, GatewayServer, Model, Pipeline, TrafficSplit } from 'cdk8s-seldon-istio';

const app = new FastApp();
const chart = new Chart(app, 'experiment-pipelines', { namespace: 'seldon-mesh' });

const gateway = new Gateway(chart, 'seldon-gateway', {
  namespace: 'istio-system',
  servers: [GatewayServer.http()],
});

const files = 'gs://seldon-models/scv2/examples/mlserver_1.3.5/income';
const classifier = (id: string) => new Model(chart, id, { storageUri: `${files}/classifier`, requirements: ['sklearn'] });
const preprocessor = new Model(chart, 'income-preprocessor', { storageUri: `${files}/preprocessor`, requirements: ['sklearn'] });
const outliers = new Model(chart, 'income-outliers', {
  storageUri: `${files}/outlier-detector`,
  requirements: ['mlserver', 'alibi-detect'],
});

const current = classifier('income-current');
const plain = new Pipeline(chart, 'income-plain');
plain.addOutput({ steps: [plain.addStep(current).output()] });

// The new pipeline has the model of the old one, and also marks each request that is an outlier.
const guarded = new Pipeline(chart, 'income-guarded');
const scored = guarded.addStep(current);
const prepared = guarded.addStep(preprocessor);
const checked = guarded.addStep(outliers, { inputs: [prepared.output()] });
guarded.addOutput({ steps: [scored.output(), checked.output('is_outlier')] });

// Istio splits the requests of callers outside the cluster between the pipelines.
new TrafficSplit(chart, 'income', {
  gateways: [gateway],
  arms: [{ backend: plain, weight: 80 }, { backend: guarded, weight: 20 }],
});

// Seldon splits the requests, including those of callers in the cluster, who use `income-trial.experiment`.
new TrafficSplit(chart, 'income-trial', {
  gateways: [gateway],
  arms: [{ backend: plain, weight: 50 }, { backend: guarded, weight: 50 }],
  router: new ExperimentRouter(),
});

// One request in ten goes to an experiment with two candidates, between which Seldon splits them.
const candidates = ['income-candidate-a', 'income-candidate-b'].map(classifier);
const trial = new Experiment(chart, 'income-candidates', {
  candidates: candidates.map(({ modelName }) => ({ name: modelName, weight: 50 })),
});
new TrafficSplit(chart, 'income-models', {
  gateways: [gateway],
  arms: [{ backend: current, weight: 90 }, { backend: trial, weight: 10 }],
});

app.synth();
