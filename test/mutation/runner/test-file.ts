/**
 * Runs the tests of one file with the parts of Jest, in this process.
 */
import { dirname, basename, join } from 'path';
import { jestExpect } from '@jest/expect';
import type { Circus } from '@jest/types';
import * as circus from 'jest-circus';
import { ModuleMocker } from 'jest-mock';
import { Context, SnapshotState } from 'jest-snapshot';
import { ModuleLoader } from './module-loader';

/** What a test did. */
export interface TestOutcome {
  readonly name: string;
  readonly milliseconds: number;
  readonly failure?: string;
}

/** Which tests of a file run, and who hears of them. */
export interface TestFileOptions {
  /** The full names of the tests. @default all */
  readonly names?: ReadonlySet<string>;
  /** Whether the first failure ends the file. @default false */
  readonly bail?: boolean;
  /** Called before each test. */
  readonly onStart?: (name: string) => void;
  /** Called after each test. */
  readonly onEnd?: () => void;
}

const mocker = new ModuleMocker(globalThis);
Object.assign(globalThis, {
  expect: jestExpect,
  jest: {
    fn: mocker.fn.bind(mocker),
    spyOn: mocker.spyOn.bind(mocker),
    clearAllMocks: mocker.clearAllMocks.bind(mocker),
    restoreAllMocks: mocker.restoreAllMocks.bind(mocker),
  },
  describe: circus.describe,
  test: circus.test,
  it: circus.it,
  beforeAll: circus.beforeAll,
  beforeEach: circus.beforeEach,
  afterAll: circus.afterAll,
  afterEach: circus.afterEach,
});

/**
 * Runs the tests of a file, with modules of their own.
 *
 * @param loader Loads the file and the sources.
 * @param file The absolute path of the file.
 * @param options Which tests run.
 * @returns The outcomes of the tests that ran, in their order. A file that cannot be loaded throws.
 */
export async function runTestFile(loader: ModuleLoader, file: string, options: TestFileOptions = {}): Promise<readonly TestOutcome[]> {
  circus.resetState();
  loader.load(file, new Map());
  const { names } = options;
  if (names !== undefined) skipTests((test) => !names.has(fullName(test)));
  const snapshotState = new SnapshotState(join(dirname(file), '__snapshots__', `${basename(file)}.snap`), {
    updateSnapshot: 'none', rootDir: dirname(file), snapshotFormat: { escapeString: false, printBasicPrototype: false },
  });
  const outcomes: TestOutcome[] = [];
  const listen = (event: Circus.Event) => {
    if (event.name === 'test_fn_start') {
      const state: Partial<Context> = { ...freshCounts(), currentTestName: fullName(event.test), snapshotState, testPath: file };
      jestExpect.setState(state);
      options.onStart?.(fullName(event.test));
    }
    if (event.name !== 'test_done') return;
    options.onEnd?.();
    mocker.clearAllMocks();
    const { test } = event;
    test.errors.push(...jestExpect.getState().suppressedErrors);
    jestExpect.setState({ suppressedErrors: [] });
    const failure = test.errors.length === 0 ? undefined : textOf(test.errors[0]);
    outcomes.push({ name: fullName(test), milliseconds: test.duration ?? 0, failure });
    if (failure !== undefined && options.bail === true) skipTests(() => true);
  };
  circus.addEventHandler(listen);
  try {
    const { unhandledErrors } = await circus.run();
    if (unhandledErrors.length > 0) throw new Error(unhandledErrors.join('\n'));
  } finally {
    circus.removeEventHandler(listen);
    mocker.restoreAllMocks();
  }
  return outcomes;
}

/** Matchers add to the list of errors, so each test has its own. */
function freshCounts() {
  return { assertionCalls: 0, expectedAssertionsNumber: null, isExpectingAssertions: false, numPassingAsserts: 0, suppressedErrors: [] };
}

function skipTests(isSkipped: (test: Circus.TestEntry) => boolean, block = circus.getState().rootDescribeBlock): void {
  for (const child of block.children) {
    if (child.type === 'describeBlock') skipTests(isSkipped, child);
    else if (isSkipped(child)) child.mode = 'skip';
  }
}

function fullName(test: Circus.TestEntry): string {
  const names = [test.name];
  for (let block: Circus.DescribeBlock | undefined = test.parent; block?.parent !== undefined; block = block.parent) names.unshift(block.name);
  return names.join(' ');
}

function textOf(error: unknown): string {
  const [cause] = Array.isArray(error) ? error as unknown[] : [error];
  return cause instanceof Error ? cause.message : String(cause);
}
