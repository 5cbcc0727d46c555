import { Assembly, LibraryType } from './assembly';
import { Translations } from './languages';
import { introduction, methodsList, propertiesTable, TypeLinks } from './type-page';
import { Traffic } from '../../src';
import { Rule } from '../../src/rules/rule';

/** The minimal use of a construct. */
export interface MinimalUse {
  /** The program in each language. */
  readonly programs: Translations;
  /** The YAML that it writes. */
  readonly yaml: string;
}

/** The page of a construct. */
export function constructPage(type: LibraryType, use: MinimalUse, assembly: Assembly, links: TypeLinks, rules: readonly Rule[]): string {
  const props = assembly.find(type.initializer?.parameters?.[2]?.type?.fqn);
  const methods = assembly.inherited(type, (each) => each.methods).filter(({ name }) => name !== 'toString');
  const errors = [type.initializer?.docs?.custom?.throws, ...methods.map(({ docs }) => docs?.custom?.throws)][0];
  return [
    `# ${type.name}\n\n${introduction(type)}\n`,
    `## Minimal use\n\n${codeGroup(use.programs)}\nThe tests run TypeScript and Python, and compile Java. Go and C# are translated from TypeScript and not compiled; Go needs the package before the names of structs.\n`,
    `## What it writes\n\n\`\`\`yaml\n${use.yaml}\`\`\`\n`,
    ...routeSection(use.yaml),
    `## Properties\n\n${props === undefined ? 'None.\n' : `${propertiesTable(assembly.inherited(props, (each) => each.properties), links)}`}`,
    ...errors === undefined ? [] : [`## Errors\n\nThe constructor throws ${errors}\n`],
    ...methods.length === 0 ? [] : [`## Methods\n\n${methodsList(methods, links)}`],
    ...rulesSection(type, rules),
  ].join('\n');
}

/** Programs for code hosts: TypeScript, and the other languages to unfold. The site shows them [as tabs](./tabs.ts). */
export function codeGroup(programs: Translations): string {
  const [first, ...others] = programs.map(({ fence, title, code }) => ({ title, block: `\`\`\`${fence}\n${code.trimEnd()}\n\`\`\`\n` }));
  return [first.block, ...others.map(({ title, block }) => `<details><summary>${title}</summary>\n\n${block}\n</details>\n`)].join('\n');
}

/** The kinds that have routes. */
const ROUTED = /^kind: (?:Gateway|VirtualService|ServiceEntry|SeldonDeployment)$/m;

function routeSection(yaml: string): readonly string[] {
  if (!ROUTED.test(yaml)) return [];
  const diagram = Traffic.fromManifests(yaml).diagram();
  return diagram.includes('There are no routes') ? [] : [`## Route\n\n\`\`\`mermaid\n${diagram}\`\`\`\n`];
}

function rulesSection({ name }: LibraryType, rules: readonly Rule[]): readonly string[] {
  const mention = new RegExp(`\\b${name}s?\\b`);
  const related = rules.filter(({ title, page }) => mention.test(title) || mention.test(page.explanation));
  if (related.length === 0) return [];
  return [`## Related rules\n\n${related.map(({ id, title }) => `- [${id}](../rules.md#${id}): ${title}\n`).join('')}`];
}
