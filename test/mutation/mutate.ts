/**
 * Mutates the sources of one folder, and prints which mutants no test notices: `npm run mutation -- rules`, or `rules/gateways` for a part of it.
 */
import { existsSync, mkdirSync, readFileSync, statSync } from 'fs';
import { join, relative, resolve } from 'path';
import type { MutantResult, PartialStrykerOptions } from '@stryker-mutator/api/core' with { 'resolution-mode': 'import' };
import { EQUIVALENTS } from './equivalents';
import { RUNNER } from './runner/plugin';
import { Mutant, percentage, score } from './score';
import { JUDGES, testFilesOf } from './test-files';

const root = resolve(__dirname, '../..');
const LOWEST = 90;

async function main(path: string, concurrency: number): Promise<number> {
  const [folder] = path.split('/');
  if (!(folder in JUDGES) || !existsSync(join(root, 'src', path))) {
    console.error(`"${path}" is not mutated. Give one of ${Object.keys(JUDGES).join(', ')}, or a folder or file in it.`);
    return 2;
  }
  mkdirSync(join(root, '.mutation'), { recursive: true });
  const { Stryker } = await import('@stryker-mutator/core');
  const started = Date.now();
  const mutants = (await new Stryker(optionsFor(path, folder, concurrency)).runMutationTest()).map(mutantOf);
  const result = score(mutants, EQUIVALENTS);
  for (const { file, line, mutator, code, replacement, status } of result.alive) {
    console.log(`${file}:${line} ${status} ${mutator}\n  - ${code.replaceAll('\n', '\n    ')}\n  + ${replacement.replaceAll('\n', '\n    ')}`);
  }
  for (const { file, code, replacement } of result.stale) console.log(`${file}: "${code}" as "${replacement}" is listed as equivalent and did not survive. Remove it.`);
  const { killed, timeouts, alive, equivalent, stale } = result;
  console.log(`${path}: ${killed + timeouts + alive.length} mutants, ${killed} killed, ${timeouts} timed out, ${alive.length} alive, ${equivalent} equivalent, `
    + `${percentage(result).toFixed(1)} % in ${Math.round((Date.now() - started) / 1000)} s`);
  return percentage(result) >= LOWEST && stale.length === 0 ? 0 : 1;
}

function optionsFor(path: string, folder: string, concurrency: number): PartialStrykerOptions {
  const name = path.replace(/[/.]/g, '-');
  return {
    mutate: [statSync(join(root, 'src', path)).isFile() ? `src/${path}` : `src/${path}/**/*.ts`, '!src/plan/checks/struct-table.ts'],
    // Texts are asserted whole where they matter, and need no second look.
    mutator: { excludedMutations: ['StringLiteral'] },
    plugins: [join(__dirname, 'runner/plugin.ts')],
    testRunner: RUNNER,
    checkerNodeArgs: ['--import', 'tsx'],
    testRunnerNodeArgs: ['--import', 'tsx', '--max-old-space-size=3000'],
    testFilesToRun: testFilesOf(root, folder),
    coverageAnalysis: 'perTest',
    checkers: [],
    concurrency,
    disableTypeChecks: false,
    ignorePatterns: ['/.conformance', '/.jsii', '/bench', '/coverage', '/lib', '/packages', '/.mutation'],
    tempDirName: '.mutation/sandboxes',
    incremental: true,
    incrementalFile: `.mutation/${name}.json`,
    reporters: ['progress-append-only', 'html'],
    htmlReporter: { fileName: `.mutation/${name}.html` },
    // Endless loops end at the limit of hits. Other commands make this one slow, which is no reason to count a mutant as noticed.
    timeoutMS: 60_000,
    allowConsoleColors: false,
    tsconfigFile: 'tsconfig.dev.json',
    packageManager: 'npm',
  };
}

function mutantOf({ fileName, location, mutatorName, replacement, status }: MutantResult): Mutant {
  const file = relative(root, resolve(root, fileName));
  return { file, line: location.start.line, mutator: mutatorName, code: codeAt(file, location), replacement, status };
}

function codeAt(file: string, { start, end }: MutantResult['location']): string {
  const lines = readFileSync(join(root, file), 'utf8').split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return lines.join('\n');
}

const [path = '', concurrency = '2'] = process.argv.slice(2);
void main(path.replace(/^src\/|\/$/g, ''), Number(concurrency)).then((code) => { process.exitCode = code; });
