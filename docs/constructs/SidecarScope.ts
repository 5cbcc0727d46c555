import { App, Chart } from 'cdk8s';
import { ModelStore, ModelStoreEgress, SidecarScope } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
const stores = new ModelStoreEgress(chart, 'stores', { stores: [ModelStore.gcs()] });
new SidecarScope(chart, 'scope', { egress: [stores] });
app.synth();
