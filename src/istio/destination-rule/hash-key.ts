import { Duration } from 'cdk8s';
import { CookieAttributes } from '../../plan/checks/cookie-attributes';
import { checkProps } from '../../plan/checks/props';

/**
 * An attribute of a cookie that `HashCookie` has no field for, such as `Priority`.
 */
export interface CookieAttribute {
  /** Name of the attribute, not empty. */
  readonly name: string;

  /**
   * Value of the attribute.
   *
   * @default - none: the name stands alone
   */
  readonly value?: string;
}

/**
 * A cookie that requests of one client have in common. Its attributes are those of the cookie that the proxy makes for clients without
 * one, which is always `HttpOnly`; Istio knows them since 1.28.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings-ConsistentHashLB-HTTPCookie
 */
export interface HashCookie extends CookieAttributes {
  /** Name of the cookie, not empty. */
  readonly name: string;

  /**
   * Path of the cookie that is made for clients without one.
   *
   * @default - none
   */
  readonly path?: string;

  /**
   * Life of the cookie that is made for clients without one; 0 makes it end with the browser's session.
   *
   * @default - no cookie is made
   */
  readonly ttl?: Duration;

  /**
   * More attributes of the cookie, each name once.
   *
   * @default - none
   */
  readonly attributes?: CookieAttribute[];
}

/**
 * What requests that go to one pod have in common.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings-ConsistentHashLB
 */
export class HashKey {
  /**
   * The value of a request header.
   *
   * @param name Name of the header.
   */
  public static header(name: string): HashKey {
    return new HashKey(name);
  }

  /**
   * The value of a cookie.
   *
   * @param cookie The cookie.
   */
  public static cookie(cookie: HashCookie): HashKey {
    checkProps('HashKey.cookie', 'HashCookie', cookie);
    return new HashKey(undefined, cookie);
  }

  /** The address that the request comes from. */
  public static sourceIp(): HashKey {
    return new HashKey();
  }

  /**
   * The value of a query parameter.
   *
   * @param name Name of the parameter.
   */
  public static queryParameter(name: string): HashKey {
    return new HashKey(undefined, undefined, name);
  }

  private constructor(
    /**
     * Name of the request header.
     *
     * @internal
     */
    public readonly _header?: string,
    /**
     * The cookie.
     *
     * @internal
     */
    public readonly _cookie?: HashCookie,
    /**
     * Name of the query parameter. Without any of the three, the source address counts.
     *
     * @internal
     */
    public readonly _queryParameter?: string,
  ) {}
}
