import { checkCookieName, checkCookieValue, cookieMatch } from './cookies';
import { invalid } from '../plan/checks/errors';
import { checkClaimName, claimKey } from '../plan/jwt-claims';
import { RequestMatch } from '../plan/request-match';
import { StringMatch } from '../plan/string-match';

/**
 * Picks callers by one thing that their requests carry. A `RequestMatch` written out can ask for several things at once.
 */
export abstract class CallerMatch {
  /**
   * Callers that send a header with this value, over REST and, as metadata, over gRPC.
   *
   * @param name Lower-case name of the header, for example `x-tester`.
   * @param value The whole value; case counts.
   */
  public static header(name: string, value: string): RequestMatch {
    return { headers: { [name]: StringMatch.exact(value) } };
  }

  /**
   * Callers that send a cookie with this value, whatever other cookies they send.
   *
   * @param name Name of the cookie; case counts.
   * @param value The whole value; case counts.
   * @throws an error when the name or value cannot stand in a cookie.
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
   * without one, nobody is picked. A caller without a token is not picked either.
   *
   * @param name Name of the claim, for example `groups`; case counts.
   * @param value The whole value; case counts.
   * @throws an error when the name is empty or has spaces or square brackets.
   * @see https://istio.io/latest/docs/tasks/security/authentication/jwt-route/
   */
  public static claim(name: string, value: string): RequestMatch {
    return CallerMatch.nestedClaim([name], value);
  }

  /**
   * Callers whose token has a claim inside another one, such as Keycloak's `['realm_access', 'roles']`, with this value, or with a list
   * that contains it. Otherwise the same as `claim`.
   *
   * @param path Names of the claims from the outermost inwards; case counts.
   * @param value The whole value; case counts.
   * @throws an error when there is no name, or one is empty or has spaces or square brackets.
   */
  public static nestedClaim(path: string[], value: string): RequestMatch {
    if (path.length === 0) throw invalid('CallerMatch.nestedClaim', 'no claim', 'name at least one, such as "groups"');
    for (const name of path) checkClaimName('CallerMatch.claim', name);
    return { headers: { [claimKey(path)]: StringMatch.exact(value) } };
  }

  /**
   * Callers that send a query parameter with this value. gRPC calls have none, so over gRPC it picks nobody.
   *
   * @param name Name of the parameter, as callers send it; case counts.
   * @param value The whole value, as callers send it: `a%20b` for `a b`; case counts.
   */
  public static query(name: string, value: string): RequestMatch {
    return { queryParams: { [name]: StringMatch.exact(value) } };
  }
}
