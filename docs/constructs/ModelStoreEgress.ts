import { App, Chart } from 'cdk8s';
import { ModelStore, ModelStoreEgress } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new ModelStoreEgress(chart, 'stores', { stores: [ModelStore.gcs()] });
app.synth();
