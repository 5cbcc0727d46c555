import type { k8s } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { checkDivisor, checkQuantity, checkRequestsAgainstLimits, Quantities } from './pod-quantities';
import { checkContainerPorts, checkHostPorts, checkPodIntegers, checkPortReference } from './pod-values';
import { invalid, show } from '../../plan/checks/errors';
import { isObject } from '../../plan/checks/struct-types';

/** Fields of pods whose values cdk8s-plus wraps in a class, by their parent. It would drop a bare value without an error. */
const WRAPPED: { readonly [parent: string]: readonly (readonly [field: string, type: string])[] } = {
  httpGet: [['port', 'IntOrString']],
  tcpSocket: [['port', 'IntOrString']],
  resourceFieldRef: [['divisor', 'Quantity']],
  emptyDir: [['sizeLimit', 'Quantity']],
  target: [['value', 'Quantity'], ['averageValue', 'Quantity']],
};

/** Maps with keys that users choose, which are not fields of a pod. */
const USER_MAPS: ReadonlySet<string> = new Set(['nodeSelector', 'matchLabels', 'labels', 'annotations', 'limits', 'requests', 'overhead', 'volumeAttributes', 'options']);

/** Fields that map names of resources to quantities. */
const QUANTITIES: { readonly [parent: string]: readonly string[] } = { resources: ['limits', 'requests'] };

/**
 * Checks a number or a string that a class of cdk8s-plus wraps.
 *
 * @internal
 */
export function checkWrapped(at: IConstruct, type: string, value: unknown, what: () => string): void {
  if (value === undefined) return;
  const inner = (value as { readonly value?: unknown } | null)?.value;
  if (typeof value === 'object' && (typeof inner === 'string' || typeof inner === 'number')) return;
  const example = typeof value === 'number' ? `.fromNumber(${value})` : `.fromString(${typeof value === 'string' ? show(value) : '…'})`;
  throw invalid(at, `${what()} ${show(value)}`, `expected a k8s.${type} of cdk8s-plus, such as k8s.${type}${example}`);
}

/**
 * Checks how many pods may be added or removed at once: a number or a percentage.
 *
 * @returns Whether it is zero.
 * @internal
 */
export function checkPodShare(at: IConstruct, what: string, share: unknown): boolean {
  if (share === undefined) return false;
  checkWrapped(at, 'IntOrString', share, () => what);
  const { value } = share as { readonly value: unknown };
  const isValid = typeof value === 'string' ? /^\d+%$/.test(value) : Number.isInteger(value) && (value as number) >= 0;
  if (!isValid) throw invalid(at, `${what} ${show(value)}`, 'expected a whole number of 0 or more, or a percentage such as "25%"');
  return parseInt(String(value), 10) === 0;
}

/**
 * Checks all quantities, ports and integers in pods or metrics.
 *
 * @param at The construct that writes them.
 * @param what The object that contains them, for messages.
 * @param path Path of the value in that object.
 * @param value The value to check.
 * @internal
 */
export function checkPodValues(at: IConstruct, what: string, path: string, value: unknown): void {
  visit(at, what, path, path, value);
}

/**
 * Checks all quantities, ports and integers of a pod, including the host ports of its containers.
 *
 * @internal
 */
export function checkPodSpecValues(at: IConstruct, what: string, spec: k8s.PodSpec): void {
  checkPodValues(at, what, 'spec', spec);
  checkHostPorts(at, what, spec);
}

function visit(at: IConstruct, what: string, path: string, field: string, value: unknown): void {
  if (Array.isArray(value)) {
    value.forEach((each, i) => visit(at, what, `${path}[${i}]`, '', each));
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const object = value as { readonly [name: string]: unknown };
  for (const [name, type] of own(WRAPPED, field)) checkWrappedValue(at, type, object[name], () => `${path}.${name} in ${what}`);
  for (const name of own(QUANTITIES, field)) checkQuantities(at, what, `${path}.${name}`, object[name]);
  if (field === 'resourceFieldRef' && object.divisor !== undefined) {
    checkDivisor(at, `${path}.divisor in ${what}`, object.resource, (object.divisor as { readonly value: string | number }).value);
  }
  if (field === 'resources') checkRequestsAgainstLimits(at, `${path} in ${what}`, object.requests as Quantities | undefined, object.limits as Quantities | undefined);
  if (field === 'overhead') checkQuantities(at, what, path, value);
  if (USER_MAPS.has(field)) return;
  checkPodIntegers(at, (name) => `${path}.${name} in ${what}`, field, object);
  if ('ports' in object) checkContainerPorts(at, `${path}.ports in ${what}`, object.ports);
  for (const name of Object.keys(object)) visit(at, what, `${path}.${name}`, name, object[name]);
}

function checkWrappedValue(at: IConstruct, type: string, wrapped: unknown, what: () => string): void {
  if (wrapped === undefined) return;
  checkWrapped(at, type, wrapped, what);
  const { value } = wrapped as { readonly value: string | number };
  if (type === 'Quantity') checkQuantity(at, what(), value);
  else checkPortReference(at, what(), value);
}

/** Users choose names, so a volume may be called `constructor`. */
function own<T>(table: { readonly [name: string]: readonly T[] }, name: string): readonly T[] {
  return Object.hasOwn(table, name) ? table[name] : [];
}

/**
 * Checks a map of quantities, such as requests or limits.
 *
 * @param at The construct that writes them.
 * @param what The object that contains them, for messages.
 * @param path Path of the map in that object.
 * @param quantities The quantities.
 * @internal
 */
export function checkQuantities(at: IConstruct, what: string, path: string, quantities: unknown): void {
  if (quantities === undefined) return;
  if (!isObject(quantities)) throw invalid(at, `${path} in ${what} ${show(quantities)}`, 'expected an object of quantities');
  for (const [name, value] of Object.entries(quantities)) checkWrappedValue(at, 'Quantity', value, () => `${path}.${name} in ${what}`);
}
