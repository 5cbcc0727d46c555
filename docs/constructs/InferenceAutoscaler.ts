import { App, Chart } from 'cdk8s';
import { InferenceAutoscaler, Model } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
const iris = new Model(chart, 'iris', { storageUri: 'gs://models/iris', replicas: 1 });
new InferenceAutoscaler(chart, 'iris-autoscaler', { model: iris, minReplicas: 1, maxReplicas: 4, requestsPerSecond: 50 });
app.synth();
