import { LazyAutomaton } from './lazy-automaton';
import { Expression } from '../../plan/expressions/re2';

/** So many automata are remembered. */
const MAX_KNOWN = 20_000;

const known = new Map<string, LazyAutomaton>();

/**
 * The automaton of an expression. It is kept, so that its states are made once.
 *
 * @internal
 */
export function lazyAutomaton(expression: string): LazyAutomaton {
  const found = known.get(expression);
  if (found !== undefined) return found;
  if (known.size === MAX_KNOWN) known.clear();
  const automaton = new LazyAutomaton(Expression.of(expression).automaton);
  known.set(expression, automaton);
  return automaton;
}
