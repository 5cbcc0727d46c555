import { printable } from './printable';

/**
 * Attributes of an element. Those that are undefined are left out.
 *
 * @internal
 */
export interface XmlAttributes {
  readonly [name: string]: string | number | undefined;
}

/**
 * An element as lines of XML.
 *
 * @param name Its name.
 * @param attributes Its attributes, with any text.
 * @param content Lines of XML inside it.
 * @internal
 */
export function element(name: string, attributes: XmlAttributes, content: readonly string[] = []): string[] {
  const start = `${name}${attributesOf(attributes)}`;
  return content.length === 0 ? [`<${start}/>`] : [`<${start}>`, ...content.map((line) => `  ${line}`), `</${name}>`];
}

/**
 * An element that holds lines of text.
 *
 * @internal
 */
export function textElement(name: string, attributes: XmlAttributes, lines: readonly string[]): string[] {
  return [`<${name}${attributesOf(attributes)}>${lines.map(escaped).join('\n')}</${name}>`];
}

function attributesOf(attributes: XmlAttributes): string {
  return Object.entries(attributes).filter(([, value]) => value !== undefined).map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join('');
}

const ENTITIES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** XML cannot hold control characters, not even as entities. */
function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
