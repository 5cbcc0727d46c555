import { checkCookieName, checkCookieValue, cookieMatch } from './cookies';
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
   * Callers that send a query parameter with this value. gRPC calls have none, so over gRPC it picks nobody.
   *
   * @param name Name of the parameter, as callers send it; case counts.
   * @param value The whole value, as callers send it: `a%20b` for `a b`; case counts.
   */
  public static query(name: string, value: string): RequestMatch {
    return { queryParams: { [name]: StringMatch.exact(value) } };
  }
}
