import { Construct } from 'constructs';
import { checkGatewayHost } from './gateway-host';
import { GatewayRegistry } from './gateway-registry';
import { GatewayServer } from './gateway-server';
import { GatewayServers } from './gateway-servers';
import { GatewaySpecServers, toJson_GatewaySpec } from '../../../imports/networking.istio.io';
import { nameOf } from '../../mesh/default-name';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { ManifestProps } from '../../mesh/manifest-props';
import { Mesh } from '../../mesh/mesh';
import { checkDnsLabel, checkNoNamespace, checkPort } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkLabels } from '../../plan/checks/labels';
import { checkProps } from '../../plan/checks/props';
import { checkList } from '../../plan/checks/type-checks';
import { GatewayListener, IGateway } from '../../plan/gateway-ref';

/** Properties for `Gateway`. */
export interface GatewayProps extends ManifestProps {
  /**
   * Its servers, at least one.
   *
   * @default - port 80 without TLS, for all hosts
   */
  readonly servers?: GatewayServer[];

  /**
   * Labels that select the gateway's pods, at least one.
   *
   * @default - those of the mesh's ingress gateway, `istio: ingressgateway`
   */
  readonly selector?: { [label: string]: string };

  /**
   * Namespace of the gateway's pods, where Istio reads the secrets of certificates. It is not part of the manifest; the `certificate` of a
   * server is checked against it.
   *
   * @default - that of the mesh's ingress gateway if the selector matches its pods, else unknown
   */
  readonly podNamespace?: string;
}

/** Options for `Gateway.fromGatewayName`. */
export interface GatewayReferenceOptions {
  /**
   * Namespace of the Gateway.
   *
   * @default - the chart's namespace
   */
  readonly namespace?: string;

  /**
   * Hosts of its servers, as the Gateway lists them. They are treated as one server on port 80 without TLS. Set `listeners` instead
   * where the ports matter.
   *
   * @default - unknown: routes use `*` unless they specify hosts
   */
  readonly hosts?: string[];

  /**
   * Its servers.
   *
   * @default - one for `hosts`, if these are given
   */
  readonly listeners?: GatewayListener[];

  /**
   * Labels that select its pods.
   *
   * @default - unknown
   */
  readonly selector?: { [label: string]: string };

  /**
   * Namespace of its pods.
   *
   * @default - that of the mesh's ingress gateway if the selector matches its pods, else unknown
   */
  readonly podNamespace?: string;
}

/**
 * An Istio `Gateway`: the ports and hosts of an ingress gateway that callers outside the mesh can reach.
 *
 * Its name is the construct id, without a hash, since routes refer to it by name.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/
 */
export class Gateway extends KubernetesObject implements IGateway {
  /**
   * An existing Gateway, which another chart, repository or tool creates.
   *
   * @param scope The construct that the reference belongs to.
   * @param id Id of the construct.
   * @param gatewayName The Gateway's `metadata.name`.
   * @param options What is known of it.
   * @throws an error when a name or a host is not valid, or when both `hosts` and `listeners` are set.
   */
  public static fromGatewayName(scope: Construct, id: string, gatewayName: string, options: GatewayReferenceOptions = {}): IGateway {
    return new GatewayReference(scope, id, gatewayName, options);
  }

  /** The Gateway's `metadata.name`. */
  public readonly gatewayName: string;

  /** The namespace of the Gateway; undefined when it is not specified. */
  public readonly gatewayNamespace?: string;

  /** The servers that HTTP routes can use: all except those that only redirect to https. */
  public readonly gatewayListeners?: GatewayListener[];

  /** Labels that select the gateway's pods. */
  public readonly gatewaySelector?: { [label: string]: string };

  /** Namespace of the gateway's pods; undefined when it is unknown. */
  public readonly gatewayPodNamespace?: string;

