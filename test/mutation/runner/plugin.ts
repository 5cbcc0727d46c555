/**
 * A test runner of Stryker for this project's tests. It keeps the compiled code of all files and evaluates the modules of each test file again for
 * each mutant, so that a mutant costs milliseconds, nothing stays from the one before, and code that runs while a module loads is mutated, too.
 */
import { dirname, relative, resolve, sep } from 'path';
import type { InstrumenterContext, MutantCoverage, StrykerOptions } from '@stryker-mutator/api/core' with { 'resolution-mode': 'import' };
import type { DryRunResult, MutantRunOptions, MutantRunResult, TestResult, TestRunner } from '@stryker-mutator/api/test-runner' with { 'resolution-mode': 'import' };
import { ModuleLoader } from './module-loader';
import { runTestFile, TestOutcome } from './test-file';

/** The name of the runner in Stryker's options. */
export const RUNNER = 'fresh-modules';

/** The option of Stryker that lists the test files. */
export interface RunnerOptions extends StrykerOptions {
  readonly testFilesToRun: readonly string[];
}

type Api = typeof import('@stryker-mutator/api/test-runner', { with: { 'resolution-mode': 'import' } });
const SEPARATOR = ' › ';
const idOf = (file: string, name: string) => `${relative(process.cwd(), file)}${SEPARATOR}${name}`;

class FreshModulesRunner implements TestRunner {
  private readonly loader = new ModuleLoader(process.cwd(), { 'cdk8s-seldon-istio': 'src/index.ts', 'cdk8s-seldon-istio/jest': 'src/jest/index.ts' });
  private readonly context: InstrumenterContext = ((globalThis as { __stryker__?: InstrumenterContext }).__stryker__ ??= {});
  private api!: Api;

  constructor(private readonly options: RunnerOptions) {}

  async init(): Promise<void> {
    this.api = await import('@stryker-mutator/api/test-runner');
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun(): Promise<DryRunResult> {
    const tests: TestResult[] = [];
    const perTest: MutantCoverage['perTest'] = {};
    for (const file of this.options.testFilesToRun.map((each) => resolve(each))) {
      const coverage: MutantCoverage = { static: {}, perTest: {} };
      this.context.mutantCoverage = coverage;
      const outcomes = await runTestFile(this.loader, file, {
        onStart: (name) => { this.context.currentTestId = idOf(file, name); },
        onEnd: () => { this.context.currentTestId = undefined; },
      });
      const results = outcomes.map((outcome) => this.resultOf(file, outcome));
      tests.push(...results);
      Object.assign(perTest, coverage.perTest);
      // What runs while the file loads belongs to all of its tests, since modules are evaluated again for each mutant.
      for (const { id } of results) perTest[id] = { ...coverage.static, ...perTest[id] };
    }
    return { status: this.api.DryRunStatus.Complete, tests, mutantCoverage: { static: {}, perTest } };
  }

  async mutantRun({ activeMutant, sandboxFileName, testFilter, hitLimit, disableBail }: MutantRunOptions): Promise<MutantRunResult> {
    this.context.activeMutant = activeMutant.id;
    this.context.mutantCoverage = undefined;
    this.context.hitCount = hitLimit === undefined ? undefined : 0;
    this.context.hitLimit = hitLimit;
    const tests: TestResult[] = [];
    const files = nearestFirst([...this.testsByFile(testFilter)], sandboxFileName);
    for (const [file, names] of files) {
      const results = await this.mutatedResults(file, names, !disableBail);
      const timeout = this.api.determineHitLimitReached(this.context.hitCount, hitLimit);
      if (timeout !== undefined) return this.api.toMutantRunResult(timeout);
      tests.push(...results);
      if (!disableBail && results.some(({ status }) => status === this.api.TestStatus.Failed)) break;
    }
    return this.api.toMutantRunResult({ status: this.api.DryRunStatus.Complete, tests }, disableBail);
  }

  /** A mutant that keeps a file from loading is killed by it. */
  private async mutatedResults(file: string, names: ReadonlySet<string> | undefined, bail: boolean): Promise<TestResult[]> {
    try {
      return (await runTestFile(this.loader, file, { names, bail })).map((outcome) => this.resultOf(file, outcome));
    } catch (error) {
      const [name = ''] = names ?? [];
      return [this.resultOf(file, { name, milliseconds: 0, failure: String(error) })];
    }
  }

  private testsByFile(ids: readonly string[] | undefined): ReadonlyMap<string, Set<string> | undefined> {
    if (ids === undefined) return new Map(this.options.testFilesToRun.map((file) => [resolve(file), undefined]));
    const files = new Map<string, Set<string>>();
    for (const id of ids) {
      const at = id.indexOf(SEPARATOR);
      const file = resolve(id.slice(0, at));
      const names = files.get(file) ?? new Set();
      files.set(file, names.add(id.slice(at + SEPARATOR.length)));
    }
    return files;
  }

  private resultOf(file: string, { name, milliseconds, failure }: TestOutcome): TestResult {
    const test = { id: idOf(file, name), name, timeSpentMs: milliseconds, fileName: file };
    return failure === undefined
      ? { ...test, status: this.api.TestStatus.Success }
      : { ...test, status: this.api.TestStatus.Failed, failureMessage: failure };
  }
}

/** The tests of a file are next to it in the mirrored folder, and most of its mutants end there. */
function nearestFirst<T>(tests: readonly (readonly [file: string, names: T])[], source: string): readonly (readonly [file: string, names: T])[] {
  const mirrored = relative(process.cwd(), source).split(sep).slice(1).join('/').replace(/\.ts$/, '');
  const distance = ([file]: readonly [file: string, names: T]) => {
    const test = relative(process.cwd(), file).split(sep).slice(1).join('/').replace(/\.test\.ts$/, '');
    if (test === mirrored) return 0;
    return dirname(test) === dirname(mirrored) ? 1 : 2;
  };
  return [...tests].sort((a, b) => distance(a) - distance(b));
}

function createRunner(options: RunnerOptions): TestRunner {
  return new FreshModulesRunner(options);
}
createRunner.inject = ['options'];

/** What Stryker loads. */
export const strykerPlugins = [{ kind: 'TestRunner', name: RUNNER, factory: createRunner }];

/** The options that Stryker accepts for the runner. */
export const strykerValidationSchema = {
  $schema: 'http://json-schema.org/draft-07/schema',
  type: 'object',
  properties: { testFilesToRun: { type: 'array', items: { type: 'string' }, default: [] } },
};
