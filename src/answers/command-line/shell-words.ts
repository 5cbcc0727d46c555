import { InputError } from '../input/input-error';

/**
 * The words of the first command of a text, as a POSIX shell or bash reads them.
 *
 * @internal
 */
export interface ShellWords {
  /** The words, without their quotes. */
  readonly words: readonly string[];
  /** The operator that ends the command, such as `|`, if the text goes on. */
  readonly endedBy?: string;
}

const SIMPLE_ESCAPES: { readonly [letter: string]: string } = {
  'a': '\x07', 'b': '\b', 'e': '\x1b', 'E': '\x1b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '\\': '\\', '\'': '\'', '"': '"', '?': '?',
};
const ESCAPE = /\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|([\s\S]))/g;
/** Escaped in double quotes; before all other characters, a backslash stands for itself. */
const ESCAPED_IN_QUOTES = '$`"\\\n';

/**
 * Divides a text into words: quotes, backslashes, `$'…'` and continued lines are those of a shell.
 *
 * @throws InputError if a quote is not closed, or the value of a word is known only to the shell.
 * @internal
 */
export function shellWords(text: string): ShellWords {
  return new Reader(text.replace(/\r\n/g, '\n').trim()).read();
}

class Reader {
  private readonly words: string[] = [];
  /** The word that is read; undefined between words. */
  private word: string | undefined;
  private next = 0;

  constructor(private readonly text: string) {}

  public read(): ShellWords {
    while (this.next < this.text.length) {
      const operator = this.step();
      if (operator !== undefined) return { words: this.finished(), endedBy: operator };
    }
    return { words: this.finished() };
  }

  private finished(): readonly string[] {
    this.endWord();
    return this.words;
  }

  private endWord(): void {
    if (this.word !== undefined) this.words.push(this.word);
    this.word = undefined;
  }

  private add(text: string): void {
    this.word = (this.word ?? '') + text;
  }

  /** Reads the next character or quoted part. Returns the operator that ends the command. */
  private step(): string | undefined {
    const { text, next } = this;
    const character = text[next];
    if (character === '#' && this.word === undefined) {
      this.next = endOf(text, '\n', next);
    } else if (character === '\\') {
      // A continued line, or a literal character.
      if (text[next + 1] !== '\n' && next + 1 < text.length) this.add(text[next + 1]);
      this.next += 2;
    } else if (character === '\'') {
      this.add(text.slice(next + 1, this.closing('\'', next + 1)));
      this.next = this.closing('\'', next + 1) + 1;
    } else if (character === '"') {
      this.quoted(next + 1);
    } else if (character === '$') {
      this.dollar();
    } else if (character === '`') {
      throw unknownValue(text.slice(next, endOf(text, '`', next + 1) + 1));
    } else if (character === ' ' || character === '\t') {
      this.endWord();
      this.next += 1;
    } else if ('|&;<>()\n'.includes(character)) {
      return character === '\n' ? 'the end of the line' : character;
    } else {
      this.add(character);
      this.next += 1;
    }
    return undefined;
  }

  private quoted(start: number): void {
    this.add('');
    let i = start;
    for (; this.text[i] !== '"'; i++) {
      const character = this.text[i];
      if (character === undefined) throw unclosed('"', this.text.slice(start - 1));
      if (character === '`' || (character === '$' && /[\w{(]/.test(this.text[i + 1] ?? ''))) throw unknownValue(expansionAt(this.text, i));
      if (character !== '\\' || !ESCAPED_IN_QUOTES.includes(this.text[i + 1] ?? '')) {
        this.add(character);
        continue;
      }
      i += 1;
      if (this.text[i] !== '\n') this.add(this.text[i]);
    }
    this.next = i + 1;
  }

  private dollar(): void {
    const { text, next } = this;
    const following = text[next + 1] ?? '';
    if (following === '\'') {
      const end = this.closingEscaped(next + 2);
      this.add(unescaped(text.slice(next + 2, end)));
      this.next = end + 1;
    } else if (/[\w{(]/.test(following)) {
      throw unknownValue(expansionAt(text, next));
    } else {
      // A `$` alone is a character, and before a double quote it asks for a translation, of which there is none.
      if (following !== '"') this.add('$');
      this.next += 1;
    }
  }

  private closing(quote: string, start: number): number {
    const end = this.text.indexOf(quote, start);
    if (end < 0) throw unclosed(quote, this.text.slice(start - 1));
    return end;
  }

  private closingEscaped(start: number): number {
    for (let i = start; i < this.text.length; i++) {
      if (this.text[i] === '\'') return i;
      if (this.text[i] === '\\') i += 1;
    }
    throw unclosed('\'', this.text.slice(start - 2));
  }
}

function endOf(text: string, mark: string, start: number): number {
  const end = text.indexOf(mark, start);
  return end < 0 ? text.length : end;
}

function expansionAt(text: string, start: number): string {
  return /^(?:\$\w+|\$\{[^}]*\}?|\$\([^)]*\)?|`[^`]*`?)/.exec(text.slice(start))![0];
}

function unescaped(text: string): string {
  return text.replace(ESCAPE, (whole: string, ...[hex, short, long, octal, letter]: (string | undefined)[]) => {
    const code = hex ?? short ?? long;
    if (code !== undefined) return String.fromCodePoint(Math.min(parseInt(code, 16), 0x10ffff));
    if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) % 256);
    return SIMPLE_ESCAPES[letter!] ?? whole;
  });
}

function unknownValue(expansion: string): InputError {
  return new InputError(`the command line contains ${expansion}, whose value only the shell knows`, 'replace it by the value');
}

function unclosed(quote: string, rest: string): InputError {
  return new InputError(`the quote ${quote} before "${rest.slice(1, 21)}" is not closed`, 'add the closing quote');
}
