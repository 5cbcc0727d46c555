/**
 * Mutates the sources of one folder, and prints which mutants no test notices: `npm run mutation -- rules`, `rules/gateways` or `'rules/*'` (without
 * its folders) for a part of it.
 */
import { existsSync, mkdirSync, statSync } from 'fs';
import { join, resolve } from 'path';
import type { PartialStrykerOptions } from '@stryker-mutator/api/core' with { 'resolution-mode': 'import' };
import { EQUIVALENTS } from './equivalents';
import { RUNNER } from './runner/plugin';
import { percentage, score } from './score';
import { mutantOf, SURVIVORS } from './survivors';
import { JUDGES, testFilesOf } from './test-files';

const root = resolve(__dirname, '../..');
const LOWEST = 90;

async function main(path: string, concurrency: number): Promise<number> {
  const [folder] = path.split('/');
  if (!(folder in JUDGES) || !existsSync(join(root, 'src', path.replace('/*', '')))) {
    console.error(`"${path}" is not mutated. Give one of ${Object.keys(JUDGES).join(', ')}, or a folder or file in it, or "plan/*" without its folders.`);
    return 2;
  }
  mkdirSync(join(root, '.mutation'), { recursive: true });
  const { Stryker } = await import('@stryker-mutator/core');
  const started = Date.now();
  const mutants = (await new Stryker(optionsFor(path, concurrency)).runMutationTest()).map(mutantOf);
  const result = score(mutants, EQUIVALENTS);
  for (const { file, code, replacement } of result.stale) console.log(`${file}: "${code}" as "${replacement}" is listed as equivalent and did not survive. Remove it.`);
  const { killed, timeouts, alive, equivalent, stale } = result;
  console.log(`${path}: ${killed + timeouts + alive.length} mutants, ${killed} killed, ${timeouts} timed out, ${alive.length} alive, ${equivalent} equivalent, `
    + `${percentage(result).toFixed(1)} % in ${Math.round((Date.now() - started) / 1000)} s`);
  return percentage(result) >= LOWEST && stale.length === 0 ? 0 : 1;
}

function optionsFor(path: string, concurrency: number): PartialStrykerOptions {
  const name = path.replace('/*', '/files').replace(/[/.]/g, '-');
  return {
    mutate: [pattern(path), '!src/plan/checks/struct-table.ts'],
    // Texts are asserted whole where they matter, and need no second look.
    mutator: { excludedMutations: ['StringLiteral'] },
    plugins: [join(__dirname, 'runner/plugin.ts'), join(__dirname, 'survivors.ts')],
    testRunner: RUNNER,
    checkerNodeArgs: ['--import', 'tsx'],
    testRunnerNodeArgs: ['--import', 'tsx', '--max-old-space-size=3000'],
    testFilesToRun: testFilesOf(root, path),
    coverageAnalysis: 'perTest',
    checkers: [],
    concurrency,
    disableTypeChecks: false,
    ignorePatterns: ['/.conformance', '/.jsii', '/bench', '/coverage', '/lib', '/packages', '/.mutation'],
    tempDirName: '.mutation/sandboxes',
    incremental: true,
    incrementalFile: `.mutation/${name}.json`,
    reporters: [SURVIVORS, 'progress-append-only', 'html'],
    htmlReporter: { fileName: `.mutation/${name}.html` },
    // Endless loops end at the limit of hits. Other commands make this one slow, which is no reason to count a mutant as noticed.
    timeoutMS: 60_000,
    allowConsoleColors: false,
    tsconfigFile: 'tsconfig.dev.json',
    packageManager: 'npm',
  };
}

/** The files of a folder with all its folders, of a folder alone (`plan/*`), or a single file. */
function pattern(path: string): string {
  if (path.endsWith('/*')) return `src/${path}.ts`;
  return statSync(join(root, 'src', path)).isFile() ? `src/${path}` : `src/${path}/**/*.ts`;
}

const [path = '', concurrency = '2'] = process.argv.slice(2);
void main(path.replace(/^src\/|\/$/g, ''), Number(concurrency)).then((code) => { process.exitCode = code; });
