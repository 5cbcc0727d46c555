import { Overlap } from './conflict-texts';
import { isLoose, Samples, valuesKey } from './entry-index';
import { RouteEntry, Conditions, isQueryParameter } from './route-entry';
import { computeIfAbsent, groupBy } from '../groups';
import { matchCovers, matchesOverlap } from './overlap';
import { RequestProtocol } from '../request-match';
import { conditionsOf, signatureOf } from './shared-requests';

/**
 * Finds endpoints whose requests match an arm of a catch-all endpoint. Istio puts a catch-all rule after the rules of all other
 * routes, but not one with conditions, such as a rule for testers or for a sticky cookie: there the older VirtualService comes first.
 * Requests for other endpoints of the host may carry the same headers.
 *
 * @param host The host.
 * @param arms Rules of catch-all endpoints that select an arm.
 * @param others All other rules of the host, except the catch-all rules.
 * @internal
 */
export function armConflicts(host: string, arms: readonly RouteEntry[], others: readonly RouteEntry[]): Overlap[] {
  if (arms.length === 0) return [];
  const groups = [...groupBy(others, groupKey).values()].map((entries) => new Group(entries));
  const reported = new Set<object>();
  return arms.flatMap((arm) => {
    if (reported.has(arm.endpoint)) return [];
    for (const group of groups) {
      const other = group.find(arm);
      if (other === undefined) continue;
      reported.add(arm.endpoint);
      return [{ first: arm, second: other, what: `${other.path}${conditionsOf(arm, other)} on host "${host}"`, remedy: NARROW }];
    }
    return [];
  });
}

const NARROW = 'Istio puts a catch-all rule after those of other routes only if the rule has no conditions, and otherwise the older route first. '
  + 'Give the catch-all endpoint its own host or narrower paths, or remove its testers and sticky sessions';

/** Entries of one group require headers of the same names, and exclude the same headers. */
function groupKey(entry: RouteEntry): string {
  const excluded = Object.entries(entry.withoutHeaders ?? {}).map(([name, match]) => [name, match.kind, match.value]);
  return JSON.stringify([entry.protocol === RequestProtocol.GRPC, signatureOf(entry), excluded]);
}

/** Entries that require headers of the same names. */
class Group {
  private readonly sample: RouteEntry;
  private readonly indexes = new Map<string, ValueIndex>();

  constructor(private readonly entries: readonly RouteEntry[]) {
    this.sample = entries[0];
  }

  /** An entry of another endpoint whose requests may satisfy an arm's rule. */
  public find(arm: RouteEntry): RouteEntry | undefined {
    const { protocol, headers, withoutHeaders } = this.sample;
    // gRPC calls have no query parameters.
    if (protocol === RequestProtocol.GRPC && Object.keys(arm.headers).some(isQueryParameter)) return undefined;
    if (excludes(withoutHeaders, arm.headers)) return undefined;
    const matched = new Set([...Object.keys(arm.headers), ...Object.keys(arm.withoutHeaders ?? {})]);
    const common = Object.keys(headers).filter((name) => matched.has(name)).sort();
    return computeIfAbsent(this.indexes, common.join('\n'), () => new ValueIndex(this.entries, common)).find(arm);
  }
}

/** Entries by their conditions on the headers that an arm's rule matches. Most conditions are exact values, which are looked up. */
class ValueIndex {
  private readonly levels = new Map<string, Values>();
  private readonly loose: Values[] = [];

  constructor(entries: readonly RouteEntry[], private readonly names: readonly string[]) {
    for (const entry of entries) {
      const values = computeIfAbsent(this.levels, valuesKey(entry, names), () => this.valuesOf(entry));
      values.samples.add(entry);
    }
  }

  public find(arm: RouteEntry): RouteEntry | undefined {
    for (const { sample, samples } of this.candidates(arm)) {
      const other = samples.otherThan(arm);
      if (other !== undefined && this.overlaps(arm, sample)) return other;
    }
    return undefined;
  }

  private valuesOf(sample: RouteEntry): Values {
    const values = { sample, samples: new Samples() };
    if (isLoose(sample, this.names)) this.loose.push(values);
    return values;
  }

  private candidates(arm: RouteEntry): Iterable<Values> {
    const plain = this.names.every((name) => Object.hasOwn(arm.headers, name)) && !isLoose(arm, this.names);
    if (!plain) return this.levels.values();
    const same = this.levels.get(valuesKey(arm, this.names));
    return same === undefined ? this.loose : [same, ...this.loose];
  }

  private overlaps(arm: RouteEntry, { headers }: RouteEntry): boolean {
    return !excludes(arm.withoutHeaders, headers)
      && this.names.every((name) => !Object.hasOwn(arm.headers, name) || matchesOverlap(arm.headers[name], headers[name]));
  }
}

/** Entries with the same conditions on some headers. */
interface Values {
  readonly sample: RouteEntry;
  readonly samples: Samples;
}

/** Whether requests that satisfy the required headers certainly have an excluded one. */
function excludes(excluded: Conditions = {}, required: Conditions): boolean {
  return Object.keys(excluded).some((name) => Object.hasOwn(required, name) && matchCovers(excluded[name], required[name]) === true);
}
