import { goDuration } from './go-duration';
import { isDomain, isIstioLabel, isWildcardDomain } from './names';
import { isIpAddress } from '../../plan/checks/checks';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { FieldPath, isObject, JsonObject, listOf, numberOf, objectOf, stringOf, stringsOf } from '../json';

/**
 * The faults of an object because of which Istio's webhook rejects it. What the API server rejects by the schema is left out where it can be.
 *
 * @internal
 */
export class FieldFaults {
  /** The faults so far. */
  public readonly found: Fault[] = [];

  /** Adds a fault: the problem follows the path of the field. */
  public add(field: FieldPath, problem: string, remedy: string): void {
    this.found.push({ field, problem, remedy });
  }

  /** A DNS name. */
  public domain(field: FieldPath, value: unknown): void {
    if (typeof value === 'string' && !isDomain(value)) this.add(field, `is ${show(value)}`, 'expected a DNS name such as "store.example.com"');
  }

  /** A DNS name whose first label may have a wildcard. */
  public host(field: FieldPath, value: unknown): void {
    if (typeof value === 'string' && !isWildcardDomain(value)) this.add(field, `is ${show(value)}`, 'expected a DNS name such as "iris.models.svc.cluster.local" or "*.example.com"');
  }

  /** A label of a DNS name, for names of ports, subsets and namespaces. */
  public label(field: FieldPath, value: unknown): void {
    if (typeof value === 'string' && !isIstioLabel(value)) this.add(field, `is ${show(value)}`, 'expected at most 63 letters, digits and hyphens, with no hyphen at the ends');
  }

  /** The number of a port; a missing one is 0. */
  public port(field: FieldPath, value: unknown): void {
    const port = numberOf(value) ?? (value === undefined || value === null ? 0 : undefined);
    if (port !== undefined && (port < 1 || port > MAX_PORT)) this.add(field, `is ${port}`, `expected 1 to ${MAX_PORT}`);
  }

  /** A duration of whole milliseconds. */
  public duration(field: FieldPath, value: unknown): void {
    if (typeof value !== 'string') return;
    const size = goDuration(value);
    if (size === undefined || size < MILLISECOND || size % MILLISECOND !== 0) this.add(field, `is ${show(value)}`, 'expected a duration such as 500ms, 5s or 1h, of 1ms or more and in whole milliseconds');
  }

  /** A duration of any size. */
  public anyDuration(field: FieldPath, value: unknown): void {
    if (typeof value === 'string' && goDuration(value) === undefined) this.add(field, `is ${show(value)}`, 'expected a duration such as 500ms, 5s or 1h');
  }

  /** A number in a range. */
  public between(field: FieldPath, value: unknown, least: number, most: number): void {
    const number = numberOf(value);
    if (number !== undefined && (number < least || number > most)) this.add(field, `is ${number}`, `expected ${least} to ${most}`);
  }

  /** A number that is not negative. */
  public notNegative(field: FieldPath, value: unknown): void {
    const number = numberOf(value);
    if (number !== undefined && number < 0) this.add(field, `is ${number}`, 'expected 0 or more');
  }

  /** A share of requests. */
  public percentage(field: FieldPath, percentage: unknown): void {
    const value = numberOf(objectOf(percentage).value) ?? 0;
    if (value < 0 || value > 100 || (value > 0 && value < LEAST_PERCENTAGE)) this.add([...field, 'value'], `is ${value}`, `expected 0, or ${LEAST_PERCENTAGE} to 100`);
  }

  /** An IP address. */
  public address(field: FieldPath, value: unknown): void {
    if (typeof value === 'string' && !isIpAddress(value)) this.add(field, `is ${show(value)}`, 'expected an IP address such as "10.1.2.3"');
  }

  /** An IP address or a range of them. */
  public subnet(field: FieldPath, value: unknown): void {
    if (typeof value === 'string' && !isSubnet(value)) this.add(field, `is ${show(value)}`, 'expected an IP address, or a range such as "10.0.0.0/8"');
  }

  /** The path of a Unix socket, or the name of an abstract one. */
  public unixPath(field: FieldPath, path: string): void {
    if (path.startsWith('@') || (path.startsWith('/') && !path.endsWith('/'))) return;
    this.add(field, `is ${show(`${UNIX}${path}`)}`, `expected ${UNIX}/path/to/socket`);
  }

  /** The protocol of a port; without one, Istio detects it. */
  public protocol(field: FieldPath, value: unknown): void {
    if (typeof value === 'string' && value !== '' && !PROTOCOLS.includes(value.toUpperCase())) this.add(field, `is ${show(value)}`, `expected one of ${PROTOCOLS.join(', ')}`);
  }

  /** Labels of pods. */
  public labels(field: FieldPath, labels: unknown): void {
    for (const [key, value] of Object.entries(objectOf(labels))) {
      if (!isLabelKey(key)) this.add([...field, key], 'is not a valid name of a label', 'expected letters, digits, "-", "_" and ".", with a DNS name and a slash before them if there is one');
      else if (typeof value === 'string' && !LABEL_VALUE.test(value)) this.add([...field, key], `is ${show(value)}`, 'expected letters, digits, "-", "_" and "."');
    }
  }

