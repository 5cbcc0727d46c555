import { execFileSync } from 'child_process';
import { join, resolve } from 'path';
import type { TestOutcome } from './test-file';

type Printed = { readonly [run in 'first' | 'second' | 'named' | 'bailed']: readonly TestOutcome[] } & { readonly events: readonly string[] };

/** In a process of its own, since the tests of this file run with the same parts of Jest. */
const printed = JSON.parse(execFileSync(
  process.execPath, ['--import', 'tsx', join(__dirname, 'fixtures/run.ts')], { cwd: resolve(__dirname, '../../..'), encoding: 'utf8' },
)) as Printed;

const outcomes = (tests: readonly TestOutcome[]) => tests.map(({ name, failure }) => [name, failure === undefined]);

test('each run of a file starts with fresh modules', () => {
  expect(outcomes(printed.first)).toEqual([
    ['counts', true],
    ['a group counts to 2', true],
    ['a group counts to 3', true],
    ['a group fails', false],
    ['a group fails without a snapshot', false],
    ['has hooks and spies', true],
  ]);
  expect(outcomes(printed.second)).toEqual(outcomes(printed.first));
});

test('only the tests with the given names run', () => {
  expect(outcomes(printed.named)).toEqual([['counts', true], ['a group counts to 3', false]]);
  expect(printed.events).toEqual(['counts', 'end', 'a group counts to 3', 'end']);
});

test('a failure ends the file where that is wanted', () => {
  expect(outcomes(printed.bailed)).toEqual([['counts', true], ['a group counts to 2', true], ['a group counts to 3', true], ['a group fails', false]]);
});
