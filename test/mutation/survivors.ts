/**
 * Prints mutants that no test notices as soon as they are known, since a run takes long.
 */
import { readFileSync } from 'fs';
import { join, relative, resolve } from 'path';
import type { MutantResult } from '@stryker-mutator/api/core' with { 'resolution-mode': 'import' };
import type { Reporter } from '@stryker-mutator/api/report' with { 'resolution-mode': 'import' };
import { EQUIVALENTS } from './equivalents';
import { Mutant, score } from './score';

/** The name of the reporter in Stryker's options. */
export const SURVIVORS = 'survivors';

const root = resolve(__dirname, '../..');

/**
 * Gives a mutant with its code.
 *
 * @param result What Stryker states of it.
 */
export function mutantOf({ fileName, location, mutatorName, replacement, status }: MutantResult): Mutant {
  const file = relative(root, resolve(root, fileName));
  return { file, line: location.start.line, mutator: mutatorName, code: codeAt(file, location), replacement: replacement ?? '', status };
}

function codeAt(file: string, { start, end }: MutantResult['location']): string {
  const lines = readFileSync(join(root, file), 'utf8').split('\n').slice(start.line - 1, end.line);
  lines[lines.length - 1] = lines[lines.length - 1].slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return lines.join('\n');
}

class SurvivorReporter implements Reporter {
  onMutantTested(result: MutantResult): void {
    for (const { file, line, mutator, code, replacement, status } of score([mutantOf(result)], EQUIVALENTS).alive) {
      console.log(`${file}:${line} ${status} ${mutator}\n  - ${code.replaceAll('\n', '\n    ')}\n  + ${replacement.replaceAll('\n', '\n    ')}`);
    }
  }
}

function createReporter(): Reporter {
  return new SurvivorReporter();
}

/** What Stryker loads. */
export const strykerPlugins = [{ kind: 'Reporter', name: SURVIVORS, factory: createReporter }];
