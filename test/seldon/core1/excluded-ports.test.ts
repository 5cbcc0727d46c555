import { ModelStore } from '../../../src/istio/egress/model-store';
import { ModelStoreEgress } from '../../../src/istio/egress/model-store-egress';
import { SeldonDeployment } from '../../../src/seldon/core1/seldon-deployment';
import { SeldonDeploymentProps } from '../../../src/seldon/core1/seldon-deployment-props';
import { predictor } from '../../support/core1';
import { messageOf } from '../../support/errors';
import { testChart } from '../../support/manifests';

const excluding = (ports: string) => ({ 'traffic.sidecar.istio.io/excludeOutboundPorts': ports });
const POD = { spec: { containers: [{ name: 'classifier', image: 'a:1' }] } };

function problemOf(props: Partial<SeldonDeploymentProps>): string {
  const chart = testChart();
  new ModelStoreEgress(chart, 'stores', { stores: [ModelStore.gcs()], tlsOrigination: {} });
  return messageOf(() => new SeldonDeployment(chart, 'iris', { predictors: [predictor()], ...props }));
}

test.each<[string, Partial<SeldonDeploymentProps>]>([
  ['of all pods', { annotations: excluding('80') }],
  ['of a predictor', { predictors: [predictor('main', { annotations: excluding('443, 80') })] }],
  ['of a component', { predictors: [predictor('main', { componentSpecs: [{ metadata: { annotations: excluding('80') }, ...POD }] })] }],
])('fails when an annotation %s excludes the port that TLS is started on', (_whose, props) => {
  expect(problemOf(props)).toBe('port 80 is excluded from the proxy (by test/iris), and test/stores makes the proxy originate TLS on it. '
    + 'Calls would leave in plain text. Use native sidecars, or let the clients use HTTPS (at test/iris)');
});

test.each(['443', '8000-9000', ''])('ports %j are no matter', (ports) => {
  expect(problemOf({ annotations: excluding(ports) })).toBe('no error');
});
