import { Assembly, Docs, LibraryType, Member, TypeReference } from './assembly';

/** Links from a page in a folder of the site to the pages of types. */
export class TypeLinks {
  private readonly constructs: ReadonlySet<string>;

  /** Creates links. */
  constructor(private readonly assembly: Assembly) {
    this.constructs = new Set(assembly.constructs.map(({ name }) => name));
  }

  /** The page of a type, from the folder of another page. */
  public pathOf({ name }: LibraryType): string {
    return `../${this.constructs.has(name) ? 'constructs' : 'api'}/${name}.md`;
  }

  /** A type in Markdown. */
  public show({ fqn, primitive, collection, union }: TypeReference): string {
    if (collection !== undefined) return `${this.show(collection.elementtype)}${collection.kind === 'array' ? '[ ]' : ' by name'}`;
    if (union !== undefined) return union.types.map((each) => this.show(each)).join(' or ');
    const type = this.assembly.find(fqn);
    return type === undefined ? `\`${fqn ?? primitive ?? 'any'}\`` : `[${type.name}](${this.pathOf(type)})`;
  }
}

/** What a type is for: its docstring. */
export function introduction({ docs = {} }: { readonly docs?: Docs }): string {
  const { summary, remarks, see } = docs;
  return [summary, remarks, see === undefined ? undefined : `See ${see}`].flatMap((part) => (part === undefined ? [] : [prose(part)])).join('\n\n');
}

/** A docstring in which angle brackets and braces outside code are text. */
function prose(text: string): string {
  return text.split(/(`[^`]*`)/).map((part, i) => (i % 2 === 1 ? part : part.replace(/</g, '&lt;').replace(/\{\{/g, '{&#123;'))).join('');
}

/** A table of properties with their defaults. */
export function propertiesTable(properties: readonly Member[], links: TypeLinks): string {
  if (properties.length === 0) return 'None.\n';
  const required = (optional: boolean) => properties.filter((each) => (each.optional ?? false) === optional);
  const rows = [...required(false), ...required(true)].map(({ name, type, optional, docs = {} }) => [
    `\`${name}\``, type === undefined ? '' : links.show(type), optional === true ? cell(docs.default ?? '') : '**required**', cell(introduction({ docs })),
  ]);
  return table(['Property', 'Type', 'Default', 'What it is for'], rows);
}

/** Methods with their parameters and what they throw. */
export function methodsList(methods: readonly Member[], links: TypeLinks): string {
  return methods.map(({ name, parameters = [], returns, docs = {}, static: isStatic }) => {
    const given = parameters.map((each) => `${each.name}${each.optional === true ? '?' : ''}`).join(', ');
    const lines = [
      introduction({ docs }),
      ...parameters.map((each) => `- \`${each.name}\`: ${each.type === undefined ? '' : links.show(each.type)}. ${oneLine(each.docs?.summary ?? '')}`),
      ...returns === undefined ? [] : [`- returns ${links.show(returns.type)}. ${oneLine(docs.returns ?? '')}`],
      ...docs.custom?.throws === undefined ? [] : [`- throws ${oneLine(docs.custom.throws)}`],
    ];
    return `### ${name}(${given})${isStatic === true ? ' (static)' : ''}\n\n${lines[0]}\n\n${lines.slice(1).map((line) => `${line}\n`).join('')}`;
  }).join('\n');
}

/** The page of a type that is no construct. */
export function typePage(type: LibraryType, assembly: Assembly, links: TypeLinks): string {
  const properties = assembly.inherited(type, (each) => each.properties);
  const methods = assembly.inherited(type, (each) => each.methods);
  return [
    `# ${type.name}\n\n${introduction(type)}\n`,
    ...type.members === undefined ? [] : [table(['Member', 'What it is for'], type.members.map(({ name, docs = {} }) => [`\`${name}\``, cell(introduction({ docs }))]))],
    ...properties.length === 0 ? [] : [`## Properties\n\n${propertiesTable(properties, links)}`],
    ...type.initializer === undefined ? [] : [constructorSection(type, links)],
    ...methods.length === 0 ? [] : [`## Methods\n\n${methodsList(methods, links)}`],
  ].join('\n');
}

function constructorSection({ initializer, name }: LibraryType, links: TypeLinks): string {
  const { parameters = [], docs } = initializer!;
  return `## Constructor\n\n${methodsList([{ name: `new ${name}`, parameters, docs }], links)}`;
}

/** A table in Markdown. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headings, headings.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** A text as a cell of a table. */
export function cell(text: string): string {
  return oneLine(text).replace(/(?<!\\)\|/g, '\\|');
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}
