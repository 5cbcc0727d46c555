import { lazyAutomaton } from '../words/automata';
import { LazyAutomaton, Place } from '../words/lazy-automaton';
import { Test } from '../words/string-test';

/**
 * An expression that paths with a beginning may match.
 *
 * @internal
 */
export interface LivingExpression {
  /** The expression. */
  readonly test: Test;
  /** Its automaton. */
  readonly automaton: LazyAutomaton;
  /** The state of the automaton after the beginning. */
  readonly place: Place;
}

/** What is known of a beginning. */
interface Beginning {
  readonly living: readonly LivingExpression[];
  readonly next: Map<number, Beginning>;
}

/**
 * The expressions that can still match after a beginning of a path. Beginnings are followed byte by byte and share what they have in common,
 * so that each expression is looked at only as long as it can match.
 *
 * @internal
 */
export class LivingExpressions {
  private ownStart?: Beginning;

  constructor(private readonly tests: readonly Test[]) {}

  /** The expressions that paths with a beginning may match. */
  public after(text: string): readonly LivingExpression[] {
    let at = this.start;
    for (let i = 0; i < text.length && at.living.length > 0; i += 1) at = nextOf(at, text.charCodeAt(i));
    return at.living;
  }

  /** The expressions that a path matches. */
  public matchedBy(path: string): readonly LivingExpression[] {
    return this.after(path).filter(({ place }) => place.accepts);
  }

  private get start(): Beginning {
    return this.ownStart ??= beginning(this.tests.map((test): LivingExpression => {
      const automaton = lazyAutomaton(test.value);
      return { test, automaton, place: automaton.start };
    }));
  }
}

function nextOf({ living, next }: Beginning, byte: number): Beginning {
  const known = next.get(byte);
  if (known !== undefined) return known;
  const after = beginning(living.map(({ test, automaton, place }): LivingExpression => ({ test, automaton, place: automaton.next(place, byte) })));
  next.set(byte, after);
  return after;
}

function beginning(all: readonly LivingExpression[]): Beginning {
  return { living: all.filter(({ place }) => !place.isDead), next: new Map() };
}
