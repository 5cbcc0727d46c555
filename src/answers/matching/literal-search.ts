import { computeIfAbsent } from '../../plan/groups';

/** A state of the search: the longest end of the text read so far that begins a literal. */
interface State<T> {
  readonly next: Map<number, State<T>>;
  /** Values of the literal that ends here. */
  readonly values: T[];
  /** The state of the longest proper end. */
  fallback: State<T> | undefined;
  /** The closest state along the fallbacks at which a literal ends. */
  ending: State<T> | undefined;
}

function newState<T>(): State<T> {
  return { next: new Map(), values: [], fallback: undefined, ending: undefined };
}

/**
 * Finds which of many literals a text contains, in one pass over the text, whatever their number (the algorithm of Aho and Corasick).
 *
 * @internal
 */
export class LiteralSearch<T> {
  private readonly root = newState<T>();

  /** Prepares a search for literals, each with its values. */
  constructor(literals: ReadonlyMap<string, readonly T[]>) {
    for (const [literal, values] of literals) {
      let state = this.root;
      for (let i = 0; i < literal.length; i += 1) state = computeIfAbsent(state.next, literal.charCodeAt(i), newState<T>);
      state.values.push(...values);
    }
    this.link();
  }

  /** The values of all literals that a text contains, each once. */
  public valuesIn(text: string): ReadonlySet<T> {
    const found = new Set<T>();
    let state = this.root;
    for (let i = 0; i < text.length; i += 1) {
      state = this.step(state, text.charCodeAt(i));
      for (let end: State<T> | undefined = state; end !== undefined; end = end.ending) end.values.forEach((value) => found.add(value));
    }
    return found;
  }

  private step(from: State<T>, code: number): State<T> {
    let state: State<T> | undefined = from;
    while (state !== undefined) {
      const next = state.next.get(code);
      if (next !== undefined) return next;
      state = state.fallback;
    }
    return this.root;
  }

  private link(): void {
    const queue: State<T>[] = [this.root];
    for (let i = 0; i < queue.length; i += 1) {
      const state = queue[i];
      for (const [code, next] of state.next) {
        next.fallback = state === this.root ? this.root : this.step(state.fallback!, code);
        next.ending = next.fallback.values.length > 0 ? next.fallback : next.fallback.ending;
        queue.push(next);
      }
    }
  }
}
