import { Destination } from './route-destination';

/** Scheme of a redirect. */
export enum RedirectScheme {
  /** Plain HTTP. */
  HTTP = 'http',
  /** HTTPS. */
  HTTPS = 'https',
}

/** How a redirect derives its port. */
export enum DerivePort {
  /** 80 for HTTP and 443 for HTTPS. */
  FROM_PROTOCOL_DEFAULT = 'FROM_PROTOCOL_DEFAULT',
  /** The port of the request. */
  FROM_REQUEST_PORT = 'FROM_REQUEST_PORT',
}

/**
 * Redirects the client. At least one of `uri`, `prefixRewrite`, `authority`, `scheme`, `port` and `derivePort` is required.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRedirect
 */
export interface HttpRedirect {
  /**
   * Path that replaces the whole path of the request, whatever kind of match it has. Cannot be combined with `prefixRewrite`.
   *
   * @default - the path of the request
   */
  readonly uri?: string;

  /**
   * Replacement for the matched prefix of the path. The rest of the path is kept, so replacing `/foo` with `/` turns `/foo/baz` into
   * `//baz`. In a rule without a path match, the prefix is `/`; a path match must be a prefix. Cannot be combined with `uri`. Istio 1.31
   * or later.
   *
   * @default - the path is not rewritten
   */
  readonly prefixRewrite?: string;

  /**
   * Authority that replaces that of the request.
   *
   * @default - the authority of the request
   */
  readonly authority?: string;

  /**
   * Scheme that replaces that of the request. Istio 1.12 or later.
   *
   * @default - the scheme of the request
   */
  readonly scheme?: RedirectScheme;

  /**
   * Port of the redirect, 1 to 65535. Cannot be combined with `derivePort`. Istio 1.12 or later.
   *
   * @default - the port of the request, unless the scheme changes
   */
  readonly port?: number;

  /**
   * How to derive the port. Cannot be combined with `port`. Istio 1.12 or later.
   *
   * @default - the port of the request, unless the scheme changes
   */
  readonly derivePort?: DerivePort;

  /**
   * HTTP status: 301, 302, 303, 307 or 308.
   *
   * @default 301
   */
  readonly redirectCode?: number;
}

/**
 * A response from the proxy, without a backend. Istio 1.15 or later.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPDirectResponse
 */
export interface HttpDirectResponse {
  /** HTTP status, 200 to 599. */
  readonly status: number;

  /**
   * Body as text, at most 1 MiB. Cannot be combined with `bodyBytes`.
   *
   * @default - none
   */
  readonly body?: string;

  /**
   * Body as base64-encoded bytes, at most 1 MiB decoded. Cannot be combined with `body`.
   *
   * @default - none
   */
  readonly bodyBytes?: string;
}

/**
 * Replaces the part of the path that a regular expression matches.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#RegexRewrite
 */
export interface UriRegexRewrite {
  /** RE2 regular expression of 1 to 1024 bytes. */
  readonly match: string;

  /** Replacement, not empty, with `\1` for the first group. */
  readonly rewrite: string;
}

/**
 * Rewrites the path or the authority before the request is forwarded. At least one field is required.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRewrite
 */
export interface HttpRewrite {
  /**
   * Replacement for the path, or for the prefix if the match is a prefix. Cannot be combined with `uriRegex`.
   *
   * @default - the path is not rewritten
   */
  readonly uri?: string;

  /**
   * Authority that replaces that of the request. `headers.request` must not set it as well.
   *
   * @default - the authority of the request
   */
  readonly authority?: string;

  /**
   * Rewrite of the path by a regular expression. Cannot be combined with `uri`. Istio 1.19 or later.
   *
   * @default - the path is not rewritten
   */
  readonly uriRegex?: UriRegexRewrite;
}

/**
 * Mirrors requests to a destination, whose responses are discarded. Mirrored requests have the same headers as those to the primary
 * destination: a mirror cannot change them.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMirrorPolicy
 */
export interface HttpMirror {
  /** Destination of the mirrored requests. */
  readonly destination: Destination;

  /**
   * Percentage of the requests to mirror, 0 to 100.
   *
   * @default - all requests are mirrored
   */
  readonly percent?: number;
}

/**
 * Refers to a VirtualService with further rules for the requests of a rule. That VirtualService has no hosts and no gateways.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Delegate
 */
export interface HttpDelegate {
  /** `metadata.name` of that VirtualService. */
  readonly name: string;

  /**
   * Its namespace.
   *
   * @default - the namespace of this VirtualService
   */
  readonly namespace?: string;
}
