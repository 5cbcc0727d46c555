import { limitsOnSharedService as rule } from '../../../src/rules/destinations/limits-on-shared-service';
import { levelsOf, problemsOf } from '../../support/cluster';

test('the example', () => {
  expect(problemsOf(rule, rule.page.wrong)).toEqual([{
    at: 'warning at DestinationRule models/seldon-mesh spec.trafficPolicy.outlierDetection',
    problem: 'DestinationRule models/seldon-mesh has outlierDetection for host seldon-mesh.models.svc.cluster.local, so the errors of one model eject the pods of all models of Seldon Core 2 in the namespace',
    remedy: 'remove it, and set timeouts and retries in the routes of the models instead',
    related: [],
  }]);
});

test('limits of a port', () => {
  expect(problemsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: seldon-mesh, namespace: models}
spec:
  host: seldon-mesh.models.svc.cluster.local
  trafficPolicy: {portLevelSettings: [{port: {number: 80}, connectionPool: {tcp: {maxConnections: 1}}}]}
`)).toEqual([{
    at: 'warning at DestinationRule models/seldon-mesh spec.trafficPolicy.portLevelSettings[0].connectionPool.tcp.maxConnections',
    problem: 'DestinationRule models/seldon-mesh limits maxConnections for host seldon-mesh.models.svc.cluster.local, so the requests of one model use up the limit of all models of Seldon Core 2 in the namespace',
    remedy: 'remove it, and set timeouts and retries in the routes of the models instead',
    related: [],
  }]);
});

test('settings that limit nothing', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: seldon-mesh, namespace: models}
spec:
  host: seldon-mesh
  trafficPolicy: {tls: {mode: SIMPLE}, connectionPool: {tcp: {connectTimeout: 1s}, http: {h2UpgradePolicy: UPGRADE, idleTimeout: 1h}}}
`)).toEqual([]);
});

test('other Services', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: iris, namespace: models}
spec:
  host: iris
  trafficPolicy: {outlierDetection: {consecutive5xxErrors: 5}}
`)).toEqual([]);
});

test('subsets', () => {
  expect(levelsOf(rule, `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: {name: seldon-mesh, namespace: models}
spec:
  host: seldon-mesh
  subsets: [{name: a, trafficPolicy: {outlierDetection: {}}}]
`)).toEqual(['warning']);
});
