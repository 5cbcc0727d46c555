import { existsSync } from 'fs';
import { join } from 'path';
import { Command } from './command';
import { Arguments } from './options';
import { CannotRun, ExitCode, Terminal } from './terminal';
import { MODEL_OPTIONS, pathsOf, readModels } from './traffic-models';
import { findTests, FoundTests } from './traffic-tests/find-tests';
import { generatedTests } from './traffic-tests/generated-tests';
import { TestRun } from './traffic-tests/run-tests';
import { TESTS_FILE } from './traffic-tests/schema';
import { renderTestsJson } from '../report/tests/json';
import { renderTestsJunit } from '../report/tests/junit';
import { CoverageReport, isBelowThreshold, TestReport } from '../report/tests/test-report';
import { renderTests } from '../report/tests/text';

const FORMATS = ['text', 'json', 'junit'];
const EXAMPLE = 'test dist/';

/**
 * Runs traffic tests.
 *
 * @internal
 */
export const testCommand: Command = {
  name: 'test',
  operands: '[paths…]',
  summary: 'Runs traffic tests.',
  description: `Runs the tests in files called ${TESTS_FILE} of folders, and in files that are given by name, also those of istio-config-validator.\n`
    + 'Each test has a request and what it expects of the answer. The answer is found from the manifests alone, and nothing is sent.\n'
    + 'Manifests are those that the file names, or else those of the other paths, or those in its folder. Without paths, the folder dist is read, and\n'
    + `${TESTS_FILE} in the working folder, which also has the tests of paths that have none.`,
  options: {
    'output': { short: 'o', value: 'FORMAT', values: FORMATS, help: `One of ${FORMATS.join(', ')}. The default is text.` },
    'all': { help: 'Lists tests that pass, too.' },
    'coverage': { help: 'Lists rules, matches, arms, mirrors, policies and their rules that no test has reached.' },
    'fail-under': { value: 'PERCENT', help: 'The lowest coverage that passes. Implies --coverage.' },
    'generate': { help: 'Writes tests to standard output: a request for each match of each rule, with the answer of today. The rest is listed.' },
    ...MODEL_OPTIONS,
  },
  failure: 'A test failed, or the coverage is below that of --fail-under.',
  run: test,
};

function test(args: Arguments, terminal: Terminal): ExitCode {
  const threshold = thresholdOf(args.value('fail-under'));
  const paths = pathsOf(args.positionals, terminal, EXAMPLE);
  if (args.has('generate')) return generate(paths, args, terminal);
  const { files, manifests } = testsFor(paths, args, terminal);
  if (files.length === 0) {
    throw new CannotRun([`there are no traffic tests in ${paths.join(', ')}. Write a file ${TESTS_FILE}, or let \`test --generate\` write one`]);
  }
  const run = new TestRun((own, context) => readModels(own, args, terminal, context), manifests);
  const results = files.flatMap((file) => run.run(file));
  const coverage: CoverageReport | undefined = args.has('coverage') || threshold !== undefined
    ? { parts: run.coverages.flatMap(({ all }) => all), threshold } : undefined;
  const report = { results, coverage };
  terminal.write(render(report, args, terminal));
  return exitCodeOf(report, run.hasProblems);
}

/** The output folder is emptied by each synthesis, so its tests can be in the working folder. */
function testsFor(paths: readonly string[], args: Arguments, { cwd }: Terminal): FoundTests {
  const found = findTests(paths, cwd);
  const isOwn = found.files.length > 0 && args.positionals.length > 0;
  return isOwn || !existsSync(join(cwd, TESTS_FILE)) ? found : findTests([...paths, TESTS_FILE], cwd);
}

function thresholdOf(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  const threshold = Number(written);
  if (!(threshold >= 0 && threshold <= 100)) throw new CannotRun([`--fail-under is "${written}", but must be a number from 0 to 100`], true);
  return threshold;
}

function generate(paths: readonly string[], args: Arguments, terminal: Terminal): ExitCode {
  const { clusters, hasProblems } = readModels(paths, args, terminal);
  if (clusters.length > 1) {
    throw new CannotRun([`the manifests are those of ${clusters.length} clusters: ${clusters.map(({ name }) => name).join(', ')}. Give those of one cluster`]);
  }
  terminal.write(generatedTests(clusters[0].model));
  return hasProblems ? ExitCode.COULD_NOT_RUN : ExitCode.FINE;
}

function render(report: TestReport, args: Arguments, { isTerminal, columns, env }: Terminal): string {
  switch (args.value('output')) {
    case 'json': return renderTestsJson(report);
    case 'junit': return renderTestsJunit(report);
    default: return renderTests(report, {
      all: args.has('all'),
      color: isTerminal && !args.has('no-color') && !env.NO_COLOR,
      width: isTerminal && columns !== undefined ? Math.max(columns, 60) : 100,
    });
  }
}

/** A test that is wrong could not be run. */
function exitCodeOf({ results, coverage }: TestReport, hasProblems: boolean): ExitCode {
  if (hasProblems || results.some(({ outcome }) => outcome === 'error')) return ExitCode.COULD_NOT_RUN;
  return isBelowThreshold(coverage) || results.some(({ outcome }) => outcome === 'failed') ? ExitCode.FINDINGS : ExitCode.FINE;
}
