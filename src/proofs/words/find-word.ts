import { lazyAutomaton } from './automata';
import { Domain } from './domain';
import { LazyAutomaton, Place } from './lazy-automaton';
import { passes, Test } from './string-test';
import { exampleText } from '../../answers/endpoints/example-text';
import { bytesOf } from '../../plan/expressions/re2';
import { Work } from '../../plan/expressions/work';

/**
 * A string that satisfies some tests and not others: the string, `none` if there is none, or `limit` if that was not found out.
 *
 * @internal
 */
export type Found = { readonly word: string } | 'none' | 'limit';

const MIDDLES = ['', 'x', 'a', '1', '-x', 'other', 'zz'];

/**
 * Finds a string of a domain.
 *
 * @param yes The tests that it satisfies.
 * @param no The tests that it does not satisfy.
 * @internal
 */
export function findWord(yes: readonly Test[], no: readonly Test[], domain: Domain, work: Work): Found {
  const isFine = (text: string) => domain.accepts(text) && yes.every((test) => passes(test, text)) && !no.some((test) => passes(test, text));
  const exact = yes.find(({ kind }) => kind === 'exact');
  if (exact !== undefined) return isFine(exact.value) ? { word: exact.value } : 'none';
  if (no.some(({ kind, key }) => kind === 'present' || yes.some((test) => test.key === key))) return 'none';
  const word = [...domain.likely, ...domain.isClosed ? [] : candidates(yes)].find(isFine);
  if (word !== undefined) return { word };
  if (domain.isClosed) return 'none';
  const { within } = domain;
  if (within === undefined) return search(yes, no, domain, work);
  const found = search([...yes, ...within.yes], [...no, ...within.no], domain, work);
  return found === 'none' && !within.isExact ? 'limit' : found;
}

function candidates(yes: readonly Test[]): readonly string[] {
  const longest = (kind: Test['kind']) => yes.filter((test) => test.kind === kind)
    .reduce((best, { value }) => (value.length > best.length ? value : best), '');
  const [start, end] = [longest('prefix'), longest('suffix')];
  const examples = yes.filter(({ kind }) => kind === 'regex').flatMap(({ value }) => exampleText(value) ?? []);
  return [...examples, ...MIDDLES.map((middle) => start + middle + end)];
}

/** A state of the search: one of each automaton, for the tests that may still matter. */
interface Node {
  readonly yes: readonly Place[];
  readonly no: readonly (Place | undefined)[];
  readonly text: string;
}

/** Breadth first over the product of the automata. */
function search(yes: readonly Test[], no: readonly Test[], domain: Domain, work: Work): Found {
  const [wanted, unwanted] = [yes.filter(({ kind }) => kind !== 'present').map(automatonOf), no.map(automatonOf)];
  const bytes = representatives([...wanted, ...unwanted], domain);
  const first: Node = { yes: wanted.map(({ start }) => start), no: unwanted.map(({ start }) => start), text: '' };
  const seen = new Set<string>([keyOf(first)]);
  const queue = [first];
  let isCertain = true;
  for (const node of queue) {
    if (node.yes.every(({ accepts }) => accepts) && !node.no.some((place) => place?.accepts === true)) {
      const word = textOf(node.text);
      if (word !== undefined && domain.accepts(word)) return { word };
      // Another string with the same states may be UTF-8.
      if (word === undefined) isCertain = false;
    }
    for (const byte of bytes) {
      if (node.text === '' && domain.within === undefined && !domain.accepts(`${String.fromCharCode(byte)}x`)) continue;
      if (!work.spend(1 + wanted.length + unwanted.length)) return 'limit';
      const next: Node = {
        yes: node.yes.map((place, i) => wanted[i].next(place, byte)),
        no: node.no.map((place, i) => (place === undefined ? undefined : living(unwanted[i].next(place, byte)))),
        text: node.text + String.fromCharCode(byte),
      };
      const isExcluded = next.no.some((place, i) => place?.accepts === true && unwanted[i].isOpen(place));
      if (isExcluded || next.yes.some(({ isDead }) => isDead)) continue;
      const key = keyOf(next);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
  }
  return isCertain ? 'none' : 'limit';
}

function living(place: Place): Place | undefined {
  return place.isDead ? undefined : place;
}

/** Strings that end with a space cannot be sent, so that they have states of their own. */
function keyOf({ yes, no, text }: Node): string {
  return `${yes.map(({ id }) => id).join(' ')}|${no.map((place) => place?.id ?? '').join(' ')}|${/[ \t]$/.test(text)}`;
}

/** One byte of each class that no automaton tells apart. */
function representatives(automata: readonly LazyAutomaton[], { bytes }: Domain): readonly number[] {
  const found = new Map<string, number>();
  for (const byte of bytes) {
    const isSpace = byte === 32 || byte === 9;
    const key = `${isSpace} ${byte > 127} ${automata.map(({ classes }) => classes[byte]).join(' ')}`;
    if (!found.has(key)) found.set(key, byte);
  }
  return [...found.values()];
}

/** The string with some bytes; undefined if they are not UTF-8. */
function textOf(bytes: string): string | undefined {
  if (/^[\x00-\x7f]*$/.test(bytes)) return bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

function automatonOf({ kind, value }: Test): LazyAutomaton {
  return lazyAutomaton(kind === 'regex' ? value : expressionFor(kind, value));
}

function expressionFor(kind: Test['kind'], value: string): string {
  const literal = bytesOf(value).replace(/[^\w]/g, (char) => (char.charCodeAt(0) < 128 ? `\\${char}` : `\\x${char.charCodeAt(0).toString(16)}`));
  switch (kind) {
    case 'exact': return literal;
    case 'prefix': return `${literal}(?s:.*)`;
    case 'suffix': return `(?s:.*)${literal}`;
    // Addresses have a closed domain, which is not searched.
    default: return '(?s:.*)';
  }
}
