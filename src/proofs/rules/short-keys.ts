import { JsonObject } from '../../cluster/json';
import { computeIfAbsent } from '../../plan/groups';

/**
 * Short keys for long ones, which are the same for the same long key.
 *
 * @internal
 */
export class ShortKeys {
  private readonly known = new Map<string, string>();
  private readonly written = new Map<JsonObject, string>();

  /** The short key for a long one. */
  public of(key: string): string {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const short = this.known.size.toString(36);
    this.known.set(key, short);
    return short;
  }

  /** The short key of a manifest or a part of it, which is found once for each of them. */
  public ofWritten(part: JsonObject, keyOf: (part: JsonObject) => string): string {
    return computeIfAbsent(this.written, part, () => this.of(keyOf(part)));
  }
}
