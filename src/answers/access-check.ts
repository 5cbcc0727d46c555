import { ProxyResponder, Step } from './answer';
import { NormalRequest } from './normal-request';

/**
 * What a proxy decides under a condition that the manifests do not tell.
 *
 * @internal
 */
export interface AccessCase {
  /** The condition, as a clause such as `the authorizer "opa" allows the request`. */
  readonly condition: string;
  /** The answer of the proxy; undefined if the request passes. */
  readonly responder?: ProxyResponder;
}

/**
 * What the policies at a proxy decide about a request.
 *
 * @internal
 */
export interface AccessVerdict {
  /** The answer of the proxy; undefined if the request passes. */
  readonly responder?: ProxyResponder;
  /** The cases, at least two, if the manifests do not decide; `responder` is then undefined. */
  readonly cases?: readonly AccessCase[];
  /** The request after the check of its token, if that changes its headers. */
  readonly request?: NormalRequest;
  /** The claims of the token, if a RequestAuthentication accepts it. Routes can match them. */
  readonly claims?: { readonly [name: string]: unknown };
  /** The steps of the check, computed only for traces. */
  steps(): readonly Step[];
}

/**
 * The policies at the pods of a gateway, or at those of a destination.
 *
 * @internal
 */
export interface AccessCheck {
  /** Whether no policy applies, so that every request passes. */
  readonly isEmpty: boolean;
  /** Decides about a request. */
  check(request: NormalRequest): AccessVerdict;
}
