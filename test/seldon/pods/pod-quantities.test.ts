import { k8s } from 'cdk8s-plus-27';
import { toClaims, toPod } from '../../../src/seldon/pods/pod-json';
import { chartOf, deployment, predictor } from '../../support/core1';
import { claimOf } from '../../support/core2';
import { messageOf } from '../../support/errors';

const AT = ' (at chart)';
const text = (value: string) => k8s.Quantity.fromString(value);

function container(rest: Partial<k8s.Container>): k8s.PodSpec {
  return { containers: [{ name: 'server', image: 'a:1', ...rest }] };
}

function errorOf(spec: k8s.PodSpec): string {
  return messageOf(() => toPod(chartOf(), 'podSpec', spec));
}

function memory(value: k8s.Quantity): k8s.PodSpec {
  return container({ resources: { requests: { memory: value } } });
}

describe('quantities', () => {
  test.each(['1Gi', '1e3', '1.5', '.5', '5.', '+1', '1k', '100m', '1E', '1Ei', '1n', '1e-3', '0', '100000000000000000000'])('%j is one', (value) => {
    expect(errorOf(memory(text(value)))).toEqual('no error');
  });

  test.each([
    ['512MB', '"512Mi"'], ['1GB', '"1Gi"'], ['1.5 gb', '"1.5Gi"'], ['1gi', '"1Gi"'], ['1K', '"1Ki"'], ['2 cores', '"2"'], ['2 CPU', '"2"'], ['250 millicores', '"250m"'],
    ['16 gigabytes', '"500m", "2" or "1Gi"'], ['', '"500m", "2" or "1Gi"'], ['1e3Mi', '"500m", "2" or "1Gi"'], [' 1Gi', '"1Gi"'], ['1_000', '"500m", "2" or "1Gi"'],
  ])('fails for %j', (value, right) => {
    expect(errorOf(memory(text(value)))).toEqual(`spec.containers[0].resources.requests.memory in podSpec "${value}". Expected a quantity, such as ${right}${AT}`);
  });

  test('fails for a fraction as a number, which the schema of Seldon\'s kinds refuses', () => {
    expect(errorOf(container({ resources: { limits: { cpu: k8s.Quantity.fromNumber(1.5) } } }))).toEqual(
      `spec.containers[0].resources.limits.cpu in podSpec 1.5. Numbers must be whole. Write k8s.Quantity.fromString("1.5")${AT}`);
    expect(errorOf(container({ resources: { limits: { cpu: text('1.5') } } }))).toEqual('no error');
  });

  test.each([[text('-1'), '"-1"'], [k8s.Quantity.fromNumber(-1), '-1'], [k8s.Quantity.fromNumber(NaN), 'NaN']])('fails for %j', (value, shown) => {
    expect(errorOf(memory(value))).toEqual(`spec.containers[0].resources.requests.memory in podSpec ${shown}. Expected 0 or more${AT}`);
  });

  test('fails in volumes, claims, and the metrics of an autoscaler', () => {
    expect(errorOf({ ...container({}), volumes: [{ name: 'v', emptyDir: { sizeLimit: text('1GB') } }] })).toEqual(
      `spec.volumes[0].emptyDir.sizeLimit in podSpec "1GB". Expected a quantity, such as "1Gi"${AT}`);
    expect(messageOf(() => toClaims(chartOf(), 'ServerConfig', [claimOf('models', { resources: { requests: { storage: text('10GB') } } })]))).toEqual(
      `resources.requests.storage in volumeClaimTemplates[0] of ServerConfig "10GB". Expected a quantity, such as "10Gi"${AT}`);
    const metrics = [{ type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: text('1GB') } } }];
    const scaled = { spec: container({ name: 'classifier' }), hpaSpec: { maxReplicas: 2, metrics } };
    expect(messageOf(() => deployment({ predictors: [predictor('main', { componentSpecs: [scaled] })] }))).toEqual(
      'metrics[0].resource.target.averageValue in hpaSpec of componentSpecs[0] of predictor "main" "1GB". Expected a quantity, such as "1Gi" (at chart/iris)');
  });

  test.each([
    [{ memory: text('1Gi') }, { memory: text('1024Mi') }], [{ cpu: text('500m') }, { cpu: k8s.Quantity.fromNumber(1) }], [{ memory: text('2G') }, { cpu: text('1') }],
    [{ 'nvidia.com/gpu': k8s.Quantity.fromNumber(1) }, { 'nvidia.com/gpu': text('1') }],
  ])('requests %j and limits %j go together', (requests, limits) => {
    expect(errorOf(container({ resources: { requests, limits } as k8s.ResourceRequirements }))).toEqual('no error');
  });

  test.each([
    [{ memory: text('2Gi') }, { memory: text('2G') }, 'memory of spec.containers[0].resources in podSpec with request "2Gi" and limit "2G". A request must not exceed its limit'],
    [{ cpu: k8s.Quantity.fromNumber(1) }, { cpu: text('900m') }, 'cpu of spec.containers[0].resources in podSpec with request 1 and limit "900m". A request must not exceed its limit'],
    [{ 'nvidia.com/gpu': text('1') }, { 'nvidia.com/gpu': text('2') },
      'nvidia.com/gpu of spec.containers[0].resources in podSpec with request "1" and limit "2". Kubernetes does not overcommit this resource. Set both to the same value'],
    [{}, { 'nvidia.com/gpu': text('1500m') },
      'nvidia.com/gpu "1500m" of spec.containers[0].resources in podSpec. Expected a whole number for an extended resource, such as a GPU'],
  ])('fails for requests %j and limits %j', (requests, limits, message) => {
    expect(errorOf(container({ resources: { requests, limits } as k8s.ResourceRequirements }))).toEqual(`${message}${AT}`);
  });
});

describe('resources', () => {
  test.each(['cpu', 'memory', 'ephemeral-storage', 'hugepages-2Mi', 'nvidia.com/gpu'])('%s is one', (resource) => {
    expect(errorOf(container({ resources: { limits: { [resource]: text('2') } } }))).toEqual('no error');
  });

  test.each(['Memory', 'gpu', 'RAM'])('fails for %s', (resource) => {
    expect(errorOf(container({ resources: { limits: { [resource]: text('1') } } }))).toEqual(
      `resource "${resource}" of spec.containers[0].resources in podSpec. `
      + `Expected cpu, memory, ephemeral-storage, or an extended resource such as "nvidia.com/gpu"${AT}`);
  });

  const learning = (resource: string, divisor: string) => container({ env: [{ name: 'A', valueFrom: { resourceFieldRef: { resource, divisor: text(divisor) } } }] });

  test.each([['limits.cpu', '1'], ['limits.cpu', '1m'], ['limits.memory', '1Mi'], ['requests.memory', '1G'], ['limits.ephemeral-storage', '0']])('%s by %s', (resource, divisor) => {
    expect(errorOf(learning(resource, divisor))).toEqual('no error');
  });

  test.each([['limits.cpu', '2', '"1m" or "1"'], ['limits.cpu', '1Mi', '"1m" or "1"'], ['limits.memory', '5Mi', 'a single unit, such as "1", "1M" or "1Mi"']])(
    'fails for %s by %s', (resource, divisor, expected) => {
      expect(errorOf(learning(resource, divisor))).toEqual(
        `spec.containers[0].env[0].valueFrom.resourceFieldRef.divisor in podSpec "${divisor}" of "${resource}". Expected ${expected}${AT}`);
    });
});
