import { isIPv4, isIPv6 } from 'net';
import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { invalid, show } from './errors';
import { isObjectName } from './metadata-names';

type At = IConstruct | string;

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const HOST_LABEL = /^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$/;

const MAX_UINT32 = 4294967295;
const MAX_INT32 = 2147483647;

/** @internal */
export function checkInteger(at: At, what: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw invalid(at, `${what} ${show(value)}`, `expected a whole number from ${min} to ${max}`);
  }
}

/** @internal */
export function checkPort(at: At, what: string, value: number): void {
  checkInteger(at, what, value, 1, 65535);
}

/** @internal */
export function checkInt32(at: At, what: string, value: number | undefined, min = 0): void {
  if (value !== undefined) checkInteger(at, what, value, min, MAX_INT32);
}

/** @internal */
export function checkUint32(at: At, what: string, value: number | undefined): void {
  if (value !== undefined) checkInteger(at, what, value, 0, MAX_UINT32);
}

/**
 * Checks the weights of one route. Istio reads them as int32 and relative to their sum, and at least one must be above zero.
 *
 * @internal
 */
export function checkWeights(at: At, arms: readonly { readonly name: string; readonly weight: number }[]): void {
  let sum = 0;
  for (const { name, weight } of arms) {
    if (!Number.isInteger(weight) || weight < 0 || weight > MAX_INT32) {
      throw invalid(at, `weight ${show(weight)} of ${name}`, `expected a whole number from 0 to ${MAX_INT32}`);
    }
    sum += weight;
  }
  if (arms.length > 0 && sum === 0) {
    throw invalid(at, `all weights are 0 (${arms.map(({ name }) => name).join(', ')})`, 'give at least one arm a weight above 0');
  }
  // Envoy adds the weights of a route up in 32 bits and refuses the whole listener when they overflow.
  if (sum > MAX_UINT32) {
    throw invalid(at, `weights add up to ${sum}`, `their sum must not exceed ${MAX_UINT32}`);
  }
}

/** @internal */
export function checkPercent(at: At, what: string, value: number): void {
  if (typeof value !== 'number' || !(value >= 0 && value <= 100)) {
    throw invalid(at, `${what} ${show(value)}`, 'expected a percentage from 0 to 100');
  }
}

/** @internal */
export function checkDuration(at: At, what: string, value: Duration | undefined): void {
  if (value === undefined) return;
  checkIsDuration(at, what, value);
  const ms = value.toMilliseconds({ integral: false });
  if (ms < 1 || !Number.isInteger(ms)) {
    throw invalid(at, `${what} of ${ms} ms`, 'expected 1 ms or more, in whole milliseconds');
  }
}

/** @internal */
export function checkIsDuration(at: At, what: string, value: Duration): void {
  if (typeof (value as Partial<Duration> | null)?.toMilliseconds !== 'function') {
    throw invalid(at, `${what} ${show(value)}`, 'expected a Duration, such as Duration.seconds(5)');
  }
}

/**
 * Writes a duration as Istio and Kubernetes read it: `90s`, `1500ms`.
 *
 * @internal
 */
export function formatDuration(value: Duration): string {
  const ms = value.toMilliseconds();
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}

/** @internal */
export function isDnsLabel(value: string): boolean {
  return typeof value === 'string' && value.length <= 63 && LABEL.test(value);
}

/** @internal */
export function checkDnsLabel(at: At, what: string, value: string): void {
  if (!isDnsLabel(value)) {
    throw invalid(at, `${what} ${show(value)}`, 'expected at most 63 lower-case letters, digits and hyphens, with no hyphen at the ends');
  }
}

/**
 * Rejects `namespace/name` where only a name is expected.
 *
 * @internal
 */
export function checkNoNamespace(at: At, kind: string, name: string): void {
  const [, namespace, rest] = (typeof name === 'string' ? /^([^/]+)\/([^/]+)$/.exec(name) : null) ?? [];
  if (rest !== undefined) throw invalid(at, `name of ${kind} ${show(name)}`, `give the name ${show(rest)}, and { namespace: ${show(namespace)} } as the last argument`);
}

/** @internal */
export function checkObjectName(at: At, what: string, value: string): void {
  if (!isObjectName(value)) {
    throw invalid(at, `${what} ${show(value)}`,
      'expected at most 253 lower-case letters, digits, hyphens and dots, starting and ending with a letter or digit');
  }
}

/**
 * Derives a valid object name from a name with capitals, underscores, or several dots and hyphens in a row.
 *
 * @internal
 */
export function asObjectName(value: string): string {
  return value.toLowerCase().replace(/[-._]+/g, (run) => (run === '.' || /^-+$/.test(run) ? run : '-'));
}

/**
 * Whether a route can list a host: a DNS name, optionally with `*.` in front, `*`, or an IP address.
 *
 * @internal
 */
export function isHost(value: string): boolean {
  if (typeof value !== 'string') return false;
  if (value === '*' || isIpAddress(value)) return true;
  const name = value.startsWith('*.') ? value.slice(2) : value;
  const labels = name.split('.');
  return name.length > 0 && value.length <= 253
    && labels.every((label) => label.length <= 63 && HOST_LABEL.test(label))
    && !/^\d+$/.test(labels[labels.length - 1]);
}

/** @internal */
export function isIpAddress(value: string): boolean {
  // A zone (fe80::1%eth0) names a network interface of one machine. Istio rejects it.
  return typeof value === 'string' && (isIPv4(value) || (isIPv6(value) && !value.includes('%')));
}

/**
 * Checks a host that Envoy compares with the Host header of requests. That header has an IPv6 address in brackets, and Istio accepts it
 * only without them, so no request would match.
 *
 * @internal
 */
export function checkCalledHost(at: At, host: string): void {
  if (host.includes(':')) {
    throw invalid(at, `host ${show(host)} behind a gateway`,
      'clients send an IPv6 address in brackets, so no request would match. Use a DNS name, or "*" for all hosts');
  }
}

/** @internal */
export function checkHost(at: At, what: string, value: string): void {
  if (!isHost(value)) {
    throw invalid(at, `${what} ${show(value)}`, 'expected a DNS name such as "models.example.com", "*.example.com" or "*", without scheme, port or path');
  }
}

/** Keys with a meaning in JavaScript: `__proto__` is lost when objects are merged, and cdk8s does not write `constructor`. */
const RESERVED: readonly string[] = ['constructor', '__proto__'];

/**
 * Rejects a key of a map that would be missing in the manifest.
 *
 * @internal
 */
export function checkWritable(at: At, what: string, key: string): void {
  if (RESERVED.includes(key)) throw invalid(at, `${what} ${show(key)}`, 'JavaScript reserves this name, so cdk8s cannot write it. Choose another one');
}

/**
 * Checks a string that Envoy writes into requests or responses. Because of a line break it rejects all routes.
 *
 * @internal
 */
export function checkNoControls(at: At, what: string, text: string): void {
  if (/\p{Cc}/u.test(text)) throw invalid(at, what, 'expected no control characters');
}
