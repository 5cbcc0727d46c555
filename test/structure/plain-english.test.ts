import { readdirSync, readFileSync, statSync } from 'fs';
import { join } from 'path';
import { findPhrases, PHRASES } from '../support/plain-english';

const ROOT = join(__dirname, '../..');
const TEXTS = ['src', 'docs', 'examples', 'test', 'bench/README.md', 'examples-languages', 'README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];

/** The phrases themselves, and this test of them. */
const QUOTES = ['test/support/plain-english.ts', 'test/structure/plain-english.test.ts'];

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

test('a phrase is found in strings that are joined by +', () => {
  const text = ["const A = 'it is told '", "  + 'apart'", "  + 'by nobody';", 'const B = `told ` + `apart`;', "const C = ['told', 'apart'];"].join('\n');
  expect(findPhrases('a.ts', text, [['nobody', '"no one"'], ['told apart', '"identified by"']])).toEqual([
    'a.ts:3: "nobody": write "no one"',
    'a.ts:1: "told apart": write "identified by"',
    'a.ts:4: "told apart": write "identified by"',
  ]);
});

test('each phrase of the list is found', () => {
  const text = [
    'amid', 'Anew', 'as it likes', 'at most of', 'beside', 'callers who stay', 'captured', 'doors', 'lives elsewhere', 'a fence', 'the first that fits',
    'hands on', 'heeds', 'in place of', 'in vain', 'is none', 'lets no one', 'what it needs to know', 'nobody', 'parked', 'passed by', 'puts together',
    'nobody says', 'a slip', 'taken away', 'takes it for', 'take turns', 'the fewest', 'the way back', 'told apart', 'what a `Gateway` takes', 'what is meant',
    'who calls', 'whoever', 'without a word',
  ].join('.\n');
  expect(PHRASES.filter((phrase) => findPhrases('a.ts', text, [phrase]).length === 0)).toEqual([]);
});

test.each(['captureMode', 'there is none', 'a backend without REST has no say in it', 'besides', 'takes over'])('%j is not such a phrase', (text) => {
  expect(findPhrases('a.ts', text)).toEqual([]);
});

test('all texts are in plain English', () => {
  const files = TEXTS.flatMap(filesIn).filter((file) => !QUOTES.includes(file));
  expect(files.length).toBeGreaterThan(400);
  expect(files.flatMap((file) => findPhrases(file, readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
});
