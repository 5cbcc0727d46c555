import { Overlap } from './conflict-texts';
import { isLoose, Samples, valuesKey } from './entry-index';
import { RouteEntry, Conditions, isQueryParameter } from './route-entry';
import { computeIfAbsent, groupBy } from '../groups';
import { matchCovers, matchesOverlap } from './overlap';
import { RequestProtocol } from '../request-match';
import { conditionsOf, signatureOf } from './shared-requests';

/**
 * Finds endpoints from which the arms of a catch-all endpoint take requests. Istio puts a catch-all rule after those of all other
 * routes, but not one with conditions, such as that of testers or of a sticky cookie: between two VirtualServices the older one
 * decides. Other endpoints of the host may get requests with these headers, too.
 *
 * @param host The host.
 * @param arms Rules of catch-all endpoints that select an arm.
 * @param others All other rules of the host, without those that come last.
 * @internal
 */
export function takenByArms(host: string, arms: readonly RouteEntry[], others: readonly RouteEntry[]): Overlap[] {
  if (arms.length === 0) return [];
  const groups = [...groupBy(others, kindOf).values()].map((entries) => new Group(entries));
  const told = new Set<object>();
  return arms.flatMap((arm) => {
    if (told.has(arm.endpoint)) return [];
    for (const group of groups) {
      const other = group.find(arm);
      if (other === undefined) continue;
      told.add(arm.endpoint);
      return [{ first: arm, second: other, what: `${other.path}${conditionsOf(arm, other)} on host "${host}"`, remedy: NARROW }];
    }
    return [];
  });
}

const NARROW = 'Istio tries a rule for all paths after those of other routes only when the rule has no conditions, and else prefers the older route, '
  + 'so give the one for all paths its own host or narrower paths, or remove its testers and sticky sessions';

/** Claims of one kind carry headers of the same names, and lack the same ones. */
function kindOf(entry: RouteEntry): string {
  const lacking = Object.entries(entry.withoutHeaders ?? {}).map(([name, match]) => [name, match.kind, match.value]);
  return JSON.stringify([entry.protocol === RequestProtocol.GRPC, signatureOf(entry), lacking]);
}

/** Claims that carry headers of the same names. */
class Group {
  private readonly sample: RouteEntry;
  private readonly indexes = new Map<string, ValueIndex>();

  constructor(private readonly entries: readonly RouteEntry[]) {
    this.sample = entries[0];
  }

  /** A claim of another endpoint whose requests may satisfy an arm's rule. */
  public find(arm: RouteEntry): RouteEntry | undefined {
    const { protocol, headers, withoutHeaders } = this.sample;
    // Calls have no query.
    if (protocol === RequestProtocol.GRPC && Object.keys(arm.headers).some(isQueryParameter)) return undefined;
    if (excludes(withoutHeaders, arm.headers)) return undefined;
    const asked = new Set([...Object.keys(arm.headers), ...Object.keys(arm.withoutHeaders ?? {})]);
    const common = Object.keys(headers).filter((name) => asked.has(name)).sort();
    return computeIfAbsent(this.indexes, common.join('\n'), () => new ValueIndex(this.entries, common)).find(arm);
  }
}

/** Claims by what they ask of the headers that an arm's rule is about. Most ask for plain values, which are looked up. */
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

/** Claims that ask the same of some headers. */
interface Values {
  readonly sample: RouteEntry;
  readonly samples: Samples;
}

/** Whether requests that carry some headers are none of those that lack others, for certain. */
function excludes(lacking: Conditions = {}, carried: Conditions): boolean {
  return Object.keys(lacking).some((name) => Object.hasOwn(carried, name) && matchCovers(lacking[name], carried[name]) === true);
}
