import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { ApiServer } from './harness/apiserver';
import { Manifest } from './harness/manifests';
import { GraphNode, SeldonDeployment } from '../../src';

// What the library refuses in a pod, Kubernetes refuses: in the SeldonDeployment, or in the Deployment that the operator makes of it.

const api = ApiServer.connect();

afterAll(() => api.close());

const quantity = (value: string | number) => (typeof value === 'string' ? k8s.Quantity.fromString(value) : k8s.Quantity.fromNumber(value));
const memory = (value: string | number): Partial<k8s.Container> => ({ resources: { requests: { memory: quantity(value) } } });
const port = (first: k8s.ContainerPort, ...more: k8s.ContainerPort[]): Partial<k8s.Container> => ({ ports: [first, ...more] });
const probe = (rest: k8s.Probe): Partial<k8s.Container> => ({ livenessProbe: { httpGet: { port: k8s.IntOrString.fromNumber(80) }, ...rest } });
const learning = (resource: string, divisor: string): Partial<k8s.Container> => ({
  env: [{ name: 'A', valueFrom: { resourceFieldRef: { resource: `limits.${resource}`, divisor: quantity(divisor) } } }],
});
const pod = (rest: Partial<k8s.PodSpec>): Partial<k8s.PodSpec> => rest;

const CONTAINERS: { readonly refused: Partial<k8s.Container>[]; readonly accepted: Partial<k8s.Container>[] } = {
  refused: [
    ...['512MB', '1GB', '2 cores', '1gi', '1K', '', '1e', '-1', 1.5, ' 1Gi'].map(memory),
    { resources: { requests: { cpu: quantity('1') }, limits: { cpu: quantity('900m') } } },
    { resources: { requests: { 'nvidia.com/gpu': quantity('1') }, limits: { 'nvidia.com/gpu': quantity('2') } } },
    { resources: { limits: { 'nvidia.com/gpu': quantity('1500m') } } },
    port({ containerPort: 80 }, { containerPort: 80, protocol: 'TCP', name: 'b' }),
    port({ containerPort: 80, name: 'a' }, { containerPort: 81, name: 'a' }),
    ...[0, -1, 65536, 70000, 8080.5, 3000000000].map((containerPort) => port({ containerPort })),
    ...[-1, 70000].map((hostPort) => port({ containerPort: 80, hostPort })),
    ...['Http', '123', 'a--b', 'a-very-long-port-name'].map((name) => port({ containerPort: 80, name })),
    ...[0, 70000, 1.5].map((number) => probe({ httpGet: { port: k8s.IntOrString.fromNumber(number) } })),
    probe({ httpGet: { port: k8s.IntOrString.fromString('80') } }),
    ...[-1, 1.5, 3000000000].flatMap((value) => [
      probe({ periodSeconds: value }), probe({ timeoutSeconds: value }), probe({ failureThreshold: value }), probe({ initialDelaySeconds: value }),
    ]),
    probe({ terminationGracePeriodSeconds: 0 }),
    port({ containerPort: 80, protocol: 'tcp' }),
    ...[2, -1].flatMap((successThreshold) => [
      probe({ successThreshold }), { startupProbe: { tcpSocket: { port: k8s.IntOrString.fromNumber(80) }, successThreshold } },
    ]),
    { readinessProbe: { tcpSocket: { port: k8s.IntOrString.fromNumber(80) }, terminationGracePeriodSeconds: 5 } },
    ...['Memory', 'gpu'].map((resource) => ({ resources: { limits: { [resource]: quantity('1') } } })),
    ...[['cpu', '2'], ['cpu', '1Mi'], ['memory', '5Mi']].map(([resource, divisor]) => learning(resource, divisor)),
    ...[-1, 1.5, 1e15].map((runAsUser) => ({ securityContext: { runAsUser } })),
  ],
  accepted: [
    ...['1Gi', '1e3', '1.5', '.5', '5.', '+1', '1k', '100m', '1Ei', '1n', '1e-3', '0', 1].map(memory),
    { resources: { requests: { memory: quantity('1Gi') }, limits: { memory: quantity('1024Mi') } } },
    port({ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }, { containerPort: 65535, hostPort: 0, name: 'a-2' }),
    ...[['cpu', '0'], ['cpu', '1m'], ['cpu', '1'], ['memory', '1k'], ['memory', '1Mi'], ['ephemeral-storage', '1E']]
      .map(([resource, divisor]) => learning(resource, divisor)),
    { resources: { limits: { 'ephemeral-storage': quantity('1Gi'), 'nvidia.com/gpu': quantity('1') } } },
    { readinessProbe: { tcpSocket: { port: k8s.IntOrString.fromNumber(80) }, successThreshold: 2 } },
    probe({ successThreshold: 0 }),
    probe({ httpGet: { port: k8s.IntOrString.fromString('http') }, periodSeconds: 0, initialDelaySeconds: 2147483647, terminationGracePeriodSeconds: 1 }),
  ],
};

