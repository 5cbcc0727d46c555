import { missingAnnotations, syncOrderOf } from '../../../src/gitops/argo-cd/sync-waves';
import { syncWavePatches } from '../../../src/gitops/argo-cd/wave-patches';
import { clusterOf } from '../../support/cluster';

/** The wave of each object, and whether it is deleted last. */
function ordersOf(yaml: string): { readonly [object: string]: string } {
  const cluster = clusterOf(yaml);
  return Object.fromEntries(cluster.objects.map((object) => {
    const { wave, pruneLast } = syncOrderOf(cluster, object);
    return [`${object.kind} ${object.name}`, `${wave}${pruneLast ? ' prune last' : ''}`];
  }));
}

const seldon = (kind: string, spec = '{}') => `
apiVersion: mlops.seldon.io/v1alpha1
kind: ${kind}
metadata: { name: iris, namespace: models }
spec: ${spec}
---`;

const istio = (kind: string, name: string, spec: string) => `
apiVersion: networking.istio.io/v1
kind: ${kind}
metadata: { name: ${name}, namespace: models }
spec: ${spec}
---`;

const STORE = istio('ServiceEntry', 'store', '{ hosts: ["*.s3.amazonaws.com"], location: MESH_EXTERNAL, ports: [{ number: 443, name: tls, protocol: TLS }] }');

test('each kind of Seldon comes after what it needs', () => {
  expect(ordersOf(['SeldonRuntime', 'Server', 'Model', 'Pipeline', 'Experiment', 'ServerConfig'].map((kind) => seldon(kind)).join(''))).toEqual({
    'SeldonRuntime iris': '1 prune last',
    'Server iris': '2 prune last',
    'Model iris': '3 prune last',
    'Pipeline iris': '4 prune last',
    'Experiment iris': '5 prune last',
    'ServerConfig iris': '0',
  });
});

test('rules of Istio come after models, and routes after rules', () => {
  expect(ordersOf([
    istio('DestinationRule', 'iris', '{ host: iris }'),
    istio('VirtualService', 'iris', '{ hosts: [iris], http: [{ route: [{ destination: { host: iris } }] }] }'),
    istio('Gateway', 'ingress', '{ servers: [{ port: { number: 80, protocol: HTTP, name: http }, hosts: ["*"] }] }'),
  ].join(''))).toEqual({ 'DestinationRule iris': '6 prune last', 'VirtualService iris': '7', 'Gateway ingress': '6 prune last' });
});

test('a VirtualService that delegates comes after those that it delegates to', () => {
  expect(ordersOf([
    istio('VirtualService', 'root', '{ hosts: [iris], http: [{ delegate: { name: part } }] }'),
    istio('VirtualService', 'part', '{ http: [{ route: [{ destination: { host: iris } }] }] }'),
  ].join(''))).toEqual({ 'VirtualService root': '8', 'VirtualService part': '7' });
});

test('what models are loaded through comes first', () => {
  expect(ordersOf([
    STORE,
    istio('DestinationRule', 'store', '{ host: data.s3.amazonaws.com }'),
    istio('VirtualService', 'store', '{ hosts: [data.s3.amazonaws.com], gateways: [mesh, egress] }'),
    istio('Gateway', 'egress', '{ servers: [{ port: { number: 443, protocol: TLS, name: tls }, hosts: ["./data.s3.amazonaws.com"] }] }'),
  ].join(''))).toEqual({ 'ServiceEntry store': '0 prune last', 'DestinationRule store': '0 prune last', 'VirtualService store': '0', 'Gateway egress': '0 prune last' });
});

test('a route for a host outside and one inside is a route', () => {
  expect(ordersOf(STORE + istio('VirtualService', 'both', '{ hosts: [data.s3.amazonaws.com, iris] }'))['VirtualService both']).toBe('7');
});

test('a ServiceEntry for the mesh itself makes no host one outside', () => {
  expect(ordersOf(istio('ServiceEntry', 'inside', '{ hosts: [iris.example.com], location: MESH_INTERNAL }')
    + istio('VirtualService', 'iris', '{ hosts: [iris.example.com] }'))['VirtualService iris']).toBe('7');
});

test('nothing waits for a Model that is stopped, since it never becomes healthy', () => {
  expect(ordersOf(seldon('Model', '{ replicas: 0 }'))).toEqual({ 'Model iris': '8 prune last' });
});

describe('annotations', () => {
  const WAVE = 'argocd.argoproj.io/sync-wave';
  const OPTIONS = 'argocd.argoproj.io/sync-options';

  test('of wave 0 are left out', () => {
    expect(missingAnnotations({}, { wave: 0, pruneLast: false })).toEqual({});
  });

  test('of an object take precedence', () => {
    expect(missingAnnotations({ [WAVE]: '0' }, { wave: 3, pruneLast: false })).toEqual({});
    expect(missingAnnotations({ [OPTIONS]: 'Prune=false' }, { wave: 0, pruneLast: true })).toEqual({});
    expect(missingAnnotations({ [OPTIONS]: 'PruneLast=false' }, { wave: 0, pruneLast: true })).toEqual({});
  });

  test('keep other options', () => {
    expect(missingAnnotations({ [OPTIONS]: 'Validate=false' }, { wave: 3, pruneLast: true })).toEqual({ [WAVE]: '3', [OPTIONS]: 'Validate=false,PruneLast=true' });
  });

  test('are patches of kustomize for manifests of any origin', () => {
    expect(syncWavePatches(clusterOf(seldon('Model')))).toEqual([{
      target: { group: 'mlops.seldon.io', kind: 'Model', name: 'iris', namespace: 'models' },
      patch: [
        'apiVersion: mlops.seldon.io/v1alpha1',
        'kind: Model',
        'metadata:',
        '  name: iris',
        '  annotations:',
        `    ${WAVE}: "3"`,
        `    ${OPTIONS}: "PruneLast=true"`,
        '',
      ].join('\n'),
    }]);
  });
});
