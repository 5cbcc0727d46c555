import type { k8s } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { invalid, show } from '../plan/errors';

type Range = readonly [min: number, max: number];

const MAX_INT32 = 2147483647;
const MAX_PORT = 65535;
const ANY_INT32: Range = [-MAX_INT32 - 1, MAX_INT32];
const NOT_NEGATIVE: Range = [0, MAX_INT32];
const AT_LEAST_ONE: Range = [1, MAX_INT32];
/** Numbers of 64 bits, as far as JavaScript has them exactly. */
const ANY_INT64: Range = [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
const BYTE: Range = [0, 255];
/** Permissions of a file: 0 to 0777 in octal. */
const FILE_MODE: Range = [0, 0o777];

/** The integers of pods and metrics, with what Kubernetes accepts. Each name means one thing wherever it is. */
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

/** A probe waits at least a second, and after one success its container counts as alive; a pod may be told to end at once. */
const ENDING: { readonly [field: string]: Range } = { terminationGracePeriodSeconds: [1, Number.MAX_SAFE_INTEGER], successThreshold: [0, 1] };

const INTEGERS_OF_PROBES: ReadonlyMap<string, { readonly [field: string]: Range }> = new Map([
  ['livenessProbe', ENDING], ['startupProbe', ENDING], ['readinessProbe', {}],
]);

const PROTOCOLS: readonly unknown[] = ['TCP', 'UDP', 'SCTP'];

const QUANTITY = /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?(\d+(\.\d*)?|\.\d+))?$/;

const UNITS: { readonly [suffix: string]: number } = {
  ...Object.fromEntries(['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'].map((suffix, i) => [suffix, 1000 ** (i - 3)])),
  ...Object.fromEntries(['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((suffix, i) => [suffix, 1024 ** (i + 1)])),
};

/** Resources that Kubernetes does not overcommit: those of vendors, such as GPUs, and huge pages. */
const NOT_OVERCOMMITTED = /\/|^hugepages-/;

/** Resources that Kubernetes has itself, and those of vendors. */
const RESOURCES = /^(cpu|memory|(ephemeral-)?storage|hugepages-.+)$|\//;

/** The units in which a container can learn what it may use. */
const DIVISORS = { cpu: [0, 0.001, 1], others: [0, ...Object.entries(UNITS).flatMap(([suffix, amount]) => (/^[num]$/.test(suffix) ? [] : [amount]))] };

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
    if (value === undefined) continue;
    if (Object.hasOwn(INTEGERS, name)) checkRange(at, where(name), value, probe?.[name] ?? INTEGERS[name]);
  }
  const { supplementalGroups, grpc } = object;
  if (Array.isArray(supplementalGroups)) supplementalGroups.forEach((group, i) => checkRange(at, where(`supplementalGroups[${i}]`), group, NOT_NEGATIVE));
  if (field === 'readinessProbe' && object.terminationGracePeriodSeconds !== undefined) {
    throw invalid(at, where('terminationGracePeriodSeconds'), 'a container that is not ready is not ended: leave it out');
  }
  if (probe !== undefined && typeof grpc === 'object' && grpc !== null) checkRange(at, where('grpc.port'), (grpc as { port?: unknown }).port, [1, MAX_PORT]);
}

/**
 * Checks the ports of a container: Kubernetes refuses two with one number and protocol, and two with one name.
 *
 * @internal
 */
export function checkContainerPorts(at: IConstruct, what: string, ports: unknown): void {
  if (!Array.isArray(ports)) return;
  const seen = new Set<string>();
  for (const { containerPort, protocol = 'TCP', name } of ports.filter((port) => typeof port === 'object' && port !== null)) {
    if (containerPort === undefined) throw invalid(at, `a port without containerPort in ${what}`, 'give it the number on which the container listens');
    if (!PROTOCOLS.includes(protocol)) throw invalid(at, `protocol ${show(protocol)} in ${what}`, `expected one of ${PROTOCOLS.join(', ')}`);
    if (name !== undefined) checkPortName(at, `name of a port in ${what}`, name);
    for (const key of [`${containerPort}/${protocol}`, ...name === undefined ? [] : [String(name)]]) {
      if (seen.has(key)) throw invalid(at, `two ports ${show(key)} in ${what}`, 'Kubernetes refuses the second one: give each a number and a name of its own');
      seen.add(key);
    }
  }
}

/**
 * Checks the ports that containers of a pod have on its node: two cannot have the same one, and in the network of the node a container has
 * no other port.
 *
 * @internal
 */
export function checkHostPorts(at: IConstruct, what: string, { containers, hostNetwork }: Pick<k8s.PodSpec, 'containers' | 'hostNetwork'>): void {
  const seen = new Set<string>();
  for (const { containerPort, hostPort = 0, hostIp = '', protocol = 'TCP' } of containers.flatMap(({ ports }) => ports ?? [])) {
    if (hostPort === 0) continue;
    if (hostNetwork === true && hostPort !== containerPort) {
      throw invalid(at, `hostPort ${hostPort} of containerPort ${containerPort} in ${what} with hostNetwork`, 'both are one port there: leave hostPort out');
    }
    const key = `${hostIp}/${hostPort}/${protocol}`;
    if (seen.has(key)) throw invalid(at, `two ports with hostPort ${hostPort} in ${what}`, 'they would be one port of the node: give each a port of its own, or leave hostPort out');
    seen.add(key);
  }
}

