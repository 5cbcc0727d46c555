import { coversMatch } from '../../cluster/routing/match-relations';
import { RulePair, takesAll } from '../../cluster/routing/overlapping-rules';
import { isKnownOrder, RouteRule, VirtualHost } from '../../cluster/routing/virtual-hosts';
import { computeIfAbsent } from '../../plan/groups';
import type { RouteProofs } from '../../proofs/queries/route-proofs';
import type { FoundRequest, ListBeginning } from '../../proofs/queries/rule-search';
import { FindingExample } from '../example';
import { Level } from '../level';

/**
 * Two rules that overlap on a virtual host.
 *
 * @internal
 */
export interface OverlappingRules extends RulePair {
  /** The virtual host. */
  readonly on: VirtualHost;
}

/** Of unlikely overlaps, so many are looked at closely. */
const MAX_UNLIKELY = 500;

/**
 * Looks for requests that show overlaps.
 *
 * @internal
 */
export class OverlapSearch {
  private readonly shown = new Map<OverlappingRules, FoundRequest>();
  private readonly taken = new Map<VirtualHost, Map<RouteRule, FoundRequest>>();
  private unlikely = 0;
  private readonly positions = new Map<VirtualHost, ReadonlyMap<RouteRule, number>>();

  /**
   * Creates a search.
   *
   * @param proofs What decides; without it, all overlaps are shown and nothing else is found.
   */
  constructor(private readonly proofs: RouteProofs | undefined) {}

  /** Whether a request may show the overlap: one that both rules match and no earlier one gets. */
  public isShown(pair: OverlappingRules, level: Level): boolean {
    const found = this.isWorthwhile(level) ? this.find(pair) : 'undecided';
    return found === 'undecided' || 'request' in found;
  }

  /** The earlier rules that together take all requests of the second rule, if they are known. At least one of them is of another VirtualService. */
  public takenBy({ second, on }: OverlappingRules, level: Level): readonly RouteRule[] {
    if (!this.isWorthwhile(level)) return [];
    const known = computeIfAbsent(this.taken, on, () => new Map<RouteRule, FoundRequest>());
    const found = computeIfAbsent(known, second, () => this.proofs?.find([second.match], this.before(second, on), on) ?? 'undecided');
    if (found === 'undecided' || 'request' in found) return [];
    const { takenBy } = found;
    return takenBy.some(({ virtualService, backend }) => virtualService !== second.virtualService && backend !== second.backend) ? takenBy : [];
  }

  /** A request that shows the overlap, with the answers of both rules. */
  public exampleOf(pair: OverlappingRules): FindingExample | undefined {
    const found = this.find(pair);
    if (found === 'undecided' || !('request' in found)) return undefined;
    const { first, second, texts } = pair;
    // The narrower one is intended.
    const [takes, intended] = !takesAll(pair) && coversMatch(second.match, first.match, texts) ? [second, first] : [first, second];
    const example = this.proofs?.example(found.request, takes, intended);
    if (example === undefined) return undefined;
    const isCertain = takes === first && isKnownOrder(first.virtualService, second.virtualService);
    return { ...example, ...isCertain ? {} : { ifFirst: String(takes.virtualService) } };
  }

  /** Where clients name models in a header, unlikely overlaps are very many. */
  private isWorthwhile(level: Level): boolean {
    if (level !== Level.INFO) return true;
    this.unlikely += 1;
    return this.unlikely <= MAX_UNLIKELY;
  }

  private find(pair: OverlappingRules): FoundRequest {
    const { first, second, on } = pair;
    return computeIfAbsent(this.shown, pair, () => this.proofs?.find([first.match, second.match], this.before(first, on), on) ?? 'undecided');
  }

  private before(rule: RouteRule, on: VirtualHost): ListBeginning {
    const positions = computeIfAbsent(this.positions, on, () => new Map(on.rules.map((each, i) => [each, i])));
    return { rules: on.rules, length: positions.get(rule) ?? 0 };
  }
}
