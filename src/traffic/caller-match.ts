import { checkCookieName, checkCookieValue, cookieMatch } from './cookies';
import { invalid } from '../plan/checks/errors';
import { checkClaimName, claimKey } from '../plan/jwt-claims';
import { RequestMatch } from '../plan/request-match';
import { StringMatch } from '../plan/string-match';

/**
 * Selects callers by one property of their requests. A `RequestMatch` can combine several conditions.
 */
export abstract class CallerMatch {
  /**
   * Callers that send a header with this value, over REST and, as metadata, over gRPC.
   *
   * @param name Lower-case name of the header, for example `x-tester`.
   * @param value The whole value, case-sensitive.
   */
  public static header(name: string, value: string): RequestMatch {
    return { headers: { [name]: StringMatch.exact(value) } };
  }

  /**
   * Callers that send a cookie with this value, among any others.
   *
   * @param name Name of the cookie, case-sensitive.
   * @param value The whole value, case-sensitive.
   * @throws an error if the name or value is not valid in a cookie.
   */
  public static cookie(name: string, value: string): RequestMatch {
    checkCookieName('CallerMatch.cookie', name);
    checkCookieValue('CallerMatch.cookie', name, value);
    return { headers: { cookie: cookieMatch(name, value) } };
  }

  /**
   * Callers whose token has a claim with this value, or with a list that contains it, over REST and gRPC.
   *
   * Only gateways can match claims, and only those of tokens that a `RequestAuthentication` for the gateway's pods has verified:
   * without one, no caller matches. Callers without a token do not match either.
   *
   * @param name Name of the claim, for example `groups`, case-sensitive.
   * @param value The whole value, case-sensitive.
   * @throws an error if the name is empty or has spaces or square brackets.
   * @see https://istio.io/latest/docs/tasks/security/authentication/jwt-route/
   */
  public static claim(name: string, value: string): RequestMatch {
    return CallerMatch.nestedClaim([name], value);
  }

  /**
   * Callers whose token has a claim inside another one, such as Keycloak's `['realm_access', 'roles']`, with this value, or with a list
   * that contains it. Otherwise like `claim`.
   *
   * @param path Names of the claims, outermost first, case-sensitive.
   * @param value The whole value, case-sensitive.
   * @throws an error if there is no name, or one is empty or has spaces or square brackets.
   */
  public static nestedClaim(path: string[], value: string): RequestMatch {
    if (path.length === 0) throw invalid('CallerMatch.nestedClaim', 'no claim', 'name at least one, such as "groups"');
    for (const name of path) checkClaimName('CallerMatch.claim', name);
    return { headers: { [claimKey(path)]: StringMatch.exact(value) } };
  }

  /**
   * Callers that send a query parameter with this value. gRPC calls have none, so over gRPC no caller matches.
   *
   * @param name Name of the parameter, as callers send it; case counts.
   * @param value The whole value, as callers send it: `a%20b` for `a b`; case counts.
   */
  public static query(name: string, value: string): RequestMatch {
    return { queryParams: { [name]: StringMatch.exact(value) } };
  }
}
