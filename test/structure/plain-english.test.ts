import { readdirSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import { findPhrases } from '../support/plain-english';

const ROOT = join(__dirname, '../..');
const TEXTS = ['src', 'docs', 'examples', 'README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];

function filesIn(path: string): string[] {
  if (!statSync(join(ROOT, path)).isDirectory()) return [path];
  return readdirSync(join(ROOT, path), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|md)$/.test(file) && !/(^|\/)(dist|node_modules)\//.test(file))
    .map((file) => join(path, file)).sort();
}

test('a phrase is found in any case and across the lines of a comment, with its line', () => {
  const text = ['// Mode.', 'const captureMode = 1;', '/**', ' * Nobody: what is told', ' * apart.', ' */', '// told', '// apart'].join('\n');
  expect(findPhrases('a.ts', text, [['nobody', '"no one"'], ['told apart', '"identified by"'], ['captures?', '"overlap"']])).toEqual([
    'a.ts:4: "Nobody": write "no one"',
    'a.ts:4: "told apart": write "identified by"',
    'a.ts:7: "told apart": write "identified by"',
  ]);
});

test('all texts are in plain English', () => {
  const files = TEXTS.flatMap(filesIn);
  expect(files.length).toBeGreaterThan(200);
  expect(files.flatMap((file) => findPhrases(file, readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
});
