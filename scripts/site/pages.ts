import { readdirSync } from 'fs';
import { join } from 'path';
import { Assembly } from './assembly';
import { codeGroup, constructPage } from './construct-page';
import { examplePage } from './example-page';
import { translated } from './languages';
import { yamlOf } from './program';
import { minimalPrograms } from './programs';
import { cell, table, TypeLinks, typePage } from './type-page';
import { Pages } from './written-pages';
import { RULES } from '../../src/rules/all';

/** Pages whose programs are shown in all languages. */
export function withLanguages(pages: Pages, root: string): Pages {
  const programs = new Map([...pages].flatMap(([path, text]) => [...text.matchAll(PROGRAM)].map(([, code], i) => [`${path.replace('.md', '')}-${i}`, code] as const)));
  const translations = [...translated(programs, root).values()];
  const byCode = new Map(translations.map((each) => [each[0].code, each]));
  return new Map([...pages].map(([path, text]) => [path, text.replace(PROGRAM, (_block, code: string) => codeGroup(byCode.get(code)!))]));
}

/** A program, and not a part of one. Code hosts show it in Python, too. */
const PROGRAM = /```ts\n(import \{ (?:App, )?Chart \}[^`]*app\.synth\(\);\n)```\n(?:\n<details><summary>Python<\/summary>\n\n```python\n[^`]*```\n\n<\/details>\n)?/g;

/** Pages of all types, and the list of constructs. */
export function referencePages(root: string): Pages {
  const assembly = Assembly.in(root);
  const links = new TypeLinks(assembly);
  const programs = translated(minimalPrograms(root), root);
  const constructs = new Set(assembly.constructs);
  const constructPages = assembly.constructs.map((type) => {
    const program = programs.get(type.name);
    if (program === undefined) throw new Error(`docs/constructs/${type.name}.ts does not exist. Add the minimal use of the construct`);
    return [`constructs/${type.name}.md`, constructPage(type, { programs: program, yaml: yamlOf(program[0].code) }, assembly, links, RULES)] as const;
  });
  const others = assembly.types.filter((type) => !constructs.has(type));
  return new Map([
    ...constructPages,
    ...others.map((type) => [`api/${type.name}.md`, typePage(type, assembly, links)] as const),
    ['constructs/index.md', `# Constructs\n\n${index(assembly.constructs, '')}\nAll other types are in the [API](../api/index.md).\n`],
    ['api/index.md', `# API\n\nConstructs have [their own pages](../constructs/index.md).\n\n${index(others, '')}`],
  ]);
}

function index(types: readonly { readonly name: string; readonly docs?: { readonly summary?: string } }[], folder: string): string {
  return table(['Name', 'What it is for'], types.map(({ name, docs }) => [`[${name}](${folder}${name}.md)`, cell(docs?.summary ?? '')]));
}

/** A page for each example. */
export function galleryPages(root: string): Pages {
  const names = readdirSync(join(root, 'examples'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
  const pages = names.map((name) => [`gallery/${name}.md`, examplePage(name, root)] as const);
  return new Map([...pages, ['gallery/index.md', `# Gallery\n\nEach example has its code, its tests, a diagram and a table of its routes, and its manifests.\n\n${
    names.map((name) => `- [${name}](${name}.md)\n`).join('')}`]]);
}

/** All pages for language models, as https://llmstxt.org describes it. */
export function llmsText(pages: Pages, title: string, summary: string): string {
  const lines = [...pages].filter(([path]) => !path.startsWith('api/') || path === 'api/index.md').map(([path, text]) => `- [${titleOf(text)}](${path})\n`);
  return `# ${title}\n\n> ${summary}\n\n## Pages\n\n${lines.join('')}`;
}

/** The heading of a page. */
export function titleOf(text: string): string {
  return /^# (.+)$/m.exec(text)?.[1].replace(/`/g, '') ?? '';
}
