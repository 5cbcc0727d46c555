import { IConstruct } from 'constructs';
import { invalid, show } from '../../plan/checks/errors';

/** Amounts by the name of the resource. @internal */
export interface Quantities {
  /** A resource. */
  readonly [resource: string]: { readonly value: string | number };
}

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
