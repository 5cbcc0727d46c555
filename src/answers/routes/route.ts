import { RouteOwner } from './route-owner';
import { WrittenRoute } from './written-routes';
import { Check, checksOf } from '../matching/checks';
import { Indexed } from '../matching/match-index';
import { RouteRequest } from '../matching/route-request';

/**
 * A match of a rule in a virtual host.
 *
 * @internal
 */
export class Route implements Indexed {
  /** The conditions. */
  public readonly match: WrittenRoute['match'];
  private ownChecks?: readonly Check[];
  private ownResult: unknown;

  /**
   * Puts a match into a virtual host.
   *
   * @param position Its position among all matches of the virtual host.
   * @param owner The VirtualService that it comes from.
   * @param written The match.
   */
  constructor(public readonly position: number, public readonly owner: RouteOwner, public readonly written: WrittenRoute) {
    this.match = written.match;
  }

  /** What is compiled of the rule when a request of a proxy gets it, always by the same function. */
  public compiled<T, P>(compile: (route: Route, proxy: P) => T, proxy: P): T {
    return (this.ownResult ??= compile(this, proxy)) as T;
  }

  /** Whether a request satisfies all conditions. */
  public matches(request: RouteRequest): boolean {
    for (const { test } of this.checks) {
      if (!test(request)) return false;
    }
    return true;
  }

  /** Why a request does not satisfy the first condition that it does not satisfy. */
  public missOf(request: RouteRequest): string | undefined {
    return this.checks.find(({ test }) => !test(request))?.miss(request);
  }

  /** All conditions as traces show them. */
  public get text(): string {
    return this.checks.length === 0 ? 'any request' : this.checks.map(({ text }) => text).join(', ');
  }

  private get checks(): readonly Check[] {
    return this.ownChecks ??= checksOf(this.match);
  }
}
