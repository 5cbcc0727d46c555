/**
 * Writes the table of the library's structs, by which properties are checked at run time. It is generated from `.jsii`, which jsii writes
 * when it compiles. The table is not part of the public API, so `.jsii` does not depend on it: if the table has changed, only its own
 * file is compiled again.
 */
import { existsSync, readFileSync, writeFileSync } from 'fs';
import { createRequire } from 'module';
import { resolve } from 'path';
import * as ts from 'typescript';
import { Assembly, structTable } from './structs/table';

const root = resolve(__dirname, '..');
const source = resolve(root, 'src/plan/checks/struct-table.ts');
const compiled = resolve(root, 'lib/src/plan/checks/struct-table.js');

function main(): void {
  const load = createRequire(resolve(root, 'package.json'));
  const assembly = JSON.parse(readFileSync(resolve(root, '.jsii'), 'utf8')) as Assembly;
  const text = structTable(assembly, load(resolve(root, 'lib/src')) as { [name: string]: unknown });
  if (existsSync(source) && readFileSync(source, 'utf8') === text) return;
  writeFileSync(source, text);
  const { outputText } = ts.transpileModule(text, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  writeFileSync(compiled, outputText);
}

main();
