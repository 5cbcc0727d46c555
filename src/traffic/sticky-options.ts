import { Duration } from 'cdk8s';
import { CookieAttributes } from '../plan/checks/cookie-attributes';

/**
 * How callers stay with the arm that answered them first: by a cookie that comes with the answer, or over gRPC, where few
 * clients keep cookies, by a header that they send. They stay only while every arm has a share; once one has weight 0, all
 * are shared anew. The cookie is always `HttpOnly`.
 */
export interface StickyOptions extends CookieAttributes {
  /**
   * Name of the cookie.
   *
   * @default - `<endpoint>-arm`
   */
  readonly cookie?: string;

  /**
   * How long a caller stays, in whole seconds. Later answers do not make it longer, so that new shares take hold.
   *
   * @default Duration.hours(1)
   */
  readonly maxAge?: Duration;

  /**
   * Path of the cookie: what callers see, which is another one where a proxy in front changes paths.
   *
   * @default - the path that all REST paths of the endpoint have in common
   */
  readonly path?: string;

  /**
   * Header of gRPC calls whose value names the arm that is to answer, in lower case.
   *
   * @default - `x-<endpoint>-arm`, in lower case
   */
  readonly header?: string;
}
