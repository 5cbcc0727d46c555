/**
 * Values by host pattern, found as Envoy picks virtual hosts: the exact host, else the longest wildcard, else `*`.
 *
 * @internal
 */
export class HostTable<T> {
  private readonly exact = new Map<string, T>();
  private readonly suffixes = new Map<string, T>();
  private readonly lengths: readonly number[];
  private readonly any: T | undefined;

  /** Indexes values by host pattern, in lower case. */
  constructor(private readonly values: ReadonlyMap<string, T>) {
    for (const [pattern, value] of values) {
      if (pattern.startsWith('*') && pattern.length > 1) this.suffixes.set(pattern.slice(1), value);
      else if (pattern !== '*') this.exact.set(pattern, value);
    }
    this.lengths = [...new Set([...this.suffixes.keys()].map(({ length }) => length))].sort((a, b) => b - a);
    this.any = values.get('*');
  }

  /** All host patterns. */
  public get patterns(): Iterable<string> {
    return this.values.keys();
  }

  /** The value of a pattern. */
  public at(pattern: string): T | undefined {
    return this.values.get(pattern);
  }

  /** The value for a host in lower case. A wildcard stands for at least one character. */
  public find(host: string): T | undefined {
    const exact = this.exact.get(host);
    if (exact !== undefined) return exact;
    for (const length of this.lengths) {
      if (length >= host.length) continue;
      const value = this.suffixes.get(host.slice(-length));
      if (value !== undefined) return value;
    }
    return this.any;
  }
}