const PODS: { readonly refused: Partial<k8s.PodSpec>[]; readonly accepted: Partial<k8s.PodSpec>[] } = {
  refused: [
    { terminationGracePeriodSeconds: 1.5 },
    ...[-1, 0, 1.5, 1e11].map((activeDeadlineSeconds) => ({ activeDeadlineSeconds })),
    ...[1.5, 3000000000].map((priority) => ({ priority })),
    ...[-1, 3000000000].map((fsGroup) => ({ securityContext: { fsGroup } })),
    { securityContext: { supplementalGroups: [0.5] } },
    ...[-1, 512, 777, 420.5].map((defaultMode) => ({ volumes: [{ name: 'v', secret: { secretName: 's', defaultMode } }] })),
    ...['1GB', '-1'].map((size) => ({ volumes: [{ name: 'v', emptyDir: { sizeLimit: quantity(size) } }] })),
    ...[0, 101, 1.5].map((weight) => ({
      affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight, preference: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } }] } },
    })),
    ...[60, 600.5].map((expirationSeconds) => ({ volumes: [{ name: 'v', projected: { sources: [{ serviceAccountToken: { path: 't', expirationSeconds } }] } }] })),
    { volumes: [{ name: 'v', iscsi: { targetPortal: '10.0.0.1:3260', iqn: 'iqn.2001-04.com.example:a', lun: 256 } }] },
    ...[-1, 256].map((partition) => ({ volumes: [{ name: 'v', gcePersistentDisk: { pdName: 'a', partition } }] })),
    { containers: [{ name: 'm', image: 'a:1', ports: [{ containerPort: 80, hostPort: 80 }] }, { name: 'n', image: 'a:1', ports: [{ containerPort: 81, hostPort: 80 }] }] },
    { hostNetwork: true, containers: [{ name: 'm', image: 'a:1', ports: [{ containerPort: 80, hostPort: 81 }] }] },
    { tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 1.5 }] },
    ...[0, 1.5].map((maxSkew) => ({ topologySpreadConstraints: [{ maxSkew, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }] })),
  ],
  accepted: [
    pod({ terminationGracePeriodSeconds: 0, tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: -1 }] }),
    pod({ volumes: [{ name: 'v', projected: { sources: [{ serviceAccountToken: { path: 't', expirationSeconds: 600 } }] } }] }),
    pod({ volumes: [{ name: 'v', iscsi: { targetPortal: '10.0.0.1:3260', iqn: 'iqn.2001-04.com.example:a', lun: 0 } }] }),
    pod({ volumes: [{ name: 'v', gcePersistentDisk: { pdName: 'a', partition: 0 } }] }),
    pod({ hostNetwork: true, containers: [{ name: 'm', image: 'a:1', ports: [{ containerPort: 80 }, { containerPort: 81, hostPort: 81 }] }] }),
    pod({ securityContext: { runAsUser: 2147483647, supplementalGroups: [0] } }),
    pod({ volumes: [{ name: 'v', secret: { secretName: 's', defaultMode: 0o777 } }, { name: 'w', emptyDir: { sizeLimit: quantity('1.5') } }] }),
  ],
};

const specs = (of: 'refused' | 'accepted'): k8s.PodSpec[] => [
  ...CONTAINERS[of].map((rest) => ({ containers: [{ name: 'm', image: 'a:1', ...rest }] })),
  ...PODS[of].map((rest) => ({ containers: [{ name: 'm', image: 'a:1' }], ...rest })),
];

function refusedByLibrary(spec: k8s.PodSpec): boolean {
  const chart = new Chart(new App(), 'chart', { namespace: 'checks' });
  try {
    new SeldonDeployment(chart, 'pods', { predictors: [{ name: 'main', graph: GraphNode.model({ name: 'm' }), componentSpecs: [{ spec }] }] });
    return false;
  } catch {
    return true;
  }
}

async function refusedByKubernetes(spec: k8s.PodSpec): Promise<boolean> {
  const json = k8s.toJson_PodSpec(spec);
  const metadata = { name: 'pods', namespace: 'checks' };
  const objects = [{
    apiVersion: 'machinelearning.seldon.io/v1',
    kind: 'SeldonDeployment',
    metadata,
    spec: { predictors: [{ name: 'main', graph: { name: 'm' }, componentSpecs: [{ spec: json }] }] },
  }, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: { selector: { matchLabels: { app: 'a' } }, template: { metadata: { labels: { app: 'a' } }, spec: json } },
  }] as unknown as Manifest[];
  return (await api.apply(objects, { dryRun: true })).some(({ refused }) => refused !== undefined);
}

beforeAll(() => api.ensureNamespaces(['checks']));

test.each([['refused', true], ['accepted', false]] as const)('what is %s by the library is so by Kubernetes', async (of, expected) => {
  const judged = await Promise.all(specs(of).map(async (spec) => ({
    spec: JSON.stringify(spec), library: refusedByLibrary(spec), kubernetes: await refusedByKubernetes(spec),
  })));
  expect(judged.filter(({ library, kubernetes }) => library !== expected || kubernetes !== expected)).toEqual([]);
});
