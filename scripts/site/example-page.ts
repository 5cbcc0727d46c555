import { existsSync, readdirSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import { manifestsIn } from './manifests';
import { Traffic } from '../../src';

const FENCES: { readonly [extension: string]: string } = { ts: 'ts', py: 'python', yaml: 'yaml', yml: 'yaml', patch: 'diff' };

/** The page of an example: its text, code, tests, routes and YAML. */
export function examplePage(name: string, root: string): string {
  const folder = join(root, 'examples', name);
  const readme = join(folder, 'README.md');
  const files = filesIn(folder).filter((file) => /\.(ts|py|ya?ml|patch)$/.test(file) && file !== 'cdk8s.yaml');
  return [
    existsSync(readme) ? linksOfGallery(readFileSync(readme, 'utf8')) : `# ${name}\n`,
    `## Files\n\n${files.map((file) => block(file, readFileSync(join(folder, file), 'utf8'))).join('\n')}`,
    ...manifestsIn(join(root, 'dist', name)).map(({ title, yaml }) => {
      const traffic = Traffic.fromManifests(yaml);
      const heading = title === '' ? '' : ` of ${title}`;
      return `## Routes${heading}\n\n\`\`\`mermaid\n${traffic.diagram()}\`\`\`\n\n\`\`\`\n${traffic.table()}\`\`\`\n\n## Manifests${heading}\n\n\`\`\`yaml\n${yaml}\`\`\`\n`;
    }),
  ].join('\n');
}

function block(file: string, text: string): string {
  const fence = FENCES[file.split('.').pop()!];
  return `\`${file}\`\n\n\`\`\`${fence}\n${text.trimEnd()}\n\`\`\`\n`;
}

function filesIn(folder: string, prefix: string = ''): readonly string[] {
  return readdirSync(folder).filter((name) => name !== 'dist').sort().flatMap((name) => (
    statSync(join(folder, name)).isDirectory() ? filesIn(join(folder, name), `${prefix}${name}/`) : [`${prefix}${name}`]));
}

/** Links between pages and examples lead to their pages. Files of the example are on the page itself. */
export function linksOfGallery(text: string): string {
  return text
    .replace(/\]\(\.\.\/\.\.\/docs\/([\w-]+\.md(?:#[^)]*)?)\)/g, '](./../$1)')
    .replace(/\]\(\.\.\/([\w-]+)\/?\)/g, '](./$1.md)')
    .replace(/\[([^\]]+)\]\((?!https?:|#|\.\/)[^)]*\)/g, '$1');
}
