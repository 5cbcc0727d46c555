import { k8s } from 'cdk8s-plus-27';
import { toContainer, toPod, toPodOverride } from '../../../src/seldon/pods/pod-json';
import { chartOf, deployment, predictor } from '../../support/core1';
import { messageOf } from '../../support/errors';

const AT = ' (at chart)';

function container(rest: Partial<k8s.Container>): k8s.PodSpec {
  return { containers: [{ name: 'server', image: 'a:1', ...rest }] };
}

function errorOf(spec: k8s.PodSpec): string {
  return messageOf(() => toPod(chartOf(), 'podSpec', spec));
}

describe('ports', () => {
  test('of one number and two protocols are two', () => {
    expect(errorOf(container({ ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }, { containerPort: 81, hostPort: 0, name: 'metrics' }] }))).toEqual('no error');
  });

  test.each<[k8s.ContainerPort[], string]>([
    [[{ containerPort: 80 }, { containerPort: 80, protocol: 'TCP', name: 'b' }],
      'two ports "80/TCP" in spec.containers[0].ports in podSpec. Kubernetes rejects the second one. Give each a unique number and a unique name'],
    [[{ containerPort: 80, name: 'a' }, { containerPort: 81, name: 'a' }],
      'two ports "a" in spec.containers[0].ports in podSpec. Kubernetes rejects the second one. Give each a unique number and a unique name'],
    [[{ name: 'a' } as never], 'a port without containerPort in spec.containers[0].ports in podSpec. Set containerPort to the port on which the container listens'],
    [[{ containerPort: 80, protocol: 'tcp' }], 'protocol "tcp" in spec.containers[0].ports in podSpec. Expected one of TCP, UDP, SCTP'],
    [[{ containerPort: 70000 }], 'spec.containers[0].ports[0].containerPort in podSpec 70000. Expected a whole number from 1 to 65535'],
    [[{ containerPort: 0 }], 'spec.containers[0].ports[0].containerPort in podSpec 0. Expected a whole number from 1 to 65535'],
    [[{ containerPort: 8080.5 }], 'spec.containers[0].ports[0].containerPort in podSpec 8080.5. Expected a whole number from 1 to 65535'],
    [[{ containerPort: '80' as never }], 'spec.containers[0].ports[0].containerPort in podSpec "80". Expected a whole number from 1 to 65535'],
    [[{ containerPort: 80, hostPort: 65536 }], 'spec.containers[0].ports[0].hostPort in podSpec 65536. Expected a whole number from 0 to 65535'],
    ...['Http', '123', 'a--b', 'a-very-long-port-name', 'a_b'].map((name): [k8s.ContainerPort[], string] => [[{ containerPort: 80, name }],
      `name of a port in spec.containers[0].ports in podSpec "${name}". `
      + 'Expected at most 15 lower-case letters, digits and single hyphens, with at least one letter and no hyphen at the ends']),
  ])('fails for %j', (ports, message) => {
    expect(errorOf(container({ ports }))).toEqual(`${message}${AT}`);
  });

  test.each([
    [k8s.IntOrString.fromNumber(0), '0. Expected a whole number from 1 to 65535'],
    [k8s.IntOrString.fromNumber(1.5), '1.5. Expected a whole number from 1 to 65535'],
    [k8s.IntOrString.fromString('80'), '"80". Expected at most 15 lower-case letters, digits and single hyphens, with at least one letter and no hyphen at the ends'],
  ])('fails for a probe of %j', (port, message) => {
    expect(errorOf(container({ livenessProbe: { httpGet: { port } } }))).toEqual(`spec.containers[0].livenessProbe.httpGet.port in podSpec ${message}${AT}`);
    expect(errorOf(container({ livenessProbe: { httpGet: { port: k8s.IntOrString.fromString('http') } } }))).toEqual('no error');
  });
});

describe('ports of the node', () => {
  const podOf = (ports: k8s.ContainerPort[], hostNetwork?: boolean): k8s.PodSpec => ({
    hostNetwork, containers: ports.map((port, i) => ({ name: `c${i}`, image: 'a:1', ports: [port] })),
  });

  test('differ in number, address or protocol', () => {
    expect(errorOf(podOf([
      { containerPort: 80 }, { containerPort: 80 }, { containerPort: 81, hostPort: 0 }, { containerPort: 82, hostPort: 0 },
      { containerPort: 83, hostPort: 80 },
      { containerPort: 84, hostPort: 80, protocol: 'UDP' }, { containerPort: 85, hostPort: 80, hostIp: '10.0.0.1' }, { containerPort: 86, hostPort: 86 },
    ]))).toEqual('no error');
    expect(errorOf(podOf([{ containerPort: 80 }, { containerPort: 81, hostPort: 81 }], true))).toEqual('no error');
  });

  test('fails for one that two containers ask for', () => {
    expect(errorOf(podOf([{ containerPort: 80, hostPort: 8080 }, { containerPort: 81, hostPort: 8080 }]))).toEqual(
      `two ports with hostPort 8080 in podSpec. Each port of the node can be used once. Use different ports, or remove hostPort${AT}`);
  });

  test('fails for another one in the network of the node', () => {
    expect(errorOf(podOf([{ containerPort: 80, hostPort: 8080 }], true))).toEqual(
      `hostPort 8080 of containerPort 80 in podSpec with hostNetwork. With hostNetwork both are the same port. Remove hostPort${AT}`);
  });
});

