/** An element of an XML document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: XmlElement[];
  text: string;
}

const CHARACTER = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

const ENTITIES: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads an XML document that has elements, attributes and text only.
 *
 * @throws if it is not well-formed.
 */
export function parseXml(document: string): XmlElement {
  if (!CHARACTER.test(document)) throw new Error('a character that XML does not allow');
  const start = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(document);
  if (start === null) throw new Error('no XML declaration');
  const root: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const token = /<(\/?)([\w-]+)((?: [\w-]+="[^"<]*")*)(\/?)>|[^<]+/gy;
  for (token.lastIndex = start[0].length; token.lastIndex < document.length;) {
    const at = token.lastIndex;
    const found = token.exec(document);
    if (found === null) throw new Error(`not well-formed at ${document.slice(at, at + 40)}`);
    const [text, end, name, attributes, empty] = found;
    const current = open[open.length - 1];
    if (name === undefined) {
      if (text.includes(']]>')) throw new Error('"]]>" in text');
      current.text += decoded(text);
    } else if (end === '/') {
      if (current.name !== name) throw new Error(`</${name}> ends ${current.name}`);
      open.pop();
    } else {
      const element = { name, attributes: attributesOf(attributes), children: [], text: '' };
      current.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  if (open.length !== 1 || root.children.length !== 1 || root.text.trim() !== '') throw new Error('not one root element');
  return root.children[0];
}

function attributesOf(text: string): { readonly [name: string]: string } {
  return Object.fromEntries([...text.matchAll(/ ([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, decoded(value)]));
}

function decoded(text: string): string {
  return text.replace(/&([^;]*;)?/g, (entity) => {
    const character = ENTITIES[entity.slice(1, -1)];
    if (character === undefined) throw new Error(`entity ${entity}`);
    return character;
  });
}
