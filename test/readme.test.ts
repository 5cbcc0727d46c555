import { readFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { yamlOf } from '../scripts/site/program';

const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');

function block(language: string): string {
  return new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(readme)![1];
}

test('the first example writes the YAML below it', () => {
  const documents = (yaml: string) => parseAllDocuments(yaml).map((document) => document.toJSON());
  const [written, shown] = [documents(yamlOf(block('ts nofixture'))), documents(block('yaml'))];

  expect(shown.length).toBeGreaterThan(0);
  for (const manifest of shown) expect(written).toContainEqual(manifest);
});

test('its commands are scripts of the package', () => {
  const { scripts } = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8'));
  const named = [...readme.matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name);

  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
