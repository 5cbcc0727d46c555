import { nearest } from '../../plan/checks/near-miss';

/** How many names are compared in all searches. Each comparison takes time, and not each of many findings needs a hint. */
const MAX_COMPARED = 20_000;

/**
 * Known names, for hints about unknown ones.
 *
 * @internal
 */
export class NearNames {
  private readonly found = new Map<string, string | undefined>();
  private compared = 0;

  /**
   * Creates the names.
   *
   * @param names The known names.
   */
  public constructor(private readonly names: readonly string[]) {}

  /** Whether there is a name other than the given one. */
  public hasOther(name: string): boolean {
    return this.names.length > 1 || (this.names.length === 1 && this.names[0] !== name);
  }

  /**
   * The name that was most likely intended; undefined if there is none.
   *
   * @param written The unknown name.
   * @param excluded A name that was not intended.
   */
  public find(written: string, excluded?: string): string | undefined {
    // A name that was looked for has the same answer when the rules are run again.
    const key = JSON.stringify([written, excluded]);
    if (this.found.has(key)) return this.found.get(key);
    this.compared += this.names.length;
    if (this.compared > MAX_COMPARED) return undefined;
    const near = nearest(written, excluded === undefined ? this.names : this.names.filter((name) => name !== excluded));
    this.found.set(key, near);
    return near;
  }
}
