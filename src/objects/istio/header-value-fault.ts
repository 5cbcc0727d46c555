const CONTROL = /[\x00-\x08\x0a-\x1f\x7f]/;

/**
 * Why Istio does not accept the value of a header that is set; undefined if it does.
 *
 * @internal
 */
export function headerValueFault(value: string): string | undefined {
  if (CONTROL.test(value)) return 'has a line break or another control character';
  return new HeaderValue(value).isComplete() ? undefined : 'has a percent sign that begins no variable';
}

/** What is expected at a position of a value. */
type Expected = 'text' | 'name' | 'arguments' | 'quote' | 'string' | 'next argument' | 'end of arguments' | 'end of variable';

/** What follows when one of the characters is read; a space changes nothing at other places. */
const NEXT: { readonly [expected in Expected]: { readonly [character: string]: Expected } } = {
  'text': { '%': 'name' },
  'name': { '%': 'text', '(': 'arguments' },
  'arguments': { '[': 'quote' },
  'quote': { '"': 'string' },
  'string': { ')': 'end of variable', '"': 'next argument' },
  'next argument': { ',': 'quote', ']': 'end of arguments' },
  'end of arguments': { ')': 'end of variable' },
  'end of variable': { '%': 'text' },
};

/** What follows when any other character is read; undefined where only a space may be. */
const OTHER: { readonly [expected in Expected]?: Expected } = { text: 'text', name: 'name', arguments: 'string', string: 'string' };

/** A value with variables such as `%REQ(x-user)%`, as Envoy reads it. */
class HeaderValue {
  constructor(private readonly value: string) {}

  /** Whether each variable ends. */
  public isComplete(): boolean {
    let expected: Expected = 'text';
    for (let i = 0; i < this.value.length; i++) {
      const isEscape: boolean = (expected === 'text' && this.value.startsWith('%%', i)) || (expected === 'string' && this.value[i] === '\\');
      if (isEscape) {
        if (++i === this.value.length) return false;
        continue;
      }
      const next: Expected | undefined = this.after(expected, this.value[i]);
      if (next === undefined) return false;
      expected = next;
    }
    return expected === 'text';
  }

  private after(expected: Expected, character: string): Expected | undefined {
    const next = NEXT[expected][character];
    if (next !== undefined) return next;
    const isSkipped = character === ' ' && expected === 'arguments';
    return isSkipped ? expected : OTHER[expected] ?? (character === ' ' ? expected : undefined);
  }
}
