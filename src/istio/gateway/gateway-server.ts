import { IConstruct } from 'constructs';
import { nextToAllHosts, checkGatewayHost } from './gateway-host';
import {
  GatewayServerOptions,
  HttpServerOptions,
  IstioMutualServerOptions,
  PassthroughServerOptions,
  PlainHttpProtocol,
  PlainTcpProtocol,
  TcpServerOptions,
  TlsContent,
  TlsServerOptions,
} from './gateway-server-options';
import { ServerTlsMode, ServerTlsOptions, TlsHandshakeOptions } from './server-tls';
import { checkServerCertificate, checkServerTls, ServerTls, toTlsSpec } from './server-tls-checks';
import { GatewaySpecServers, toJson_GatewaySpecServers } from '../../../imports/networking.istio.io';
import { checkPort, isIpAddress } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { checkList, checkTextIfGiven } from '../../plan/checks/type-checks';
import { GatewayListener } from '../../plan/gateway-ref';

export * from './gateway-server-options';
export * from './server-tls';

const UNIX = 'unix://';


/**
 * Ports that each Istio proxy uses itself.
 *
 * @see https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio
 */
const PROXY_PORTS: { readonly [port: number]: string } = {
  15000: 'administration',
  15001: 'outbound traffic',
  15002: 'port failure detection',
  15004: 'debugging',
  15006: 'inbound traffic',
  15008: 'HBONE tunnels',
  15020: 'merged metrics',
  15021: 'health checks',
  15053: 'DNS',
  15090: 'metrics',
};

/** Both sides use certificates of the mesh. */
const ISTIO_MUTUAL = 'ISTIO_MUTUAL';

/** Modes in which the gateway does not terminate TLS. */
const PASSTHROUGH_MODES: readonly string[] = ['PASSTHROUGH', 'AUTO_PASSTHROUGH'];

/**
 * A server of a Gateway: a port, the hosts that it serves, and how it handles TLS.
 *
 * Values are checked when the server is passed to a Gateway.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/gateway/#Server
 */
export class GatewayServer {
  /**
   * A server for requests without TLS.
   *
   * @param options What differs from port 80 and all hosts.
   * @throws an error when the protocol is not one of `PlainHttpProtocol`.
   */
  public static http(options: HttpServerOptions = {}): GatewayServer {
    checkProps('GatewayServer.http', 'HttpServerOptions', options);
    const { protocol = PlainHttpProtocol.HTTP, port, httpsRedirect } = options;
    return new GatewayServer(options, protocol, port ?? portOf(80, options), 80, httpsRedirect === undefined ? undefined : { httpsRedirect });
  }

  /**
   * A server that terminates TLS and routes the decrypted HTTP requests.
   *
   * @param options A source of the certificate, and what differs from port 443 and all hosts.
   */
  public static https(options: TlsServerOptions): GatewayServer {
    return GatewayServer.terminating('GatewayServer.https', TlsContent.HTTP, options);
  }

  /**
   * A server that terminates TLS and forwards the decrypted bytes.
   *
   * @param options A source of the certificate, and what differs from port 443 and all hosts.
   */
  public static tls(options: TlsServerOptions): GatewayServer {
    return GatewayServer.terminating('GatewayServer.tls', TlsContent.TCP, options);
  }

  /**
   * A server that forwards TLS without terminating it. VirtualServices with `tls` routes select the destination by SNI.
   *
   * @param options What differs from port 443 and all hosts.
   */
  public static passthrough(options: PassthroughServerOptions = {}): GatewayServer {
    checkProps('GatewayServer.passthrough', 'PassthroughServerOptions', options);
    return new GatewayServer(options, TlsContent.TCP, options.port ?? portOf(443, options), 443, undefined, { mode: 'PASSTHROUGH' });
  }

  /**
   * A server that forwards TLS to the Service in the SNI, without any route, as between the clusters of one mesh.
   *
   * @param options What differs from port 15443 and all hosts. A gateway between clusters usually lists `*.local`.
   */
  public static autoPassthrough(options: PassthroughServerOptions = {}): GatewayServer {
    checkProps('GatewayServer.autoPassthrough', 'PassthroughServerOptions', options);
    return new GatewayServer(options, TlsContent.TCP, options.port ?? portOf(15443, options), 443, undefined, { mode: 'AUTO_PASSTHROUGH' });
  }

