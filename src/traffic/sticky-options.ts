import { Duration } from 'cdk8s';
import { CookieAttributes } from '../plan/checks/cookie-attributes';

/**
 * How sessions are sticky to the arm that answered first: by a cookie in the response, or over gRPC, where few clients keep cookies, by
 * a header of the request. They are sticky only while every arm has a share; if one has weight 0, all requests are shared again. The
 * cookie is always `HttpOnly`.
 */
export interface StickyOptions extends CookieAttributes {
  /**
   * Name of the cookie.
   *
   * @default - `<endpoint>-arm`
   */
  readonly cookie?: string;

  /**
   * How long a session is sticky, in whole seconds. Later responses do not extend it, so that new weights take effect.
   *
   * @default Duration.hours(1)
   */
  readonly maxAge?: Duration;

  /**
   * Path of the cookie as callers see it. It differs from the endpoint's where a proxy in front rewrites paths.
   *
   * @default - the common path of all REST paths of the endpoint
   */
  readonly path?: string;

  /**
   * Lower-case header of gRPC calls whose value names the arm to answer.
   *
   * @default - `x-<endpoint>-arm`, in lower case
   */
  readonly header?: string;
}
