const NO_VALUES: readonly never[] = [];

/** A state of the search: the longest end of the text read so far that begins a literal. */
class State<T> {
  /** Values of the literal that ends here. */
  public values: readonly T[] = NO_VALUES;
  /** The state of the longest proper end; undefined at the root. */
  public fallback: State<T> | undefined;
  /** The closest state along the fallbacks at which a literal ends. */
  public ending: State<T> | undefined;
  // Most states have a single next one.
  private code = -1;
  private only: State<T> | undefined;
  private others: Map<number, State<T>> | undefined;

  /** The next state for a character, as literals continue. */
  public next(code: number): State<T> | undefined {
    return code === this.code ? this.only : this.others?.get(code);
  }

  /** The next state for a character of a literal. */
  public extend(code: number): State<T> {
    const known = this.next(code);
    if (known !== undefined) return known;
    const state = new State<T>();
    if (this.only !== undefined) {
      (this.others ??= new Map()).set(code, state);
    } else {
      this.code = code;
      this.only = state;
    }
    return state;
  }

  /** All next states. */
  public* following(): Iterable<readonly [code: number, state: State<T>]> {
    if (this.only !== undefined) yield [this.code, this.only];
    if (this.others !== undefined) yield* this.others;
  }
}

const NOTHING_FOUND: ReadonlySet<never> = new Set();

/**
 * Finds which of many literals a text contains, in one pass over the text, whatever their number (the algorithm of Aho and Corasick).
 *
 * @internal
 */
export class LiteralSearch<T> {
  private readonly root = new State<T>();

  /** Prepares a search for literals, each with its values. */
  constructor(literals: ReadonlyMap<string, readonly T[]>) {
    for (const [literal, values] of literals) {
      let state = this.root;
      for (let i = 0; i < literal.length; i += 1) state = state.extend(literal.charCodeAt(i));
      state.values = values;
    }
    this.link();
  }

  /** The values of all literals that a text contains, each once. */
  public valuesIn(text: string): ReadonlySet<T> {
    let found: Set<T> | undefined;
    let state = this.root;
    for (let i = 0; i < text.length; i += 1) {
      state = this.step(state, text.charCodeAt(i));
      for (let end = state.values.length > 0 ? state : state.ending; end !== undefined; end = end.ending) {
        for (const value of end.values) (found ??= new Set()).add(value);
      }
    }
    return found ?? NOTHING_FOUND;
  }

  private step(from: State<T>, code: number): State<T> {
    let state: State<T> | undefined = from;
    while (state !== undefined) {
      const next = state.next(code);
      if (next !== undefined) return next;
      state = state.fallback;
    }
    return this.root;
  }

  private link(): void {
    const queue: State<T>[] = [this.root];
    for (let i = 0; i < queue.length; i += 1) {
      const state = queue[i];
      for (const [code, next] of state.following()) {
        next.fallback = state === this.root ? this.root : this.step(state.fallback!, code);
        next.ending = next.fallback.values.length > 0 ? next.fallback : next.fallback.ending;
        queue.push(next);
      }
    }
  }
}