describe('integers', () => {
  test('may be as far as Kubernetes goes', () => {
    expect(errorOf({
      ...container({ readinessProbe: { periodSeconds: 0, failureThreshold: 2147483647, successThreshold: 3, grpc: { port: 1 } } }),
      terminationGracePeriodSeconds: -1,
      priority: -5,
      nodeSelector: { priority: 'high', mode: 'fast' },
      securityContext: { runAsUser: 0, supplementalGroups: [0, 2147483647] },
      tolerations: [{ key: 'a', tolerationSeconds: -1 }],
      volumes: [{ name: 'v', secret: { secretName: 's', defaultMode: 0o777 } }],
    })).toEqual('no error');
  });

  test.each<[Partial<k8s.PodSpec>, string]>([
    [{ terminationGracePeriodSeconds: 1.5 }, 'spec.terminationGracePeriodSeconds in podSpec 1.5. Expected a whole number from -9007199254740991 to 9007199254740991'],
    [{ activeDeadlineSeconds: 0 }, 'spec.activeDeadlineSeconds in podSpec 0. Expected a whole number from 1 to 2147483647'],
    [{ priority: 3000000000 }, 'spec.priority in podSpec 3000000000. Expected a whole number from -2147483648 to 2147483647'],
    [{ securityContext: { runAsUser: 1e15 } }, 'spec.securityContext.runAsUser in podSpec 1000000000000000. Expected a whole number from 0 to 2147483647'],
    [{ securityContext: { supplementalGroups: [5, 0.5] } }, 'spec.securityContext.supplementalGroups[1] in podSpec 0.5. Expected a whole number from 0 to 2147483647'],
    [{ volumes: [{ name: 'v', configMap: { defaultMode: 777 } }] }, 'spec.volumes[0].configMap.defaultMode in podSpec 777. Expected a whole number from 0 to 511'],
    [{ affinity: { podAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 101, podAffinityTerm: { topologyKey: 'zone' } }] } } },
      'spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight in podSpec 101. Expected a whole number from 1 to 100'],
    [{ volumes: [{ name: 'v', projected: { sources: [{ serviceAccountToken: { path: 't', expirationSeconds: 60 } }] } }] },
      'spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds in podSpec 60. Expected a whole number from 600 to 4294967296'],
    [{ volumes: [{ name: 'v', iscsi: { iqn: 'iqn.2001-04.com.example:a', targetPortal: 'a', lun: 256 } }] },
      'spec.volumes[0].iscsi.lun in podSpec 256. Expected a whole number from 0 to 255'],
    [{ volumes: [{ name: 'v', gcePersistentDisk: { pdName: 'a', partition: -1 } }] },
      'spec.volumes[0].gcePersistentDisk.partition in podSpec -1. Expected a whole number from 0 to 255'],
    [{ tolerations: [{ tolerationSeconds: 0.5 }] },
      'spec.tolerations[0].tolerationSeconds in podSpec 0.5. Expected a whole number from -9007199254740991 to 9007199254740991'],
  ])('fails for a pod with %j', (rest, message) => {
    expect(errorOf({ ...container({}), ...rest })).toEqual(`${message}${AT}`);
  });

  test.each<[k8s.Probe, string]>([
    [{ periodSeconds: 1.5 }, 'periodSeconds in podSpec 1.5. Expected a whole number from 0 to 2147483647'],
    [{ failureThreshold: -1 }, 'failureThreshold in podSpec -1. Expected a whole number from 0 to 2147483647'],
    [{ timeoutSeconds: 3000000000 }, 'timeoutSeconds in podSpec 3000000000. Expected a whole number from 0 to 2147483647'],
    [{ terminationGracePeriodSeconds: 0 }, 'terminationGracePeriodSeconds in podSpec 0. Expected a whole number from 1 to 9007199254740991'],
    [{ grpc: { port: 70000 } }, 'grpc.port in podSpec 70000. Expected a whole number from 1 to 65535'],
    [{ successThreshold: 2 }, 'successThreshold in podSpec 2. Expected a whole number from 0 to 1'],
  ])('fails for a probe with %j', (livenessProbe, message) => {
    expect(errorOf(container({ livenessProbe }))).toEqual(`spec.containers[0].livenessProbe.${message}${AT}`);
  });

  test('fails for a readiness probe that would end its container', () => {
    expect(errorOf(container({ readinessProbe: { terminationGracePeriodSeconds: 5 } }))).toEqual(
      `spec.containers[0].readinessProbe.terminationGracePeriodSeconds in podSpec. A readiness probe does not terminate the container. Remove the field${AT}`);
  });
});

test.each<[string, (spec: k8s.PodSpec) => unknown, string]>([
  ['what is laid over a pod', (spec) => toPodOverride(chartOf(), 'podSpec', spec), 'spec.containers[0].ports[0].containerPort in podSpec'],
  ['a container', (spec) => toContainer(chartOf(), 'agent of imageOverrides', spec.containers[0]), 'container.ports[0].containerPort in agent of imageOverrides'],
  ['a SeldonDeployment', (spec) => deployment({ predictors: [predictor('main', { componentSpecs: [{ spec }] })] }, 'iris', chartOf()),
    'spec.containers[0].ports[0].containerPort in componentSpecs[0] of predictor "main"'],
])('fails in %s', (_what, write, where) => {
  expect(messageOf(() => write(container({ ports: [{ containerPort: 70000 }] })))).toMatch(`${where} 70000. Expected a whole number from 1 to 65535`);
});
