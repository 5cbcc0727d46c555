import { IConstruct } from 'constructs';
import { HttpCorsPolicy, HttpMatch, HttpRedirect, HttpRetries, HttpRoute } from './http-route';
import { Destination, RouteDestination } from './route-destination';
import { TcpMatch, TlsMatch } from './tls-tcp-route';
import { VirtualServiceProps } from './virtual-service-props';
import {
  toJson_VirtualServiceSpec, VirtualServiceSpecHttp, VirtualServiceSpecHttpCorsPolicyUnmatchedPreflights, VirtualServiceSpecHttpMatch,
  VirtualServiceSpecHttpRedirectDerivePort, VirtualServiceSpecTcpMatch, VirtualServiceSpecTlsMatch,
} from '../../../imports/networking.istio.io';
import { Mesh } from '../../mesh/mesh';
import { fieldPaths, keepNewerFields } from '../../mesh/newer-fields';
import { formatDuration } from '../../plan/checks/checks';
import { IGateway } from '../../plan/gateway-ref';
import { StringMatch } from '../../plan/string-match';
import { gatewayReference } from '../gateway/gateway-reference';

/** The reserved name for the sidecars of the mesh in a list of gateways. */
const MESH = 'mesh';

const NEWER_FIELDS = fieldPaths('http[].redirect.prefixRewrite');

/** Helpers for writing all rules of one VirtualService. */
interface Writer {
  /** Writes a list of gateways; undefined when the list is empty. */
  readonly gateways: (gateways: readonly IGateway[] | undefined, mesh: boolean | undefined) => string[] | undefined;
  /** Whether the release supports several mirrors. */
  readonly mirrorList: boolean;
}

/**
 * Writes the spec of a VirtualService. It checks only the namespaces of the gateways.
 *
 * @param at The construct that the VirtualService belongs to.
 * @param namespace Namespace of the VirtualService.
 * @param props Its properties.
 * @internal
 */
export function toVirtualServiceSpec(at: IConstruct, namespace: string | undefined, props: VirtualServiceProps): unknown {
  const writer: Writer = {
    mirrorList: Mesh.of(at)._release.isAtLeast('1.19'),
    gateways: (gateways, mesh) => {
      const names = gateways === undefined ? [] : gateways.map((gateway) => gatewayReference(at, gateway, namespace));
      if (mesh === true) names.push(MESH);
      return names.length === 0 ? undefined : names;
    },
  };
  const spec = {
    hosts: props.hosts.length === 0 ? undefined : props.hosts,
    gateways: writer.gateways(props.gateways, props.mesh),
    http: props.http?.map((rule) => toHttp(writer, rule)),
    tls: props.tls?.map(({ match, route }) => ({ match: match.map((each) => toTlsMatch(writer, each)), route: route.map(toRouteDestination) })),
    tcp: props.tcp?.map(({ match, route }) => ({ match: match?.map((each) => toTcpMatch(writer, each)), route: route.map(toRouteDestination) })),
    exportTo: props.exportTo,
  };
  return keepNewerFields(toJson_VirtualServiceSpec(spec), spec, NEWER_FIELDS);
}

function toHttp(writer: Writer, rule: HttpRoute): VirtualServiceSpecHttp {
  const { name, match, route, redirect, directResponse, rewrite, timeout, retries, cors, headers, delegate } = rule;
  const mirroring = rule.mirrors === undefined || rule.mirrors.length === 0 ? undefined : toMirrors(writer, rule.mirrors);
  return {
    name,
    match: match?.map((each) => toHttpMatch(writer, each)),
    route: route?.map((each) => ({ destination: toDestination(each.destination), weight: each.weight, headers: each.headers })),
    redirect: redirect && toRedirect(redirect),
    directResponse: directResponse && {
      status: directResponse.status,
      body: directResponse.body === undefined && directResponse.bodyBytes === undefined ? undefined
        : { string: directResponse.body, bytes: directResponse.bodyBytes },
    },
    rewrite: rewrite && { uri: rewrite.uri, authority: rewrite.authority, uriRegexRewrite: rewrite.uriRegex },
    timeout: timeout && formatDuration(timeout),
    retries: retries && toRetries(retries),
    fault: toFault(rule),
    mirrors: mirroring?.mirrors,
    mirror: mirroring?.mirror,
    mirrorPercentage: mirroring?.mirrorPercentage,
    corsPolicy: cors && toCors(cors),
    headers,
    delegate,
  };
}