  /**
   * Creates a Gateway.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata set another one: a DNS label.
   * @param props Servers, and the selector of the pods that run them.
   * @throws an error when Istio rejects a name, port, host, bind address or TLS setting; when there is no server or no selector; when
   * a certificate is missing or has two sources; when a `GatewayCertificate` does not cover a host of its server, or is not in
   * the namespace of the gateway's pods; and when two servers, also of two Gateways with the same selector, have the same name, the
   * same port name, the same port and host, or protocols that cannot share a port.
   */
  public constructor(scope: Construct, id: string, props: GatewayProps = {}) {
    super(scope, id);
    checkProps(this, 'GatewayProps', props, Gateway);
    this.gatewayName = nameOf(this, props);
    checkDnsLabel(this, 'name of Gateway', this.gatewayName);
    this.gatewayNamespace = namespaceOf(this, props);
    const mesh = Mesh.of(this);
    const selector = { ...(props.selector ?? mesh.ingressSelector) };
    if (Object.keys(selector).length === 0) {
      throw invalid(this, 'an empty selector', 'without a label, all gateways would be selected. Set a label of the gateway\'s pods');
    }
    checkLabels(this, 'selector', selector);
    checkServers(this, props.servers);
    const servers = [...(props.servers ?? [GatewayServer.http()])];
    if (servers.length === 0) throw invalid(this, 'no server', 'specify at least one, or leave servers out');
    const names = this.portNames(servers);
    servers.forEach((server, i) => server._check(this, names[i]));
    this.gatewayPodNamespace = podNamespaceOf(this, props.podNamespace, selector);
    servers.forEach((server, i) => server._checkCertificate(this, names[i], this.gatewayPodNamespace));
    this.checkServerNames(servers);
    this.checkSharedPorts(servers, names);
    const known = GatewayServers.of(this);
    servers.forEach((server, i) => known.add(selector, {
      gateway: this,
      namespace: this.gatewayNamespace,
      port: server.port,
      bind: server._bind,
      hosts: server.hosts,
      http: server._listener !== undefined,
      portName: names[i],
      protocol: server.protocol,
      tls: server._isTls,
      plainHttp: server._isPlainHttp,
      redirects: server._redirects,
      clientCertificates: server._requiresClientCertificate,
    }));
    this.gatewaySelector = selector;
    this.gatewayListeners = servers.map((server) => server._listener).filter((listener) => listener !== undefined);
    GatewayRegistry.of(this).hold(this, this);

    const json = servers.map((server, i) => server._toJson(names[i]));
    writeManifest(this, {
      apiVersion: mesh._release.apiVersion(this, 'Gateway'),
      kind: 'Gateway',
      // The servers are written separately, since they may contain fields that are newer than the generated types.
      spec: () => ({ ...toJson_GatewaySpec({ selector }), servers: json as GatewaySpecServers[] }),
    }, props);
  }

  /** Specified names come first, so that a default never collides with one of them. */
  private portNames(servers: readonly GatewayServer[]): string[] {
    const taken = new Set<string>();
    for (const { _portName: name } of servers) {
      if (name === undefined) continue;
      if (taken.has(name)) throw invalid(this, `two servers with portName ${show(name)}`, 'give each server its own portName');
      taken.add(name);
    }
    return servers.map((server) => {
      if (server._portName !== undefined) return server._portName;
      const usual = server._usualPortName;
      let name = usual;
      for (let i = 2; taken.has(name); i++) name = `${usual}-${i}`;
      taken.add(name);
      return name;
    });
  }

  private checkServerNames(servers: readonly GatewayServer[]): void {
    const taken = new Set<string>();
    for (const { _name: name } of servers) {
      if (name === undefined) continue;
      if (taken.has(name)) throw invalid(this, `two servers with name ${show(name)}`, 'give each server its own name, or none');
      taken.add(name);
    }
  }

  /** Istio drops a server whose port is already in use, unless the two servers can be distinguished by host. */
  private checkSharedPorts(servers: readonly GatewayServer[], names: readonly string[]): void {
    const first = new Map<string, number>();
    const hosts = new Map<string, number>();
    servers.forEach((server, i) => {
      const address = `${server._bind ?? ''} ${server.port}`;
      const where = server._bind === undefined ? `port ${server.port}` : `port ${server.port} of ${server._bind}`;
      const other = first.get(address);
      if (other === undefined) {
        first.set(address, i);
      } else if (!canSharePort(servers[other], server)) {
        throw invalid(this, `servers ${show(names[other])} (${servers[other].protocol}) and ${show(names[i])} (${server.protocol}) share ${where}`,
          'Istio would drop one of them. Only HTTP servers without TLS, or only servers with TLS, can share a port');
      }
      this.checkCapitals(server, names[i]);
      for (const host of new Set(this.hostKeys(server))) {
        const key = `${address} ${host}`;
        const same = hosts.get(key);
        if (same !== undefined) {
          throw invalid(this, `servers ${show(names[same])} and ${show(names[i])} both answer for host ${show(host)} on ${where}`,
            'give one of them another host or port');
        }
        hosts.set(key, i);
      }
    });
  }

