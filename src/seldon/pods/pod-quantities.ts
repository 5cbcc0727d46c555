import { IConstruct } from 'constructs';
import { invalid, show } from '../../plan/checks/errors';

/** Quantities by the name of the resource. @internal */
export interface Quantities {
  /** Quantity of a resource. */
  readonly [resource: string]: { readonly value: string | number };
}

const QUANTITY = /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?(\d+(\.\d*)?|\.\d+))?$/;

const UNITS: { readonly [suffix: string]: number } = {
  ...Object.fromEntries(['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'].map((suffix, i) => [suffix, 1000 ** (i - 3)])),
  ...Object.fromEntries(['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((suffix, i) => [suffix, 1024 ** (i + 1)])),
};

/** Resources that Kubernetes does not overcommit: extended resources, such as GPUs, and huge pages. */
const NOT_OVERCOMMITTED = /\/|^hugepages-/;

/** Native resources of Kubernetes, and extended resources. */
const RESOURCES = /^(cpu|memory|(ephemeral-)?storage|hugepages-.+)$|\//;

/** Valid divisors of a resourceFieldRef. */
const DIVISORS = { cpu: [0, 0.001, 1], others: [0, ...Object.entries(UNITS).flatMap(([suffix, amount]) => (/^[num]$/.test(suffix) ? [] : [amount]))] };

/**
 * Checks a quantity as Kubernetes parses it.
 *
 * @internal
 */
export function checkQuantity(at: IConstruct, what: string, quantity: string | number): void {
  if (typeof quantity === 'number') {
    if (Number.isSafeInteger(quantity) && quantity >= 0) return;
    throw invalid(at, `${what} ${show(quantity)}`, quantity > 0 && !Number.isInteger(quantity)
      ? `numbers must be whole. Write k8s.Quantity.fromString("${quantity}")` : 'expected 0 or more');
  }
  if (!QUANTITY.test(quantity)) throw invalid(at, `${what} ${show(quantity)}`, `expected a quantity, such as ${suggestion(quantity)}`);
  if (quantity.startsWith('-')) throw invalid(at, `${what} ${show(quantity)}`, 'expected 0 or more');
}

/**
 * Checks the divisor of a resourceFieldRef.
 *
 * @internal
 */
export function checkDivisor(at: IConstruct, what: string, resource: unknown, divisor: string | number): void {
  const isCpu = /\.cpu$/.test(String(resource));
  if ((isCpu ? DIVISORS.cpu : DIVISORS.others).includes(amountOf(divisor))) return;
  throw invalid(at, `${what} ${show(divisor)} of ${show(resource)}`, `expected ${isCpu ? '"1m" or "1"' : 'a single unit, such as "1", "1M" or "1Mi"'}`);
}

/**
 * Checks the resource requests of a container against its limits.
 *
 * @internal
 */
export function checkRequestsAgainstLimits(at: IConstruct, what: string, requests: Quantities = {}, limits: Quantities = {}): void {
  for (const [resource, { value }] of [...Object.entries(requests), ...Object.entries(limits)]) {
    if (!RESOURCES.test(resource)) {
      throw invalid(at, `resource ${show(resource)} of ${what}`, 'expected cpu, memory, ephemeral-storage, or an extended resource such as "nvidia.com/gpu"');
    }
    if (!resource.includes('/') || Number.isInteger(amountOf(value))) continue;
    throw invalid(at, `${resource} ${show(value)} of ${what}`, 'expected a whole number for an extended resource, such as a GPU');
  }
  for (const [resource, { value: request }] of Object.entries(requests)) {
    const limit = Object.hasOwn(limits, resource) ? limits[resource].value : undefined;
    if (limit === undefined) continue;
    const [requested, allowed] = [amountOf(request), amountOf(limit)];
    const whole = NOT_OVERCOMMITTED.test(resource);
    if (whole ? requested === allowed : requested <= allowed) continue;
    throw invalid(at, `${resource} of ${what} with request ${show(request)} and limit ${show(limit)}`,
      whole ? 'Kubernetes does not overcommit this resource. Set both to the same value' : 'a request must not exceed its limit');
  }
}

function amountOf(quantity: string | number): number {
  const [, number, suffix = ''] = /^(.*?)([KMGTPE]i|[numkMGTPE])?$/.exec(String(quantity))!;
  return Number(number) * UNITS[suffix];
}

/** The most likely intended quantity for common units such as `2 GB` or `1 core`. */
function suggestion(quantity: string): string {
  const [, number, unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]*)\s*$/.exec(quantity) ?? [];
  if (number === undefined) return '"500m", "2" or "1Gi"';
  if (/^(cores?|cpus?)?$/i.test(unit)) return show(number);
  if (/^millicores?$/i.test(unit)) return show(`${number}m`);
  const size = /^([kmgtpe])i?(b|bytes?)?$/i.exec(unit);
  if (size === null) return '"500m", "2" or "1Gi"';
  return show(`${number}${size[1].toUpperCase()}i`);
}
