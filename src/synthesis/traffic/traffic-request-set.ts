import { StringMatch } from '../../plan/string-match';

/**
 * Properties for `Traffic.requests`: a set of requests from outside the mesh. What is not specified can be anything.
 */
export interface TrafficRequestSet {
  /**
   * The Gateway, as `namespace/name`.
   *
   * @default - any Gateway
   */
  readonly gateway?: string;

  /**
   * The host, or a pattern such as `*.example.com`.
   *
   * @default - any host
   */
  readonly host?: string;

  /**
   * The path, without the query.
   *
   * @default - any path
   */
  readonly path?: StringMatch;

  /**
   * The method.
   *
   * @default - any method
   */
  readonly method?: StringMatch;

  /**
   * Headers that the requests have, by name. They may have others, too.
   *
   * @default - any headers
   */
  readonly headers?: { [name: string]: StringMatch };

  /**
   * Claims of the token that the requests carry, by name, with dots between the names on the way to a claim, such as `realm_access.roles`.
   *
   * @default - any token, or none
   */
  readonly claims?: { [name: string]: StringMatch };
}
