import { existsSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import { EQUIVALENTS } from './equivalents';
import { Mutant, percentage, score } from './score';

const mutant = (status: string, more: Partial<Mutant> = {}): Mutant => ({
  file: 'src/rules/glob.ts', line: 3, mutator: 'ConditionalExpression', code: 'a && b', replacement: 'true', status, ...more,
});
const equivalent = { file: 'src/rules/glob.ts', code: 'a && b', replacement: 'true', reason: 'b is always true here' };

test('mutants that no test notices count against the score, and those left out do not', () => {
  const survived = mutant('Survived');
  const uncovered = mutant('NoCoverage', { line: 9 });
  const result = score([mutant('Killed'), mutant('Killed'), mutant('Timeout'), survived, uncovered, mutant('Ignored'), mutant('RuntimeError')], []);
  expect(result).toEqual({ killed: 2, timeouts: 1, alive: [survived, uncovered], equivalent: 0, stale: [] });
  expect(percentage(result)).toBe(60);
});

test('a folder without mutants is complete', () => {
  expect(percentage(score([], []))).toBe(100);
});

test('equivalent mutants are left out', () => {
  const result = score([mutant('Killed'), mutant('Survived')], [equivalent]);
  expect(result).toEqual({ killed: 1, timeouts: 0, alive: [], equivalent: 1, stale: [] });
});

test.each([
  ['another file', { file: 'src/rules/run.ts' }],
  ['other code', { code: 'a || b' }],
  ['another replacement', { replacement: 'false' }],
])('a mutant with %s is not the equivalent one', (_, more) => {
  expect(score([mutant('Survived', more)], [equivalent]).alive).toHaveLength(1);
});

test('an entry that nothing needs is stale, but only when its file was mutated', () => {
  expect(score([mutant('Killed')], [equivalent]).stale).toEqual([equivalent]);
  expect(score([mutant('Killed', { file: 'src/rules/run.ts' })], [equivalent]).stale).toEqual([]);
});

const root = resolve(__dirname, '../..');

test('the code of the listed mutants is still there, and each has a reason', () => {
  const gone = EQUIVALENTS.filter(({ file, code }) => !existsSync(join(root, file)) || !readFileSync(join(root, file), 'utf8').includes(code));
  expect(gone).toEqual([]);
  expect(EQUIVALENTS.filter(({ reason }) => reason.length < 15 || reason.endsWith('.'))).toEqual([]);
});