  /** A selector of pods. */
  public selector(field: FieldPath, labels: unknown): void {
    for (const [key, value] of Object.entries(objectOf(labels))) {
      const isWildcard = key.includes('*') || (typeof value === 'string' && value.includes('*'));
      if (isWildcard) this.add([...field, key], 'has a wildcard', 'write the labels out, since selectors have no wildcards');
      else if (key === '') this.add([...field, key], 'has no name', 'write the name of the label');
    }
  }

  /** References to Gateways. Istio looks at those before the first short name, and at that one. */
  public gateways(field: FieldPath, names: unknown): void {
    for (const [i, name] of listOf(names).entries()) {
      if (typeof name !== 'string') continue;
      const slash = name.indexOf('/');
      if (slash < 0) {
        if (!isDomain(name)) this.add([...field, i], `is ${show(name)}`, 'expected "<namespace>/<name>", or the name of a Gateway of the same namespace');
        return;
      }
      if (!isIstioLabel(name.slice(0, slash)) || !isIstioLabel(name.slice(slash + 1))) this.add([...field, i], `is ${show(name)}`, 'expected "<namespace>/<name>"');
    }
  }

  /** A Service or host to which requests go. */
  public destination(field: FieldPath, destination: unknown): void {
    if (!isObject(destination)) return;
    const { host, subset, port } = destination;
    if (stringOf(host) === undefined) this.add(field, 'has no host', 'set the name of the Service');
    else if (host === '*') this.add([...field, 'host'], 'is "*"', 'set the name of the Service');
    else this.host([...field, 'host'], host);
    if (stringOf(subset) !== undefined) this.label([...field, 'subset'], subset);
    if (isObject(port)) this.port([...field, 'port', 'number'], port.number);
  }

  /** Namespaces that see an object. */
  public exportTo(field: FieldPath, { exportTo, namespace, isEntry = false, isOwnOnly = false }: ExportTo): void {
    const names = stringsOf(exportTo);
    const seen = new Set<string>();
    for (const [i, name] of names.entries()) {
      const key = name === '.' ? namespace : name;
      const isAllowed = key === '*' || isIstioLabel(key) || (isEntry && key === '~');
      if (!isAllowed) this.add([...field, i], `is ${show(name)}`, `expected a namespace, "." or "*"${isEntry ? ', or "~" for none' : ''}`);
      else if (seen.has(key)) this.add([...field, i], `has ${show(name)} for the second time`, 'list each namespace once');
      seen.add(key);
    }
    if (isOwnOnly && names.length > 0 && (seen.size > 1 || !seen.has(namespace))) this.add(field, 'has other namespaces, and the object selects workloads', 'set ["."], or remove it');
    const alone = ['*', '~'].find((name) => seen.has(name) && names.length > 1);
    if (alone !== undefined) this.add(field, `has ${show(alone)} together with others`, `write only ${show(alone)}, or only the namespaces`);
  }
}

/** What an object is exported to, and what depends on its kind. */
interface ExportTo {
  readonly exportTo: unknown;
  readonly namespace: string;
  /** Whether it is a ServiceEntry, which may be visible to none. */
  readonly isEntry?: boolean;
  /** Whether it may be visible only in its own namespace. */
  readonly isOwnOnly?: boolean;
}

/**
 * How the address of a Unix socket begins.
 *
 * @internal
 */
export const UNIX = 'unix://';

/**
 * The protocols that Istio knows, in upper case.
 *
 * @internal
 */
export const PROTOCOLS: readonly string[] = ['HTTP', 'HTTPS', 'HTTP2', 'GRPC', 'GRPC-WEB', 'HTTP_PROXY', 'TLS', 'TCP', 'UDP', 'MONGO', 'REDIS', 'MYSQL'];

const MAX_PORT = 65_535;
const MILLISECOND = 1_000_000;
const LEAST_PERCENTAGE = 0.0001;
const MAX_LABEL = 63;
const MAX_PREFIX = 253;
const LABEL_VALUE = /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const LABEL_NAME = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_PREFIX = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?)*$/;

function isLabelKey(key: string): boolean {
  const slash = key.lastIndexOf('/');
  const [prefix, name] = slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
  return LABEL_NAME.test(name) && name.length <= MAX_LABEL && (prefix === undefined || (LABEL_PREFIX.test(prefix) && prefix.length <= MAX_PREFIX));
}

function isSubnet(value: string): boolean {
  const [address, bits, ...rest] = value.split('/');
  if (rest.length > 0 || !isIpAddress(address)) return false;
  return bits === undefined || (/^(0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= (address.includes(':') ? 128 : 32));
}

/**
 * Whether a protocol is one of HTTP, in plain text.
 *
 * @internal
 */
export function isHttp(protocol: unknown): boolean {
  return ['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-WEB'].includes((stringOf(protocol) ?? '').toUpperCase());
}

/**
 * Whether connections of a protocol start with TLS.
 *
 * @internal
 */
export function isTls(protocol: unknown): boolean {
  return ['HTTPS', 'TLS'].includes((stringOf(protocol) ?? '').toUpperCase());
}

/**
 * The faults in each object of a list.
 *
 * @internal
 */
export function eachObject(list: unknown, check: (entry: JsonObject, i: number) => void): void {
  listOf(list).forEach((entry, i) => { if (isObject(entry)) check(entry, i); });
}
