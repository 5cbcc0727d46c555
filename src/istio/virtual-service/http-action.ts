import { Destination } from './route-destination';

/** Schemes that a redirect can name. */
export enum RedirectScheme {
  /** Plain HTTP. */
  HTTP = 'http',
  /** HTTP over TLS. */
  HTTPS = 'https',
}

/** Where a redirect takes its port from. */
export enum DerivePort {
  /** 80 for HTTP and 443 for HTTPS. */
  FROM_PROTOCOL_DEFAULT = 'FROM_PROTOCOL_DEFAULT',
  /** The port that the client called. */
  FROM_REQUEST_PORT = 'FROM_REQUEST_PORT',
}

/**
 * Sends the client elsewhere. At least one of `uri`, `prefixRewrite`, `authority`, `scheme`, `port` and `derivePort` is needed.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRedirect
 */
export interface HttpRedirect {
  /**
   * Path to use in place of the request's, all of it, whichever kind of match picked it; excludes `prefixRewrite`.
   *
   * @default - the request's
   */
  readonly uri?: string;

  /**
   * Text to use in place of the prefix that picked the request; what follows it stays, so `/` in place of `/foo` makes `//baz` of `/foo/baz`.
   * A rule that does not look at the path has the prefix `/`, and one that does must match a prefix. Excludes `uri`. Since Istio 1.31.
   *
   * @default - the path stays
   */
  readonly prefixRewrite?: string;

  /**
   * Authority to use in place of the request's.
   *
   * @default - the request's
   */
  readonly authority?: string;

  /**
   * Scheme to use in place of the request's. Since Istio 1.12.
   *
   * @default - the request's
   */
  readonly scheme?: RedirectScheme;

  /**
   * Port to use, 1 to 65535; excludes `derivePort`. Since Istio 1.12.
   *
   * @default - the request's, unless the scheme changes
   */
  readonly port?: number;

  /**
   * Where to take the port from; excludes `port`. Since Istio 1.12.
   *
   * @default - the request's, unless the scheme changes
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
 * Answers without a backend. Since Istio 1.15.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPDirectResponse
 */
export interface HttpDirectResponse {
  /** HTTP status, 200 to 599. */
  readonly status: number;

  /**
   * Body as text, at most 1 MiB; excludes `bodyBytes`.
   *
   * @default - none
   */
  readonly body?: string;

  /**
   * Body as bytes in base64, at most 1 MiB of them; excludes `body`.
   *
   * @default - none
   */
  readonly bodyBytes?: string;
}

/**
 * Puts another text in place of what an expression finds in the path.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#RegexRewrite
 */
export interface UriRegexRewrite {
  /** RE2 expression of 1 to 1024 bytes. */
  readonly match: string;

  /** Text to write, not empty, with `\1` for the first group. */
  readonly rewrite: string;
}

/**
 * Changes path or authority before the request goes on. At least one field is needed.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPRewrite
 */
export interface HttpRewrite {
  /**
   * Text to use in place of the path, or of the prefix when a prefix picked the request; excludes `uriRegex`.
   *
   * @default - the path stays
   */
  readonly uri?: string;

  /**
   * Authority to use in place of the request's. `headers.request` must not set it as well.
   *
   * @default - the request's
   */
  readonly authority?: string;

  /**
   * Rewrite of the path by an expression; excludes `uri`. Since Istio 1.19.
   *
   * @default - the path stays
   */
  readonly uriRegex?: UriRegexRewrite;
}

/**
 * Sends copies of requests somewhere; what it answers is thrown away. A copy carries the headers of the request as the
 * primary gets it: a mirror cannot change them.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMirrorPolicy
 */
export interface HttpMirror {
  /** Who gets the copies. */
  readonly destination: Destination;

  /**
   * Share of the requests that are copied, 0 to 100.
   *
   * @default - every request is copied
   */
  readonly percent?: number;
}

/**
 * Names the VirtualService that holds the rules for the requests of this one. It has no hosts and no gateways.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#Delegate
 */
export interface HttpDelegate {
  /** `metadata.name` of the other VirtualService. */
  readonly name: string;

  /**
   * Its namespace.
   *
   * @default - the namespace of this VirtualService
   */
  readonly namespace?: string;
}
