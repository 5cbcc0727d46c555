import type { RE2JS } from 're2js';
import { Automaton, automatonOf, programSize } from './automaton';
import { matchesAllAfter } from './inclusion';
import { plainTest } from './plain-expression';
import { hasConditions, StateSet, StateSets } from './state-sets';
import { Work } from './work';

/** How many compiled expressions are cached. Most apps have fewer. */
const CACHE_SIZE = 1000;

const compiled = new Map<string, Expression>();

/**
 * A regular expression as Envoy evaluates it: RE2 reads the bytes of a value, in linear time.
 *
 * @internal
 */
export class Expression {
  /**
   * Compiles an expression. The engine is loaded here, so that apps without expressions do not load it.
   *
   * @throws a SyntaxError with the reason if RE2 rejects the expression.
   */
  public static of(source: string): Expression {
    const known = compiled.get(source);
    if (known !== undefined) return known;
    if (compiled.size === CACHE_SIZE) compiled.clear();
    const expression = new Expression(compile(bytesOf(source)), plainTest(source));
    compiled.set(source, expression);
    return expression;
  }

  private readonly re2: RE2JS;
  private states?: Automaton;
  private size?: number;
  private sets?: StateSets;
  private readonly openEnds = new Map<StateSet, boolean | undefined>();

  private constructor(re2: RE2JS, private readonly plain: RegExp | undefined) {
    this.re2 = re2;
  }

  /** The states of the engine. */
  public get automaton(): Automaton {
    return this.states ??= automatonOf(this.re2.re2().prog);
  }

  /** The number of instructions to which Envoy's engine compiles it, accurate to a third. */
  public get programSize(): number {
    return this.size ??= programSize(this.automaton);
  }

  /** Whether there is a match that begins with a value; undefined if the limit of work is reached, or with conditions such as the border of a word. */
  public matchesSomeAfter(value: string, work: Work): boolean | undefined {
    const states = this.statesAfter(value, work);
    return states === undefined ? undefined : states.numbers.length > 0;
  }

  /** Whether everything that begins with a value is a match; undefined under the same conditions. */
  public matchesAllAfter(value: string, work: Work): boolean | undefined {
    const states = this.statesAfter(value, work);
    if (states === undefined) return undefined;
    const known = this.openEnds.get(states);
    if (known !== undefined) return known;
    const result = matchesAllAfter(states, this.automaton, work);
    this.openEnds.set(states, result);
    return result;
  }


  public matches(value: string): boolean {
    const bytes = bytesOf(value);
    return this.plain === undefined ? this.re2.testExact(bytes) : this.plain.test(bytes);
  }

  private statesAfter(value: string, work: Work): StateSet | undefined {
    if (hasConditions(this.automaton)) return undefined;
    return (this.sets ??= new StateSets(this.automaton)).after(bytesOf(value), work);
  }
}

/**
 * Checks that Istio accepts an expression. Istio compiles it for characters, and Envoy for bytes.
 *
 * @internal
 * @throws a SyntaxError with the reason if it does not.
 */
export function checkAsIstio(source: string): void {
  compile(source);
}

/**
 * The UTF-8 bytes of a string, each as one character.
 *
 * @internal
 */
export function bytesOf(text: string): string {
  return /^[\x00-\x7f]*$/.test(text) ? text : Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

function compile(source: string): RE2JS {
  const { RE2JS: Engine, RE2JSException } = require('re2js') as typeof import('re2js');
  try {
    return Engine.compile(source);
  } catch (e) {
    if (!(e instanceof RE2JSException)) throw e;
    throw new SyntaxError(e.message.replace(/^error parsing regexp: /, ''));
  }
}
