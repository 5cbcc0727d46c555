import { Connection, ConnectionSide } from './connection';
import { patternWord } from './host-words';
import { GatewayListener, GatewayListeners } from '../../answers/gateways/gateway-listeners';
import { GatewayServer } from '../../cluster/gateway-view';
import { podsKey } from '../../plan/pod-selectors';

/** A listener on both sides; undefined where there is none. */
interface Pair {
  readonly before: GatewayListener | undefined;
  readonly after: GatewayListener | undefined;
}

/**
 * The connections that the gateways of two states accept.
 *
 * @internal
 */
export function connectionsOf(before: GatewayListeners, after: GatewayListeners): readonly Connection[] {
  const pairs = listenerPairs(before.all(), after.all());
  return [...pairs.flatMap(connectionsOfPair), ...missingConnections(before, after)];
}

/** Listeners belong together if they have the labels of their pods in common, whatever their Gateways are called, or else a Gateway. */
function listenerPairs(before: readonly GatewayListener[], after: readonly GatewayListener[]): readonly Pair[] {
  const byKey = new Map<string, GatewayListener>();
  for (const listener of [...after].reverse()) for (const key of keysOf(listener)) byKey.set(key, listener);
  const partnerOf = (listener: GatewayListener) => keysOf(listener).map((key) => byKey.get(key)).find((found) => found !== undefined);
  const pairs = before.map((listener): Pair => ({ before: listener, after: partnerOf(listener) }));
  const paired = new Set(pairs.map((pair) => pair.after));
  return [...pairs, ...after.filter((listener) => !paired.has(listener)).map((listener): Pair => ({ before: undefined, after: listener }))];
}

function keysOf(listener: GatewayListener): readonly string[] {
  const { port } = listener.servers;
  return [`${podKey(listener)} ${namesOf(listener).join(' ')} ${port}`, `${podKey(listener)} ${port}`, ...namesOf(listener).map((name) => `${name} ${port}`)];
}

function namesOf({ pods, servers: { port } }: GatewayListener): readonly string[] {
  return pods.gateways.filter(({ servers }) => servers.some((server) => server.port === port)).map(({ object }) => `${object.namespace}/${object.name}`);
}

function podKey({ pods: { namespace, labels } }: GatewayListener): string {
  return `pods ${namespace} ${podsKey(labels)}`;
}

function connectionsOfPair({ before, after }: Pair): readonly Connection[] {
  const some = (before ?? after)!;
  const common = { gateway: namesOf(some)[0] ?? '', port: some.servers.port };
  const isPlain = [before, after].some((listener) => (
    listener !== undefined && (listener.servers.plain.length > 0 || listener.servers.opaque !== undefined)
  ));
  const usesTls = [before, after].some((listener) => listener !== undefined && listener.servers.tls.length > 0);
  return [
    ...isPlain ? [{ ...common, tls: false, before: plainSide(before), after: plainSide(after) }] : [],
    ...usesTls ? tlsConnections(before, after).map((connection) => ({ ...common, tls: true, ...connection })) : [],
  ];
}

const NOTHING: ConnectionSide = { entry: undefined, hosts: undefined };

function plainSide(listener: GatewayListener | undefined): ConnectionSide {
  if (listener === undefined) return NOTHING;
  const { servers } = listener;
  return {
    entry: { kind: 'gateway', gateway: namesOf(listener)[0], port: servers.port },
    hosts: servers.plain.length > 0 ? listener.plainHosts : undefined,
  };
}

/** Server names that lead to the same servers are one connection. */
function tlsConnections(
  before: GatewayListener | undefined, after: GatewayListener | undefined,
): readonly Pick<Connection, 'serverNames' | 'before' | 'after'>[] {
  const all = [before, after].flatMap((listener) => listener?.servers.tls ?? []);
  const routed = [before, after].flatMap((listener) => [...listener?.routedServerNames ?? []]);
  const patterns = new Set([...all.flatMap(({ hosts }) => hosts.map(({ host }) => host.toLowerCase())), ...routed]);
  const connections = new Map<string, { readonly servers: readonly (GatewayServer | undefined)[]; readonly names: string[] }>();
  for (const pattern of patterns) {
    const name = patternWord(pattern, patterns);
    const servers = [before, after].map((listener) => listener?.serverFor(name));
    const isForwarding = servers.some((server) => server !== undefined && !server.http);
    const key = [...servers.map((server) => (server === undefined ? '' : `${server.gateway.toString()} ${server.field.join('.')}`)), isForwarding ? name : '']
      .join(' | ');
    const known = connections.get(key);
    if (known === undefined) connections.set(key, { servers, names: [name] });
    else known.names.push(name);
  }
  return [...connections.values()].flatMap(({ servers, names }) => {
    const needsCertificate = servers.some((server) => server?.clientCertificates === true);
    return (needsCertificate ? [true, false] : [false]).map((hasCertificate) => ({
      serverNames: names, before: tlsSide(before, servers[0], names[0], hasCertificate), after: tlsSide(after, servers[1], names[0], hasCertificate),
    }));
  });
}

function tlsSide(
  listener: GatewayListener | undefined, server: GatewayServer | undefined, serverName: string, hasCertificate: boolean,
): ConnectionSide {
  if (listener === undefined) return NOTHING;
  const { servers: { port } } = listener;
  const gateway = server === undefined ? namesOf(listener)[0] : `${server.gateway.namespace}/${server.gateway.name}`;
  const isRouted = server?.http === true && (hasCertificate || !server.clientCertificates);
  return {
    entry: { kind: 'gateway', gateway, port, tls: { serverName, ...hasCertificate ? { certificate: {} } : {} } },
    hosts: isRouted ? listener.hostsOf(server) : undefined,
  };
}

const HTTP = 80;

/** Gateways that routes name and that are not among the objects. */
function missingConnections(before: GatewayListeners, after: GatewayListeners): readonly Connection[] {
  return [...new Set([...before.missing, ...after.missing])].flatMap((gateway): Connection[] => {
    const others = [before, after].filter((listeners) => !listeners.missing.includes(gateway)).flatMap((listeners) => listeners.all())
      .filter((listener) => namesOf(listener).includes(gateway) && listener.servers.plain.length > 0);
    const ports = others.length === 0 ? [HTTP] : [...new Set(others.map(({ servers }) => servers.port))];
    return ports.map((port) => ({ gateway, port, tls: false, before: missingSide(before, gateway, port), after: missingSide(after, gateway, port) }));
  });
}

function missingSide(listeners: GatewayListeners, gateway: string, port: number): ConnectionSide {
  const entry = { kind: 'gateway' as const, gateway, port };
  if (listeners.missing.includes(gateway)) return { entry, hosts: listeners.hostsOfMissing(gateway, port, false) };
  return plainSide(listeners.onPort(port).find((listener) => namesOf(listener).includes(gateway)));
}