function toHttpMatch(writer: Writer, match: HttpMatch): VirtualServiceSpecHttpMatch {
  const { uri, scheme, method, authority, headers, withoutHeaders, queryParams, gateways, mesh } = match;
  return {
    name: match.name,
    uri: uri?._toJson(),
    scheme: scheme?._toJson(),
    method: method?._toJson(),
    authority: authority?._toJson(),
    headers: headers && toMatches(headers),
    withoutHeaders: withoutHeaders && toMatches(withoutHeaders),
    queryParams: queryParams && toMatches(queryParams),
    port: match.port,
    sourceLabels: match.sourceLabels,
    sourceNamespace: match.sourceNamespace,
    gateways: writer.gateways(gateways, mesh),
    ignoreUriCase: match.ignoreUriCase,
    statPrefix: match.statPrefix,
  };
}

function toMatches(matches: { readonly [name: string]: StringMatch }): { [name: string]: { [kind: string]: string } } {
  const written: { [name: string]: { [kind: string]: string } } = {};
  for (const name of Object.keys(matches)) written[name] = matches[name]._toJson();
  return written;
}

function toDestination({ host, port, subset }: Destination): { host: string; port?: { number: number }; subset?: string } {
  return { host, port: port === undefined ? undefined : { number: port }, subset };
}

function toRouteDestination({ destination, weight }: RouteDestination): { destination: ReturnType<typeof toDestination>; weight?: number } {
  return { destination: toDestination(destination), weight };
}

function toRedirect({ uri, prefixRewrite, authority, scheme, port, derivePort, redirectCode }: HttpRedirect): VirtualServiceSpecHttp['redirect'] {
  return {
    uri,
    ...prefixRewrite === undefined ? {} : { prefixRewrite },
    authority,
    scheme,
    port,
    derivePort: derivePort as string as VirtualServiceSpecHttpRedirectDerivePort,
    redirectCode,
  };
}

function toRetries(retries: HttpRetries): VirtualServiceSpecHttp['retries'] {
  const { attempts, perTryTimeout, retryOn, backoff, retryRemoteLocalities, retryIgnorePreviousHosts } = retries;
  return {
    attempts,
    perTryTimeout: perTryTimeout && formatDuration(perTryTimeout),
    retryOn: retryOn?.length ? retryOn.join(',') : undefined,
    backoff: backoff && formatDuration(backoff),
    retryRemoteLocalities,
    retryIgnorePreviousHosts,
  };
}

function toFault({ delay, abort }: HttpRoute): VirtualServiceSpecHttp['fault'] {
  if (delay === undefined && abort === undefined) return undefined;
  return {
    delay: delay && { percentage: { value: delay.percent }, fixedDelay: formatDuration(delay.delay) },
    abort: abort && { percentage: { value: abort.percent }, httpStatus: abort.httpStatus, grpcStatus: abort.grpcStatus },
  };
}

/** Older releases support a single mirror, in other fields. */
function toMirrors({ mirrorList }: Writer, mirrors: NonNullable<HttpRoute['mirrors']>): Partial<VirtualServiceSpecHttp> {
  const written = mirrors.map(({ destination, percent }) => ({
    destination: toDestination(destination), percentage: percent === undefined ? undefined : { value: percent },
  }));
  return mirrorList ? { mirrors: written } : { mirror: written[0].destination, mirrorPercentage: written[0].percentage };
}

function toCors(cors: HttpCorsPolicy): VirtualServiceSpecHttp['corsPolicy'] {
  const { allowOrigins, allowMethods, allowHeaders, exposeHeaders, maxAge, allowCredentials, unmatchedPreflights } = cors;
  return {
    allowOrigins: allowOrigins.map((origin) => origin._toJson()),
    allowMethods,
    allowHeaders,
    exposeHeaders,
    maxAge: maxAge && formatDuration(maxAge),
    allowCredentials,
    unmatchedPreflights: unmatchedPreflights as string as VirtualServiceSpecHttpCorsPolicyUnmatchedPreflights,
  };
}

function toTlsMatch(writer: Writer, match: TlsMatch): VirtualServiceSpecTlsMatch {
  const { sniHosts, destinationSubnets, port, sourceLabels, sourceNamespace, gateways, mesh } = match;
  return { sniHosts, destinationSubnets, port, sourceLabels, sourceNamespace, gateways: writer.gateways(gateways, mesh) };
}

function toTcpMatch(writer: Writer, match: TcpMatch): VirtualServiceSpecTcpMatch {
  const { destinationSubnets, port, sourceSubnet, sourceLabels, sourceNamespace, gateways, mesh } = match;
  return { destinationSubnets, port, sourceSubnet, sourceLabels, sourceNamespace, gateways: writer.gateways(gateways, mesh) };
}
