import type { RE2JS } from 're2js';
import { Automaton, automatonOf, programSize } from './automaton';

/** How many expressions are kept compiled; most apps have fewer. */
const REMEMBERED = 1000;

const compiled = new Map<string, Expression>();

/**
 * A regular expression as Envoy reads it: RE2 works through the bytes of a value, in a time that is linear in their number.
 *
 * @internal
 */
export class Expression {
  /**
   * Compiles an expression. The engine is loaded here, so that apps without expressions do without it.
   *
   * @throws a SyntaxError with the reason when RE2 does not know the expression.
   */
  public static of(source: string): Expression {
    const known = compiled.get(source);
    if (known !== undefined) return known;
    if (compiled.size === REMEMBERED) compiled.clear();
    const expression = new Expression(compile(bytesOf(source)));
    compiled.set(source, expression);
    return expression;
  }

  private readonly re2: RE2JS;
  private states?: Automaton;
  private size?: number;

  private constructor(re2: RE2JS) {
    this.re2 = re2;
  }

  /** The states that the engine goes through. */
  public get automaton(): Automaton {
    return this.states ??= automatonOf(this.re2.re2().prog);
  }

  /** How many instructions Envoy's engine compiles it to, to within a third. */
  public get programSize(): number {
    return this.size ??= programSize(this.automaton);
  }

  /** Whether the whole of a value satisfies the expression. */
  public matches(value: string): boolean {
    return this.re2.testExact(bytesOf(value));
  }
}

/**
 * Checks that Istio accepts an expression. Istio reads it as characters, and Envoy as bytes.
 *
 * @internal
 * @throws a SyntaxError with the reason when it does not.
 */
export function checkAsIstio(source: string): void {
  compile(source);
}

/**
 * The UTF-8 bytes of a text, each as one character.
 *
 * @internal
 */
export function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
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
