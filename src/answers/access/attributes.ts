import { stringClaims } from './claims';
import { BEARER } from './token-rules';
import { IpAddress, parseAddress } from '../../cluster/ip-blocks';
import { JsonObject } from '../../cluster/json';
import { IndexedRequest } from '../../cluster/policy-index';
import { NormalRequest, Peer } from '../normal-request';

/** Prefix of an identity in a certificate. @internal */
export const SPIFFE = 'spiffe://';

const NONE: readonly never[] = [];

/** The trust domain of workloads. */
const TRUST_DOMAIN = 'cluster.local';

/** Headers that Envoy itself sets or removes. */
const SET_BY_ENVOY = /^(x-forwarded-|x-envoy-|x-request-id$|connection$|te$|upgrade$|content-length$|transfer-encoding$)/;

/**
 * What policies read of a request.
 *
 * @internal
 */
export class Attributes implements IndexedRequest {
  /** The path, without the query. */
  public readonly path: string;
  /** The identities in the certificate of the caller. None without a certificate; undefined if they are not known. */
  public readonly principals: readonly string[] | undefined;
  private ownHost?: string;
  private ownClaims?: readonly (readonly [string, string])[];
  private readonly tokenHeader: readonly [name: string, value: string] | undefined;

  /**
   * Reads a request.
   *
   * @param request The request, after its token was checked.
   * @param payload The claims of its token, if a RequestAuthentication accepts it.
   * @param identity The identity of the service account of a gateway's pods, without `spiffe://`; undefined if it is not known.
   * @param isPlain Whether the connection has no certificate, since mutual TLS is disabled.
   */
  constructor(
    public readonly request: NormalRequest,
    public readonly payload: JsonObject | undefined,
    identity: string | undefined,
    private readonly isPlain: boolean,
  ) {
    this.path = request.path;
    this.principals = isPlain ? NONE : principalsOf(request.peer, identity);
    this.tokenHeader = tokenHeaderOf(request);
  }

  /** The `Host` header, in lower case. */
  public get host(): string {
    return this.ownHost ??= this.request.authority.toLowerCase();
  }

  /** Whether the caller has a certificate, which may name no identity. */
  public get hasCertificate(): boolean {
    const { peer } = this.request;
    return !this.isPlain && (peer.kind !== 'outside' || peer.certificate !== undefined);
  }

  /** The strings among the claims, with their names. */
  public get claims(): readonly (readonly [string, string])[] {
    return this.ownClaims ??= this.payload === undefined ? NONE : [...stringClaims(this.payload)];
  }

  /** The values of a header that are compared one by one; undefined if they are not known. */
  public header(name: string): readonly string[] | undefined {
    const { authority, method, path, query, scheme, headers } = this.request;
    if (name === 'host' || name === ':authority') return [authority];
    if (name === ':method') return [method];
    if (name === ':scheme') return [scheme];
    if (name === ':path') return [query === undefined ? path : `${path}?${query}`];
    if (SET_BY_ENVOY.test(name)) return undefined;
    const { tokenHeader } = this;
    return tokenHeader?.[0] === name ? [...headers.comparedByPolicies(name), tokenHeader[1]] : headers.comparedByPolicies(name);
  }

  /** The address of the connection; undefined if it is not known. */
  public get sourceAddress(): IpAddress | undefined {
    const { peer } = this.request;
    return peer.kind === 'outside' && peer.sourceAddress !== undefined ? parseAddress(peer.sourceAddress) : undefined;
  }

  /** The address of the client behind trusted proxies; undefined if it is not known. */
  public get remoteAddress(): IpAddress | undefined {
    const { peer } = this.request;
    return peer.kind === 'workload' || peer.remoteAddress === undefined ? undefined : parseAddress(peer.remoteAddress);
  }

  /** The server name of the TLS connection, empty without one; undefined if it is not known. */
  public get serverName(): string | undefined {
    const { peer } = this.request;
    if (this.isPlain) return '';
    return peer.kind === 'outside' ? peer.serverName?.toLowerCase() ?? '' : undefined;
  }
}

function principalsOf(peer: Peer, identity: string | undefined): readonly string[] | undefined {
  if (peer.kind === 'workload') return [`${TRUST_DOMAIN}/ns/${peer.namespace}/sa/${peer.serviceAccount}`];
  if (peer.kind === 'gateway') return identity === undefined ? undefined : [identity];
  return peer.certificate?.principal === undefined ? NONE : [peer.certificate.principal];
}

/** The header with the token, unless it was removed. Only the beginning of any token is known. */
function tokenHeaderOf({ token }: NormalRequest): readonly [name: string, value: string] | undefined {
  if (token === undefined) return undefined;
  const { kind, name, prefix = '' } = token.location ?? BEARER;
  return kind === 'header' ? [name, `${prefix}eyJ…`] : undefined;
}