/**
 * Checks the port that a probe calls: its number, or its name in the container.
 *
 * @internal
 */
export function checkPortReference(at: IConstruct, what: string, port: string | number): void {
  if (typeof port === 'number') checkRange(at, what, port, [1, MAX_PORT]);
  else checkPortName(at, what, port);
}

/**
 * Checks the amount of a resource as Kubernetes reads it.
 *
 * @internal
 */
export function checkQuantity(at: IConstruct, what: string, quantity: string | number): void {
  if (typeof quantity === 'number') {
    if (Number.isSafeInteger(quantity) && quantity >= 0) return;
    throw invalid(at, `${what} ${show(quantity)}`, quantity > 0 && !Number.isInteger(quantity)
      ? `Kubernetes reads numbers as whole ones: write k8s.Quantity.fromString("${quantity}")` : 'expected 0 or more');
  }
  if (!QUANTITY.test(quantity)) throw invalid(at, `${what} ${show(quantity)}`, `expected a quantity, such as ${suggestion(quantity)}`);
  if (quantity.startsWith('-')) throw invalid(at, `${what} ${show(quantity)}`, 'expected 0 or more');
}

/**
 * Checks the unit in which a container learns what it may use of a resource.
 *
 * @internal
 */
export function checkDivisor(at: IConstruct, what: string, resource: unknown, divisor: string | number): void {
  const isCpu = /\.cpu$/.test(String(resource));
  if ((isCpu ? DIVISORS.cpu : DIVISORS.others).includes(amountOf(divisor))) return;
  throw invalid(at, `${what} ${show(divisor)} of ${show(resource)}`, `expected ${isCpu ? '"1m" or "1"' : 'a single unit, such as "1", "1M" or "1Mi"'}`);
}

/**
 * Checks what a container asks for against what it may use.
 *
 * @internal
 */
export function checkRequestsAgainstLimits(at: IConstruct, what: string, requests: Quantities = {}, limits: Quantities = {}): void {
  for (const [resource, { value }] of [...Object.entries(requests), ...Object.entries(limits)]) {
    if (!RESOURCES.test(resource)) {
      throw invalid(at, `resource ${show(resource)} of ${what}`, 'expected cpu, memory, ephemeral-storage, or the name of a vendor\'s resource such as "nvidia.com/gpu"');
    }
    if (!resource.includes('/') || Number.isInteger(amountOf(value))) continue;
    throw invalid(at, `${resource} ${show(value)} of ${what}`, 'resources of vendors, such as GPUs, come as a whole: expected a whole number');
  }
  for (const [resource, { value: request }] of Object.entries(requests)) {
    const limit = Object.hasOwn(limits, resource) ? limits[resource].value : undefined;
    if (limit === undefined) continue;
    const [asked, allowed] = [amountOf(request), amountOf(limit)];
    const whole = NOT_OVERCOMMITTED.test(resource);
    if (whole ? asked === allowed : asked <= allowed) continue;
    throw invalid(at, `${resource} of ${what} with request ${show(request)} and limit ${show(limit)}`,
      whole ? 'Kubernetes does not overcommit it: make both equal' : 'a request must not exceed its limit');
  }
}

/** Amounts by the name of the resource. */
interface Quantities {
  readonly [resource: string]: { readonly value: string | number };
}

function amountOf(quantity: string | number): number {
  const [, number, suffix = ''] = /^(.*?)([KMGTPE]i|[numkMGTPE])?$/.exec(String(quantity))!;
  return Number(number) * UNITS[suffix];
}

/** What somebody who wrote a unit of everyday life most likely meant. */
function suggestion(quantity: string): string {
  const [, number, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]*)\s*$/.exec(quantity) ?? [];
  if (number === undefined) return '"500m", "2" or "1Gi"';
  if (/^(cores?|cpus?)?$/i.test(unit)) return show(number);
  if (/^millicores?$/i.test(unit)) return show(`${number}m`);
  const size = /^([kmgtpe])i?(b|bytes?)?$/i.exec(unit);
  if (size === null) return '"500m", "2" or "1Gi"';
  return show(`${number}${size[1].toUpperCase()}i`);
}

function checkPortName(at: IConstruct, what: string, name: unknown): void {
  if (typeof name === 'string' && PORT_NAME.test(name)) return;
  throw invalid(at, `${what} ${show(name)}`, 'expected at most 15 lower-case letters, digits and single hyphens between them, with one letter at least');
}

function checkRange(at: IConstruct, what: string, value: unknown, [min, max]: Range): void {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return;
  throw invalid(at, `${what} ${show(value)}`, `expected a whole number from ${min} to ${max}`);
}
