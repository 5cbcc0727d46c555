import { Duration } from 'cdk8s';
import { FluxKustomization, FluxKustomizationProps, FluxSourceKind } from '../../src';
import { manifestOf, testChart } from '../support/manifests';

const REQUIRED = { path: './dist/production', sourceName: 'models' };

const specOf = (props: Partial<FluxKustomizationProps> = {}) => {
  const chart = testChart();
  new FluxKustomization(chart, 'models', { ...REQUIRED, ...props });
  return manifestOf(chart, 'Kustomization').spec as { [field: string]: unknown };
};

test('a Kustomization waits until its objects are healthy', () => {
  const { healthCheckExprs, ...spec } = specOf();

  expect(spec).toEqual({
    interval: '600s', timeout: '600s', path: './dist/production', prune: true, wait: true, sourceRef: { kind: 'GitRepository', name: 'models' },
  });
  expect(healthCheckExprs).toEqual(FluxKustomization.healthChecks());
});

test('everything can be set', () => {
  expect(specOf({
    sourceKind: FluxSourceKind.OCI_REPOSITORY, interval: Duration.minutes(1), timeout: Duration.minutes(30), prune: false, dependsOn: ['servers'],
  })).toMatchObject({ interval: '60s', timeout: '1800s', prune: false, sourceRef: { kind: 'OCIRepository' }, dependsOn: [{ name: 'servers' }] });
});

test.each([
  [{ path: '' }, 'path "". Expected a folder in the source, such as "./dist/production" (at test/models)'],
  [{ path: '/dist' }, 'path "/dist". Expected a folder in the source, such as "./dist/production" (at test/models)'],
  [{ path: './../dist' }, 'path "./../dist". Expected a folder in the source, such as "./dist/production" (at test/models)'],
  [{ timeout: Duration.millis(0) }, 'timeout of 0 ms. Expected 1 ms or more, in whole milliseconds (at test/models)'],
])('%j is rejected', (props, message) => {
  expect(() => specOf(props)).toThrow(new Error(message));
});

test('names of other objects are checked', () => {
  expect(() => specOf({ sourceName: 'My Models' })).toThrow('sourceName "My Models"');
  expect(() => specOf({ dependsOn: ['-'] })).toThrow('dependsOn "-"');
});
