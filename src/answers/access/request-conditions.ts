import { Attributes } from './attributes';
import { Comparison, showStrings } from './condition';
import { IpAddress, IpBlocks } from '../../cluster/ip-blocks';
import { isTemplate, templatePattern } from '../../cluster/path-templates';
import { ValueSet } from '../../cluster/policy-values';

/**
 * Compares a header, each of its lines by itself unless Envoy joins them.
 *
 * @param name The name in lower case.
 * @internal
 */
export function headerValueOf(name: string, values: readonly string[]): Comparison {
  const set = new ValueSet(values);
  return {
    subject: `header ${name}`,
    values,
    // An asterisk is satisfied by an empty header too.
    matches: (attributes) => attributes.header(name)?.some((value) => set.hasAny || set.matches(value)),
    shown: (attributes) => showStrings(attributes.header(name) ?? []),
  };
}

/**
 * Compares the `Host` header, as sent but without regard to case.
 *
 * @internal
 */
export function hostOf(values: readonly string[]): Comparison {
  const set = new ValueSet(values.map((value) => value.toLowerCase()));
  return textOf('host', values, ({ host }) => set.matches(host), ({ request }) => request.authority);
}

/**
 * Compares the method.
 *
 * @internal
 */
export function methodOf(values: readonly string[]): Comparison {
  const set = new ValueSet(values);
  return textOf('method', values, ({ request }) => set.matches(request.method), ({ request }) => request.method);
}

/**
 * Compares the path without the query.
 *
 * @internal
 */
export function pathOf(values: readonly string[]): Comparison {
  const set = new ValueSet(values.filter((value) => !isTemplate(value)));
  const templates = values.filter(isTemplate).map(templatePattern);
  const matches = ({ path }: Attributes) => set.matches(path) || templates.some((template) => template.test(path));
  return textOf('path', values, matches, ({ path }) => path);
}

function textOf(
  subject: string, values: readonly string[], matches: (attributes: Attributes) => boolean, read: (attributes: Attributes) => string,
): Comparison {
  return { subject, values, matches, shown: (attributes) => JSON.stringify(read(attributes)) };
}

/** Ports of health checks and metrics of the proxy itself, on which it gets no other requests. */
const OWN_PORTS: readonly number[] = [15020, 15021, 15090];

/**
 * Compares the port at which the proxy gets the request.
 *
 * @internal
 */
export function portOf(values: readonly string[]): Comparison {
  const ports = new Set(values.map(Number));
  const isOwn = values.every((value) => OWN_PORTS.includes(Number(value)));
  return {
    subject: 'port',
    values,
    matches: ({ request: { port } }) => {
      if (port === undefined) return isOwn ? false : undefined;
      return ports.has(port);
    },
    shown: ({ request: { port } }) => String(port ?? 'not known'),
  };
}

/**
 * Compares the server name of the TLS connection.
 *
 * @internal
 */
export function serverNameOf(values: readonly string[]): Comparison {
  const set = new ValueSet(values);
  return {
    subject: 'server name',
    values,
    matches: ({ serverName }) => (serverName === undefined ? undefined : set.matches(serverName)),
    shown: ({ serverName }) => (serverName === undefined || serverName === '' ? undefined : JSON.stringify(serverName)),
  };
}

/**
 * Compares an address with blocks of addresses.
 *
 * @internal
 */
export function addressOf(subject: string, values: readonly string[], read: (attributes: Attributes) => IpAddress | undefined): Comparison {
  const blocks = new IpBlocks(values);
  return {
    subject,
    values,
    matches: (attributes) => {
      const address = read(attributes);
      return address === undefined ? undefined : blocks.includes(address);
    },
    shown: () => 'another address',
  };
}

/**
 * What manifests do not tell of any request.
 *
 * @internal
 */
export function unknownOf(subject: string, values: readonly string[]): Comparison {
  return { subject, values, matches: () => undefined, shown: () => 'not known' };
}