  /**
   * A server that terminates mutual TLS with the certificates that Istio issues to the pods of the mesh. Only callers in the mesh can
   * connect.
   *
   * @param options What differs from port 443 and all hosts.
   */
  public static istioMutual(options: IstioMutualServerOptions = {}): GatewayServer {
    checkProps('GatewayServer.istioMutual', 'IstioMutualServerOptions', options);
    const tls = { ...handshake(options), mode: ISTIO_MUTUAL };
    return new GatewayServer(options, options.content ?? TlsContent.HTTP, options.port ?? portOf(443, options), 443, undefined, tls);
  }

  /**
   * A server that forwards plain TCP.
   *
   * @param options The port, and what differs from all hosts.
   */
  public static tcp(options: TcpServerOptions): GatewayServer {
    checkProps('GatewayServer.tcp', 'TcpServerOptions', options);
    return new GatewayServer(options, options.protocol ?? PlainTcpProtocol.TCP, options.port, undefined);
  }

  /** Without options there is no certificate; the Gateway reports that. */
  private static terminating(at: string, content: TlsContent, options: TlsServerOptions = {}): GatewayServer {
    checkProps(at, 'TlsServerOptions', options);
    return new GatewayServer(options, content, options.port ?? portOf(443, options), 443, undefined, terminating(options));
  }

  /** Port number; 0 for a Unix socket. */
  public readonly port: number;

  /** Istio's name of the protocol, such as `HTTP`. */
  public readonly protocol: string;

  /** Hosts, each with an optional namespace prefix. */
  public readonly hosts: string[];

  /**
   * Name of the port, if specified.
   *
   * @internal
   */
  public readonly _portName?: string;

  /**
   * Name of the server, if specified.
   *
   * @internal
   */
  public readonly _name?: string;

  /**
   * Bind address, if specified.
   *
   * @internal
   */
  public readonly _bind?: string;

  private constructor(
    private readonly options: GatewayServerOptions,
    protocol: string,
    port: number,
    private readonly usualPort: number | undefined,
    private readonly redirect?: { readonly httpsRedirect: boolean },
    private readonly tls?: ServerTls,
  ) {
    this.port = port;
    this.protocol = protocol;
    if (options.hosts !== undefined) checkList('GatewayServer', 'hosts', options.hosts, 'strings');
    checkTextIfGiven('GatewayServer', 'portName', undefined, options.portName);
    this.hosts = [...(options.hosts ?? ['*'])];
    this._portName = options.portName;
    this._name = options.name;
    this._bind = options.bind;
  }

  /**
   * Whether connections use TLS, so that hosts are distinguished by SNI.
   *
   * @internal
   */
  public get _isTls(): boolean {
    return this.tls !== undefined;
  }

  /**
   * Whether several servers of this kind can share a port without TLS.
   *
   * @internal
   */
  public get _isPlainHttp(): boolean {
    return (Object.values(PlainHttpProtocol) as string[]).includes(this.protocol);
  }

  /**
   * Whether every request is answered with a redirect to https.
   *
   * @internal
   */
  public get _redirects(): boolean {
    return this.redirect?.httpsRedirect === true;
  }

  /**
   * Whether only callers with a certificate are accepted.
   *
   * @internal
   */
  public get _requiresClientCertificate(): boolean {
    return this.tls?.mode === ServerTlsMode.MUTUAL || this.tls?.mode === ISTIO_MUTUAL;
  }

  /**
   * Default name of the port, which does not depend on the other servers.
   *
   * @internal
   */
  public get _usualPortName(): string {
    const protocol = this.protocol.toLowerCase().replace('_', '-');
    return this.port === this.usualPort ? protocol : `${protocol}-${this.port}`;
  }

  /**
   * The listener for HTTP routes; undefined when the server only redirects, or forwards TCP.
   *
   * @internal
   */
  public get _listener(): GatewayListener | undefined {
    const terminates = this.protocol === TlsContent.HTTP && !PASSTHROUGH_MODES.includes(this.tls!.mode);
    if (this._redirects || !(this._isPlainHttp || terminates)) return undefined;
    return { port: this.port, hosts: [...this.hosts], tls: this._isTls };
  }

