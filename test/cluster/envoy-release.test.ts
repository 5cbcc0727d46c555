import { envoyOf } from '../../src/cluster/envoy-release';
import { clusterOf } from '../support/cluster';

test.each<[istioVersion: string | undefined, envoy: string, routes: string, policies: string]>([
  [undefined, '1.40', 'lines', 'lines'],
  ['1.40', '1.40', 'lines', 'lines'],
  ['1.32.1', '1.40', 'lines', 'lines'],
  ['v1.31', '1.39', 'lines', 'lines'],
  ['1.30', '1.38', 'joined', 'lines'],
  ['1.29', '1.37.1', 'joined', 'lines'],
  ['1.29.0', '1.37', 'joined', 'joined'],
  ['1.28.4', '1.36', 'joined', 'joined'],
  ['1.28.5', '1.36.5', 'joined', 'lines'],
  ['1.27', '1.35.9', 'joined', 'lines'],
  ['1.27.7', '1.35 or earlier', 'joined', 'joined'],
  ['1.22', '1.35 or earlier', 'joined', 'joined'],
])('the proxies of Istio %s are Envoy %s', (istioVersion, envoy, routes, policies) => {
  expect(envoyOf(clusterOf('', { istioVersion }))).toMatchObject({ envoy, routes, policies });
});
