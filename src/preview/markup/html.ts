import { Markup } from './markup';
import { printable } from '../../report/printable';

const EMPTY: ReadonlySet<string> = new Set(['input', 'meta']);

const ENTITIES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;' };

/**
 * An element as HTML.
 *
 * @internal
 */
export function htmlOf({ tag, attributes, children }: Markup): string {
  const written = Object.entries(attributes).map(([name, value]) => {
    if (value === undefined) return '';
    return value === true ? ` ${name}` : ` ${name}="${escaped(shownText(`${value}`))}"`;
  });
  const start = `<${tag}${written.join('')}>`;
  if (EMPTY.has(tag)) return start;
  return `${start}${children.map((child) => (typeof child === 'string' ? escaped(shownText(child)) : htmlOf(child))).join('')}</${tag}>`;
}

/**
 * A text in which each character can be seen, except for the ends of its lines.
 *
 * @internal
 */
export function shownText(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/**
 * Data as JSON that can be in an element of a page, whatever its texts are.
 *
 * @internal
 */
export function jsonInHtml(data: unknown): string {
  return JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
