import { Chart } from 'cdk8s';
import { ModelEndpoint } from './model-endpoint';
import { FastApp, Gateway } from 'cdk8s-seldon-istio';

const app = new FastApp();
const chart = new Chart(app, 'models', { namespace: 'seldon-mesh' });
const gateways = [new Gateway(chart, 'seldon-gateway', { namespace: 'istio-system' })];

new ModelEndpoint(chart, 'iris', { gateways, storageUri: 'gs://seldon-models/mlserver/iris' });
new ModelEndpoint(chart, 'wine', { gateways, storageUri: 'gs://seldon-models/scv2/samples/mlserver_1.6.0/wine-sklearn' });

app.synth();
