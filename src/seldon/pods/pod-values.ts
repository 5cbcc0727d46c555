import type { k8s } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { checkInteger, checkPort } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { isObject } from '../../plan/checks/struct-types';

type Range = readonly [min: number, max: number];

const MAX_INT32 = 2147483647;
const MAX_PORT = 65535;
const ANY_INT32: Range = [-MAX_INT32 - 1, MAX_INT32];
const NOT_NEGATIVE: Range = [0, MAX_INT32];
const AT_LEAST_ONE: Range = [1, MAX_INT32];
/** 64-bit integers, limited to those that JavaScript represents exactly. */
const ANY_INT64: Range = [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
const BYTE: Range = [0, 255];
/** Permissions of a file: 0 to 0777 in octal. */
const FILE_MODE: Range = [0, 0o777];

/** The integers of pods and metrics with their valid ranges. A field of that name has the same meaning everywhere. */
const INTEGERS: { readonly [field: string]: Range } = {
  containerPort: [1, MAX_PORT],
  hostPort: [0, MAX_PORT],
  failureThreshold: NOT_NEGATIVE,
  initialDelaySeconds: NOT_NEGATIVE,
  periodSeconds: NOT_NEGATIVE,
  successThreshold: NOT_NEGATIVE,
  timeoutSeconds: NOT_NEGATIVE,
  terminationGracePeriodSeconds: ANY_INT64,
  activeDeadlineSeconds: AT_LEAST_ONE,
  priority: ANY_INT32,
  runAsUser: NOT_NEGATIVE,
  runAsGroup: NOT_NEGATIVE,
  fsGroup: NOT_NEGATIVE,
  defaultMode: FILE_MODE,
  mode: FILE_MODE,
  tolerationSeconds: ANY_INT64,
  maxSkew: AT_LEAST_ONE,
  minDomains: AT_LEAST_ONE,
  averageUtilization: AT_LEAST_ONE,
  weight: [1, 100],
  expirationSeconds: [600, 2 ** 32],
  partition: BYTE,
  lun: BYTE,
};

/** Ranges for liveness and startup probes: at least a second before the container is killed, and no more than one success. */
const KILLING: { readonly [field: string]: Range } = { terminationGracePeriodSeconds: [1, Number.MAX_SAFE_INTEGER], successThreshold: [0, 1] };

const INTEGERS_OF_PROBES: ReadonlyMap<string, { readonly [field: string]: Range }> = new Map([
  ['livenessProbe', KILLING], ['startupProbe', KILLING], ['readinessProbe', {}],
]);

const PROTOCOLS: readonly unknown[] = ['TCP', 'UDP', 'SCTP'];

const PORT_NAME = /^(?=.{1,15}$)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Checks the integers of an object that is part of a pod.
 *
 * @param at The construct that writes it.
 * @param where Describes a field of the object, for messages.
 * @param field The field that holds the object.
 * @param object The object.
 * @internal
 */
export function checkPodIntegers(at: IConstruct, where: (name: string) => string, field: string, object: { readonly [name: string]: unknown }): void {
  const probe = INTEGERS_OF_PROBES.get(field);
  for (const [name, value] of Object.entries(object)) {
    if (value !== undefined && Object.hasOwn(INTEGERS, name)) checkInteger(at, where(name), value as number, ...probe?.[name] ?? INTEGERS[name]);
  }
  const { supplementalGroups, grpc } = object;
  if (Array.isArray(supplementalGroups)) supplementalGroups.forEach((group: number, i) => checkInteger(at, where(`supplementalGroups[${i}]`), group, ...NOT_NEGATIVE));
  if (field === 'readinessProbe' && object.terminationGracePeriodSeconds !== undefined) {
    throw invalid(at, where('terminationGracePeriodSeconds'), 'a readiness probe does not terminate the container. Remove the field');
  }
  if (probe !== undefined && isObject(grpc)) checkPort(at, where('grpc.port'), (grpc as k8s.GrpcAction).port);
}

/**
 * Checks the ports of a container. Kubernetes rejects two with the same number and protocol, and two with the same name.
 *
 * @internal
 */
export function checkContainerPorts(at: IConstruct, what: string, ports: unknown): void {
  if (!Array.isArray(ports)) return;
  const seen = new Set<string>();
  for (const { containerPort, protocol = 'TCP', name } of ports.filter(isObject) as k8s.ContainerPort[]) {
    if (containerPort === undefined) throw invalid(at, `a port without containerPort in ${what}`, 'set containerPort to the port on which the container listens');
    if (!PROTOCOLS.includes(protocol)) throw invalid(at, `protocol ${show(protocol)} in ${what}`, `expected one of ${PROTOCOLS.join(', ')}`);
    if (name !== undefined) checkPortName(at, `name of a port in ${what}`, name);
    for (const key of [`${containerPort}/${protocol}`, ...name === undefined ? [] : [name]]) {
      if (seen.has(key)) throw invalid(at, `two ports ${show(key)} in ${what}`, 'Kubernetes rejects the second one. Give each a unique number and a unique name');
      seen.add(key);
    }
  }
}

/**
 * Checks the host ports of a pod. Two containers cannot have the same one, and with hostNetwork the host port must be the container port.
 *
 * @internal
 */
export function checkHostPorts(at: IConstruct, what: string, { containers, hostNetwork }: Pick<k8s.PodSpec, 'containers' | 'hostNetwork'>): void {
  const seen = new Set<string>();
  for (const { containerPort, hostPort = 0, hostIp = '', protocol = 'TCP' } of containers.flatMap(({ ports }) => ports ?? [])) {
    if (hostPort === 0) continue;
    if (hostNetwork === true && hostPort !== containerPort) {
      throw invalid(at, `hostPort ${hostPort} of containerPort ${containerPort} in ${what} with hostNetwork`, 'with hostNetwork both are the same port. Remove hostPort');
    }
    const key = `${hostIp}/${hostPort}/${protocol}`;
    if (seen.has(key)) throw invalid(at, `two ports with hostPort ${hostPort} in ${what}`, 'each port of the node can be used once. Use different ports, or remove hostPort');
    seen.add(key);
  }
}

/**
 * Checks the port of a probe: a number, or the name of a container port.
 *
 * @internal
 */
export function checkPortReference(at: IConstruct, what: string, port: string | number): void {
  if (typeof port === 'number') checkPort(at, what, port);
  else checkPortName(at, what, port);
}

function checkPortName(at: IConstruct, what: string, name: unknown): void {
  if (typeof name === 'string' && PORT_NAME.test(name)) return;
  throw invalid(at, `${what} ${show(name)}`, 'expected at most 15 lower-case letters, digits and single hyphens, with at least one letter and no hyphen at the ends');
}
