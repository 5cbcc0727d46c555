import { App, Chart } from 'cdk8s';
import { Model, Pipeline } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
const preprocessor = new Model(chart, 'preprocessor', { storageUri: 'gs://models/preprocessor' });
const classifier = new Model(chart, 'classifier', { storageUri: 'gs://models/classifier' });
const pipeline = new Pipeline(chart, 'income');
const clean = pipeline.addStep(preprocessor);
const income = pipeline.addStep(classifier, { inputs: [clean.output()] });
pipeline.addOutput({ steps: [income.output()] });
app.synth();
