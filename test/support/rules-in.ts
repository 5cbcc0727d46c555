import * as fs from 'fs';
import * as path from 'path';
import { Rule } from '../../src/rules/rule';

/** The rules that the files of a folder export. */
export function rulesIn(folder: string): Rule[] {
  return fs.readdirSync(folder).filter((file) => file.endsWith('.ts'))
    .flatMap((file) => Object.values(require(path.join(folder, file)) as Record<string, unknown>).filter(isRule));
}

/** Whether something exported is a rule. */
export function isRule(exported: unknown): exported is Rule {
  return typeof exported === 'object' && exported !== null && 'check' in exported && 'page' in exported;
}
