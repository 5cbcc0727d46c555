import { k8s } from 'cdk8s-plus-27';
import { Warnings } from '../../../src/mesh/warnings';
import { toClaims, toContainer, toPod, toPodOverride } from '../../../src/seldon/pods/pod-json';
import { claimOf, chartOf, podOf } from '../../support/core2';

const LABEL = 'Expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends';

const at = chartOf();

test('a pod is written as Kubernetes reads it, quantities included', () => {
  expect(toPod(at, 'podSpec', {
    containers: [{ name: 'server', resources: { limits: { cpu: k8s.Quantity.fromNumber(1), memory: k8s.Quantity.fromString('1Gi') } } }],
  })).toEqual({ containers: [{ name: 'server', resources: { limits: { cpu: 1, memory: '1Gi' } } }] });
});

test('what is laid over a pod may have no containers', () => {
  expect(toPodOverride(at, 'podSpec', { containers: [], nodeName: 'n' })).toEqual({ nodeName: 'n' });
  expect(toPodOverride(at, 'podSpec', podOf('agent'))).toEqual({ containers: [{ name: 'agent', image: 'agent:1' }] });
});

test('a claim is written with its size', () => {
  expect(toClaims(at, 'ServerConfig', [claimOf('models', { storageClassName: 'fast' })])).toEqual([{
    name: 'models', spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName: 'fast' },
  }]);
});

test.each<[string, k8s.PodSpec, string]>([
  ['no list of containers', {} as never, 'containers of podSpec undefined. Expected a list of containers'],
  ['no container', { containers: [] }, 'podSpec without containers. Add at least one'],
  ['an invalid container', { containers: ['agent' as never] }, 'containers[0] of podSpec "agent". Expected a k8s.Container of cdk8s-plus-27'],
  ['an invalid name', podOf('Agent'), `name of containers[0] of podSpec "Agent". ${LABEL}`],
  ['an invalid image', { containers: [{ name: 'a', image: 5 as never }] }, 'image of containers[0] of podSpec 5. Expected a string'],
  ['one name twice', podOf('agent', 'agent'), 'two containers "agent" in podSpec. Give each a unique name'],
  ['one name twice, one before the pod starts', { ...podOf('agent'), initContainers: [{ name: 'agent' }] },
    'two containers "agent" in podSpec. Give each a unique name'],
  ['containers of running pods', { ...podOf('agent'), ephemeralContainers: [{ name: 'debug' }] },
    'ephemeralContainers of podSpec. Kubernetes accepts them only in running pods. Remove them'],
  ['a size that is a string', { containers: [{ name: 'a', resources: { requests: { memory: '1Gi' as never } } }] },
    'spec.containers[0].resources.requests.memory in podSpec "1Gi". Expected a k8s.Quantity of cdk8s-plus, such as k8s.Quantity.fromString("1Gi")'],
  ['a limit that is a number', { containers: [{ name: 'a', resources: { limits: { cpu: 1 as never } } }] },
    'spec.containers[0].resources.limits.cpu in podSpec 1. Expected a k8s.Quantity of cdk8s-plus, such as k8s.Quantity.fromNumber(1)'],
])('fails for a pod with %s', (_what, spec, message) => {
  expect(() => toPod(at, 'podSpec', spec)).toThrow(new Error(`${message} (at chart)`));
});

test('fails for what is laid over a pod with one name twice', () => {
  expect(() => toPodOverride(at, 'podSpec', podOf('agent', 'agent'))).toThrow(new Error('two containers "agent" in podSpec. Give each a unique name (at chart)'));
});

test('fails for a container without a name', () => {
  expect(() => toContainer(at, 'agent of imageOverrides', {} as never)).toThrow(new Error(`name of agent of imageOverrides undefined. ${LABEL} (at chart)`));
});

test.each<[string, unknown, string]>([
  ['an invalid name', [claimOf('A')], `name of volumeClaimTemplates[0] of ServerConfig "A". ${LABEL}`],
  ['one name twice', [claimOf('a'), claimOf('a')], 'two volumeClaimTemplates "a" of ServerConfig. Give each a unique name'],
  ['no access mode', [claimOf('a', { accessModes: [] })],
    'volumeClaimTemplates[0] of ServerConfig without accessModes. Set at least one, such as "ReadWriteOnce"'],
  ['no size', [claimOf('a', { resources: {} })],
    'volumeClaimTemplates[0] of ServerConfig without a request for storage. Set resources.requests.storage'],
  ['a size that is a string', [claimOf('a', { resources: { requests: { storage: '1Gi' as never } } })],
    'resources.requests.storage in volumeClaimTemplates[0] of ServerConfig "1Gi". Expected a k8s.Quantity of cdk8s-plus, such as k8s.Quantity.fromString("1Gi")'],
  ['a limit that is a string', [claimOf('a', { resources: { requests: { storage: k8s.Quantity.fromString('1Gi') }, limits: { storage: '1Gi' as never } } })],
    'resources.limits.storage in volumeClaimTemplates[0] of ServerConfig "1Gi". Expected a k8s.Quantity of cdk8s-plus, such as k8s.Quantity.fromString("1Gi")'],
])('fails for claims with %s', (_what, templates, message) => {
  expect(() => toClaims(at, 'ServerConfig', templates as never)).toThrow(new Error(`${message} (at chart)`));
});

test('warns of a container without an image, where nothing is laid over it', () => {
  const chart = chartOf();
  toPodOverride(chart, 'podSpec', { containers: [{ name: 'agent' }] });
  expect(Warnings.find(chart)).toEqual([]);
  toPod(chart, 'podSpec', { ...podOf('agent'), initContainers: [{ name: 'fetch' }] });
  expect(Warnings.find(chart)).toEqual([
    'container "fetch" of podSpec without an image. Kubernetes would not run such a pod. Set the image here, or in each object that uses this one (at chart)',
  ]);
});
