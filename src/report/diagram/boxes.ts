import { label } from './label';

/**
 * A box that several edges can lead to.
 *
 * @internal
 */
export interface SharedBox {
  /** Its id. */
  readonly id: string;
  /** Its statement, where it is used for the first time. */
  readonly lines: readonly string[];
}

/**
 * The boxes of a diagram, numbered by what they are, such as `rule1`.
 *
 * @internal
 */
export class Boxes {
  private readonly counts = new Map<string, number>();
  private readonly ids = new Map<string, string>();
  private readonly members = new Map<string, string[]>();

  /** The id of a new box. */
  public next(what: string, style?: string): string {
    const count = (this.counts.get(what) ?? 0) + 1;
    this.counts.set(what, count);
    const id = `${what}${count}`;
    if (style !== undefined) this.members.set(style, [...this.members.get(style) ?? [], id]);
    return id;
  }

  /** The box of a name, which is written where it is used for the first time. */
  public shared(what: string, name: string, shape: (text: string) => string, style?: string): SharedBox {
    const key = `${what} ${name}`;
    const known = this.ids.get(key);
    if (known !== undefined) return { id: known, lines: [] };
    const id = this.next(what, style);
    this.ids.set(key, id);
    return { id, lines: [`${id}${shape(label(name))}`] };
  }

  /** Whether a box has a style. */
  public hasClass(style: string): boolean {
    return this.members.has(style);
  }

  /** The statements that give boxes their styles. */
  public classes(): readonly string[] {
    return [...this.members].map(([style, ids]) => `class ${ids.join(',')} ${style}`);
  }
}
