/**
 * Short keys for long ones, which are the same for the same long key.
 *
 * @internal
 */
export class ShortKeys {
  private readonly known = new Map<string, string>();

  /** The short key for a long one. */
  public of(key: string): string {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const short = this.known.size.toString(36);
    this.known.set(key, short);
    return short;
  }
}
