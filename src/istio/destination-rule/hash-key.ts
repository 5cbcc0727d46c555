import { Duration } from 'cdk8s';
import { CookieAttributes } from '../../plan/checks/cookie-attributes';
import { checkProps } from '../../plan/checks/props';

/**
 * An attribute of a cookie for which `HashCookie` has no field, such as `Priority`.
 */
export interface CookieAttribute {
  /** Name of the attribute, not empty. */
  readonly name: string;

  /**
   * Value of the attribute.
   *
   * @default - none: only the name is written
   */
  readonly value?: string;
}

/**
 * A cookie that all requests of a client have in common. The attributes are those of the cookie that the proxy generates for clients
 * without one, which is always `HttpOnly`. Attributes require Istio 1.28 or later.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#LoadBalancerSettings-ConsistentHashLB-HTTPCookie
 */
export interface HashCookie extends CookieAttributes {
  /** Name of the cookie, not empty. */
  readonly name: string;

  /**
   * Path of the cookie that is generated for clients without one.
   *
   * @default - none
   */
  readonly path?: string;

  /**
   * Lifetime of the cookie that is generated for clients without one; 0 for a session cookie.
   *
   * @default - no cookie is generated
   */
  readonly ttl?: Duration;

  /**
   * Additional attributes of the cookie, with unique names.
   *
   * @default - none
   */
  readonly attributes?: CookieAttribute[];
}

/**
 * The part of a request that determines its pod.
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

  /** The source IP address of the request. */
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
     * Name of the query parameter. Without any of the three, the source address is used.
     *
     * @internal
     */
    public readonly _queryParameter?: string,
  ) {}
}
