import { App, Chart, Duration } from 'cdk8s';
import { Canary, Gateway, Model, RolloutRules } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
const gateway = new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' });
const iris1 = new Model(chart, 'iris1', { storageUri: 'gs://models/iris1' });
const iris2 = new Model(chart, 'iris2', { storageUri: 'gs://models/iris2' });
const canary = new Canary(chart, 'iris', { gateways: [gateway], stable: iris1, canary: iris2, weight: 25 });
new RolloutRules(chart, 'iris-rules', { plan: canary.plan, baseline: 'iris1', maxErrorPercent: 2, maxMeanLatency: Duration.millis(250) });
app.synth();
