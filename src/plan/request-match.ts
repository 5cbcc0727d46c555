import { StringMatch } from './string-match';

/** The two ways to call a model. */
export enum RequestProtocol {
  /** HTTP with JSON bodies. */
  REST = 'REST',
  /** gRPC over HTTP/2. */
  GRPC = 'gRPC',
}

/**
 * Conditions on a request in addition to its path. All conditions of one match must hold.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest
 */
export interface RequestMatch {
  /**
   * Required headers, by lower-case name. For gRPC these are the call's metadata. At gateways `@request.auth.claims.groups` matches a
   * claim of the caller's token.
   *
   * @default - any headers
   */
  readonly headers?: { [name: string]: StringMatch };

  /**
   * Headers that must not have such a value, by lower-case name.
   *
   * @default - none
   */
  readonly withoutHeaders?: { [name: string]: StringMatch };

  /**
   * Query parameters, by name. Only REST requests have them, so a match with query parameters is left out of gRPC routes. Names and
   * values are compared as callers send them, URL-encoded: `a%20b` for `a b`.
   *
   * @default - any parameters
   */
  readonly queryParams?: { [name: string]: StringMatch };

  /**
   * The only protocol that this match applies to.
   *
   * @default - both
   */
  readonly protocol?: RequestProtocol;
}
