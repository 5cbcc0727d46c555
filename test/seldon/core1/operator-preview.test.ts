import { OperatorEnvironment, OperatorTlsMode } from '../../../src/cluster/core1-operator/environment';
import { OperatorObjects } from '../../../src/cluster/core1-operator/objects';
import { operatorObjects } from '../../../src/cluster/core1-operator/operator-objects';
import { previewOperator } from '../../../src/seldon/core1/operator-preview';
import { deployment } from '../../support/core1';

function preview(environment: OperatorEnvironment): OperatorObjects {
  const made = deployment();
  return previewOperator(made, made._manifest(), environment);
}

test('the preview is what the operator creates from the manifest', () => {
  const environment = { gateway: 'ingress/shared', tlsMode: OperatorTlsMode.ISTIO_MUTUAL, httpPort: 8080, grpcPort: 5050 };
  expect(preview(environment)).toEqual(operatorObjects(deployment()._manifest(), environment));
});

test('fails for a mode of TLS that turns it off', () => {
  expect(() => preview({ tlsMode: 'STRICT' as OperatorTlsMode })).toThrow(new Error(
    'tlsMode "STRICT" of the operator. Istio has no such mode for clients, so the operator turns TLS off. Use ISTIO_MUTUAL (at chart/iris)'));
});

test('fails for a mode of TLS that does not exist', () => {
  expect(() => preview({ tlsMode: 'TLS' as OperatorTlsMode })).toThrow(new Error(
    'tlsMode of the operator "TLS". Expected one of DISABLE, SIMPLE, MUTUAL, ISTIO_MUTUAL (at chart/iris)'));
});

test.each([
  [{ httpPort: 0 }, 'httpPort of the operator 0. Expected a whole number from 1 to 65535 (at chart/iris)'],
  [{ grpcPort: 70000 }, 'grpcPort of the operator 70000. Expected a whole number from 1 to 65535 (at chart/iris)'],
])('fails for a port %j', (environment, message) => {
  expect(() => preview(environment)).toThrow(new Error(message));
});

test('fails where the operator would, with the path of the construct', () => {
  const written = { metadata: { name: 'iris' }, spec: { annotations: { 'seldon.io/istio-retries': 'three' }, predictors: [] } };
  expect(() => previewOperator(deployment(), written, {})).toThrow(new Error(
    'annotation seldon.io/istio-retries "three". Expected a whole number, since the operator fails on anything else (at chart/iris)'));
});
