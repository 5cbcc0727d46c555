import { DeniedRequests, EndpointRequests } from './denied-requests';
import { beginningOf } from '../../plan/conflicts/overlap';
import { computeIfAbsent } from '../../plan/groups';
import { StringMatchKind } from '../../plan/string-match';

/**
 * An index of denied requests by path and header, so that those that overlap with an endpoint are looked up instead of compared one by
 * one.
 *
 * @internal
 */
export class DenialIndex<T extends DeniedRequests> {
  private readonly paths = new Map<string, Set<T>>();
  private readonly headers = new Map<string, Set<T>>();
  private readonly lengths = new Set<number>();
  private sorted?: string[];

  /** Adds denied requests. */
  public add(denied: T): void {
    for (const path of denied.paths) {
      append(this.paths, path, denied);
      if (path.endsWith('*')) this.lengths.add(path.length - 1);
    }
    for (const [name, values] of denied.headers) for (const value of values) append(this.headers, headerKey([name, value]), denied);
    for (const set of denied.headerSets.values()) append(this.headers, headerKey(Object.entries(set)[0]), denied);
    this.sorted = undefined;
  }

  /** Finds denied requests that can overlap with those of an endpoint. */
  public find({ paths, headerSets, matched }: EndpointRequests): Set<T> {
    const found = new Set<T>();
    for (const path of paths) {
      const prefix = beginningOf(path);
      this.collect(found, path.value);
      for (const length of this.lengths) this.collect(found, `${prefix.slice(0, length)}*`);
      if (path.kind !== StringMatchKind.EXACT) for (const longer of this.startingWith(prefix)) this.collect(found, longer);
    }
    for (const set of [...headerSets, ...matched]) {
      for (const entry of Object.entries(set)) for (const denied of this.headers.get(headerKey(entry)) ?? []) found.add(denied);
    }
    return found;
  }

  private collect(found: Set<T>, path: string): void {
    for (const denied of this.paths.get(path) ?? []) found.add(denied);
  }

  private startingWith(prefix: string): string[] {
    this.sorted ??= [...this.paths.keys()].sort();
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.sorted[middle] < prefix) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < this.sorted.length && this.sorted[end].startsWith(prefix)) end += 1;
    return this.sorted.slice(low, end);
  }
}

function headerKey(entry: readonly [string, string]): string {
  return entry.join('\n');
}

function append<T>(groups: Map<string, Set<T>>, key: string, value: T): void {
  computeIfAbsent(groups, key, () => new Set()).add(value);
}
