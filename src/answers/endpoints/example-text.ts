import { Automaton } from '../../plan/expressions/automaton';
import { Expression } from '../../plan/expressions/re2';

/** Characters of paths and headers, the plainest first. */
const CHARACTERS = [...'xa0A-_/.', ...Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)), ' '];

/** Longer examples are not searched for. */
const MAX_LENGTH = 200;

/** States that are visited; repeated groups can have very many. */
const MAX_STATES = 100_000;

/**
 * A short text that a regular expression matches as a whole.
 *
 * @returns undefined if none is found.
 * @internal
 */
export function exampleText(source: string): string | undefined {
  const expression = Expression.of(source);
  const text = shortestText(expression.automaton);
  // Conditions on the position, such as word boundaries, are not followed.
  return text !== undefined && expression.matches(text) ? text : undefined;
}

/** Breadth first, so that the first end that is reached is a nearest one. */
function shortestText({ start, states }: Automaton): string | undefined {
  let level = new Map([[start, '']]);
  const seen = new Set<number>();
  for (let length = 0; length <= MAX_LENGTH && level.size > 0; length++) {
    const next = new Map<number, string>();
    const stack = [...level].reverse();
    while (stack.length > 0) {
      const [at, text] = stack.pop()!;
      if (seen.has(at)) continue;
      seen.add(at);
      if (seen.size > MAX_STATES) return undefined;
      const state = states[at];
      switch (state.kind) {
        case 'match': return text;
        case 'fork': stack.push([state.or, text], [state.to, text]); break;
        case 'condition':
        case 'group': stack.push([state.to, text]); break;
        case 'read': {
          const character = CHARACTERS.find((each) => state.bytes / 2n ** BigInt(each.charCodeAt(0)) % 2n === 1n);
          if (character !== undefined && !next.has(state.to)) next.set(state.to, text + character);
          break;
        }
        case 'fail': break;
      }
    }
    level = next;
  }
  return undefined;
}