  /** Envoy rejects a listener whose TLS server names differ only in capitals, and accepts a duplicate name. */
  private checkCapitals(server: GatewayServer, portName: string): void {
    if (!server._isTls) return;
    const names = new Map<string, string>();
    for (const entry of server.hosts) {
      const name = entry.slice(entry.indexOf('/') + 1);
      const other = names.get(name.toLowerCase());
      if (other !== undefined && other !== name) {
        throw invalid(this, `hosts ${show(other)} and ${show(name)} of server ${show(portName)}`, 'TLS server names are not case-sensitive. List the name once');
      }
      names.set(name.toLowerCase(), name);
    }
  }

  /** The key of a host on a port: with TLS only its name, otherwise also the namespace whose routes it serves. */
  private hostKeys(server: GatewayServer): string[] {
    return server.hosts.map((entry) => {
      const host = entry.toLowerCase();
      const [namespace, name] = host.includes('/') ? host.split('/') : ['*', host];
      if (server._isTls || namespace === '*') return name;
      return `${namespace === '.' ? this.gatewayNamespace ?? namespace : namespace}/${name}`;
    });
  }
}

function checkServers(at: Construct, servers: readonly GatewayServer[] | undefined): void {
  if (servers === undefined) return;
  checkList(at, 'servers', servers, 'GatewayServer');
  servers.forEach((server, i) => {
    if (server instanceof GatewayServer) return;
    throw invalid(at, `servers[${i}] ${show(server)}`, 'expected a GatewayServer, such as GatewayServer.http()');
  });
}

/** A selector with more labels than that of the ingress selects some of its pods. */
function podNamespaceOf(at: Construct, specified: string | undefined, selector: { readonly [label: string]: string }): string | undefined {
  if (specified !== undefined) checkDnsLabel(at, 'podNamespace', specified);
  const { ingressSelector, ingressNamespace } = Mesh.of(at);
  const isIngress = Object.keys(ingressSelector).every((label) => selector[label] === ingressSelector[label]);
  return specified ?? (isIngress ? ingressNamespace : undefined);
}

/** Plain HTTP servers are merged, and servers with TLS are selected by SNI. Other servers cannot share a port. */
function canSharePort(a: GatewayServer, b: GatewayServer): boolean {
  return a._isTls ? b._isTls : a._isPlainHttp && b._isPlainHttp;
}

/** An existing Gateway. */
class GatewayReference extends Construct implements IGateway {
  public readonly gatewayName: string;
  public readonly gatewayNamespace?: string;
  public readonly gatewayListeners?: GatewayListener[];
  public readonly gatewaySelector?: { [label: string]: string };
  public readonly gatewayPodNamespace?: string;

  public constructor(scope: Construct, id: string, gatewayName: string, options: GatewayReferenceOptions) {
    super(scope, id);
    checkProps(this, 'GatewayReferenceOptions', options);
    const { hosts, listeners } = options;
    checkNoNamespace(this, 'Gateway', gatewayName);
    checkDnsLabel(this, 'name of Gateway', gatewayName);
    if (hosts !== undefined && listeners !== undefined) {
      throw invalid(this, `hosts and listeners of Gateway ${show(gatewayName)}`, 'listeners have their own hosts. Set one of the two');
    }
    const known = hosts === undefined ? listeners : [{ port: 80, hosts }];
    if (listeners !== undefined) checkList(this, `listeners of Gateway ${show(gatewayName)}`, listeners, 'listeners');
    for (const listener of known ?? []) {
      checkList(this, `hosts of Gateway ${show(gatewayName)}`, listener.hosts, 'strings');
      checkPort(this, `port of Gateway ${show(gatewayName)}`, listener.port);
      for (const host of listener.hosts) checkGatewayHost(this, `host ${show(host)} of Gateway ${show(gatewayName)}`, host);
    }
    this.gatewayName = gatewayName;
    this.gatewayNamespace = namespaceOf(this, options);
    this.gatewayListeners = known?.map((listener) => ({ ...listener, hosts: [...listener.hosts] }));
    this.gatewaySelector = options.selector === undefined ? undefined : { ...options.selector };
    this.gatewayPodNamespace = podNamespaceOf(this, options.podNamespace, this.gatewaySelector ?? {});
  }
}
