import { StringMatch } from './string-match';

/** The two ways to call a model. */
export enum RequestProtocol {
  /** HTTP with JSON bodies. */
  REST = 'REST',
  /** gRPC over HTTP/2. */
  GRPC = 'gRPC',
}

/**
 * What a request must carry, beside its path, to be picked. All conditions of one match hold at once.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/#HTTPMatchRequest
 */
export interface RequestMatch {
  /**
   * Headers that must be there, by lower-case name. For gRPC these are the call's metadata. At gateways `@request.auth.claims.groups`
   * asks for a claim of the caller's token.
   *
   * @default - any headers
   */
  readonly headers?: { [name: string]: StringMatch };

  /**
   * Headers that must not be there with such a value, by lower-case name.
   *
   * @default - none
   */
  readonly withoutHeaders?: { [name: string]: StringMatch };

  /**
   * Query parameters, by name. Only REST requests have them, so a match with some is left out of gRPC routes. Names and values are
   * compared as callers send them, which is encoded: `a%20b` for `a b`.
   *
   * @default - any parameters
   */
  readonly queryParams?: { [name: string]: StringMatch };

  /**
   * The one protocol that this match is for.
   *
   * @default - both
   */
  readonly protocol?: RequestProtocol;
}
