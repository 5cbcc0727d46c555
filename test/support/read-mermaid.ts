/**
 * Reads flowcharts with Mermaid's own parser: a JSON list of texts on standard input, and what it found as JSON on standard output. It is a program,
 * since Mermaid is an ES module, which jest does not load.
 */
import { readFileSync } from 'fs';
import { JSDOM, type Page } from 'jsdom';
import type { Edge, Flowchart } from './mermaid';

/** The part of Mermaid's flowcharts that is read. */
interface FlowDb {
  getVertices(): Map<string, { readonly id: string; readonly text?: string; readonly type?: string; readonly classes: readonly string[] }>;
  getEdges(): readonly { readonly start: string; readonly end: string; readonly text: string; readonly stroke: string }[];
  getSubGraphs(): readonly { readonly id: string; readonly title: string; readonly nodes: readonly string[] }[];
}

/** A part of a Markdown text. */
interface Token {
  readonly type: string;
  readonly tokens?: readonly { readonly type: string }[];
}

async function main(): Promise<void> {
  const { window } = new JSDOM('');
  // Mermaid removes unsafe HTML with a document.
  Object.assign(globalThis, { window, document: window.document });
  const { default: mermaid } = await import('mermaid');
  const { marked } = await import('marked');
  mermaid.initialize({});
  const texts = JSON.parse(readFileSync(0, 'utf8')) as string[];
  const shown = (text: string) => text.split('<br>').map((line) => lineOf(line, window.document, marked.lexer(line)));
  const read: Flowchart[] = [];
  for (const text of texts) {
    await mermaid.parse(text);
    // What follows reads no settings.
    const { db, type } = await mermaid.mermaidAPI.getDiagramFromText(text.replace(/^%%\{init.*\n/, ''));
    const flow = db as unknown as FlowDb;
    const groups = flow.getSubGraphs();
    read.push({
      type,
      boxes: Object.fromEntries([...flow.getVertices().values()].filter(({ id }) => groups.every((group) => group.id !== id))
        .map((vertex) => [vertex.id, { lines: shown(vertex.text ?? ''), shape: vertex.type ?? '', classes: vertex.classes }])),
      edges: flow.getEdges().map(({ start, end, text: label, stroke }): Edge => [start, end, shown(label).join('\n'), stroke]),
      groups: Object.fromEntries(groups.map(({ id, title, nodes }) => [id, { title: shown(title).join('\n'), boxes: [...nodes].sort() }])),
    });
  }
  process.stdout.write(JSON.stringify(read));
}

/** A line as a browser shows it. Mermaid formats labels as Markdown, decodes its entities, and inserts the result as HTML. */
function lineOf(line: string, document: Page, tokens: readonly Token[]): string {
  const kinds = tokens.flatMap((token) => [token.type, ...(token.tokens ?? []).map(({ type }) => type)]).filter((kind) => kind !== 'paragraph' && kind !== 'text');
  if (kinds.length > 0) throw new Error(`"${line}" is formatted: ${kinds.join(', ')}`);
  const element = document.createElement('span');
  element.innerHTML = line.replace(/ﬂ°°/g, '&#').replace(/ﬂ°/g, '&').replace(/¶ß/g, ';');
  if (element.children.length > 0) throw new Error(`"${line}" has elements`);
  return element.textContent ?? '';
}

void main();
