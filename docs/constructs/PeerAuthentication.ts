import { App, Chart } from 'cdk8s';
import { MtlsMode, PeerAuthentication } from 'cdk8s-seldon-istio';

const app = new App();
const chart = new Chart(app, 'models', { namespace: 'models' });
new PeerAuthentication(chart, 'strict', { mtls: MtlsMode.STRICT });
app.synth();