  /**
   * Checks everything that does not depend on other servers.
   *
   * @internal
   */
  public _check(at: IConstruct, portName: string): void {
    const server = `server ${show(portName)}`;
    const { bind, name, defaultEndpoint } = this.options;
    for (const [field, value] of Object.entries({ bind, name, defaultEndpoint })) checkTextIfGiven(at, field, server, value);
    if (portName === '') throw invalid(at, 'an empty portName', 'give the port a name, or leave it out');
    if (name === '') throw invalid(at, `an empty name of ${server}`, 'give the server a name, or leave it out');
    if (bind?.startsWith(UNIX)) {
      const path = bind.slice(UNIX.length);
      if (!/^(@.+|\/(.*[^/])?)$/.test(path) || path === '/') {
        throw invalid(at, `bind ${show(bind)} of ${server}`, 'expected unix:// followed by the absolute path of a socket, or unix://@ followed by a name');
      }
      if (this.port !== 0) {
        throw invalid(at, `port ${show(this.port)} of ${server}, which is bound to a Unix socket`, 'a Unix socket has no port. Leave it out, or set 0');
      }
    } else {
      checkPort(at, `port of ${server}`, this.port);
      if (Object.hasOwn(PROXY_PORTS, this.port)) {
        throw invalid(at, `port ${this.port} of ${server}`, `Istio's proxy uses this port for ${PROXY_PORTS[this.port]}. Choose another one`);
      }
      if (bind !== undefined && !isIpAddress(bind)) {
        throw invalid(at, `bind ${show(bind)} of ${server}`, 'expected an IP address, or unix:// followed by a path');
      }
    }
    if (this.hosts.length === 0) throw invalid(at, `${server} has no host`, 'list at least one, or "*" for all');
    for (const host of this.hosts) checkGatewayHost(at, `host ${show(host)} of ${server}`, host);
    const other = nextToAllHosts(this.hosts);
    if (other !== undefined) {
      throw invalid(at, `hosts "*/*" and ${show(other)} of ${server}`, 'istiod crashes when a host with a namespace follows "*/*", which already includes all hosts. List "*/*" alone');
    }
    if (this.tls !== undefined) checkServerTls(at, server, this.tls);
  }

  /**
   * Checks a certificate that this app creates.
   *
   * @internal
   */
  public _checkCertificate(at: IConstruct, portName: string, podNamespace: string | undefined): void {
    if (this.tls?.certificate === undefined) return;
    checkServerCertificate(at, `server ${show(portName)}`, this.tls.certificate, this.hosts, podNamespace);
  }

  /**
   * Writes the server.
   *
   * @internal
   */
  public _toJson(portName: string): unknown {
    const spec: GatewaySpecServers = {
      bind: this._bind,
      defaultEndpoint: this.options.defaultEndpoint,
      hosts: this.hosts,
      name: this._name,
      port: { name: portName, number: this.port, protocol: this.protocol },
      tls: this.tls === undefined ? this.redirect : toTlsSpec(this.tls),
    };
    const json = toJson_GatewaySpecServers(spec);
    // Newer than the generated types.
    const insecureSkipVerify = this.tls?.insecureSkipVerify;
    return insecureSkipVerify === undefined ? json : { ...json, tls: { ...json?.tls, insecureSkipVerify } };
  }
}

function portOf(usual: number, options: GatewayServerOptions): number {
  return typeof options.bind === 'string' && options.bind.startsWith(UNIX) ? 0 : usual;
}

function handshake(options: TlsHandshakeOptions): TlsHandshakeOptions {
  const { minProtocolVersion, maxProtocolVersion, cipherSuites, subjectAltNames, verifyCertificateSpki, verifyCertificateHash } = options;
  return { minProtocolVersion, maxProtocolVersion, cipherSuites, subjectAltNames, verifyCertificateSpki, verifyCertificateHash };
}

function terminating(options: ServerTlsOptions): ServerTls {
  const { certificate, credentialName, credentialNames, serverCertificate, privateKey, tlsCertificates } = options;
  const { caCertificates, caCertCredentialName, caCrl, insecureSkipVerify } = options;
  return {
    ...handshake(options),
    mode: options.mode ?? ServerTlsMode.SIMPLE,
    certificate,
    credentialName,
    credentialNames,
    serverCertificate,
    privateKey,
    tlsCertificates,
    caCertificates,
    caCertCredentialName,
    caCrl,
    insecureSkipVerify,
  };
}
