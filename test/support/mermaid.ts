import { execFileSync } from 'child_process';
import { readFileSync } from 'fs';
import { join } from 'path';
import { ModuleKind, ScriptTarget, transpile } from 'typescript';

/** An arrow: from, to, its label, and its stroke, `normal` or `dotted`. */
export type Edge = readonly [from: string, to: string, label: string, stroke: string];

/** A flowchart as Mermaid reads it. */
export interface Flowchart {
  readonly type: string;
  readonly boxes: { readonly [id: string]: { readonly lines: readonly string[]; readonly shape: string; readonly classes: readonly string[] } };
  readonly edges: readonly Edge[];
  readonly groups: { readonly [id: string]: { readonly title: string; readonly boxes: readonly string[] } };
}

/** Reads flowcharts with Mermaid's own parser, and fails if it finds a mistake, or if a label is shown as anything but plain text. */
export function readMermaid(...texts: readonly string[]): readonly Flowchart[] {
  const program = transpile(readFileSync(join(__dirname, 'read-mermaid.ts'), 'utf8'), { target: ScriptTarget.ES2022, module: ModuleKind.ES2022 });
  const options = { cwd: join(__dirname, '../..'), input: JSON.stringify(texts), encoding: 'utf8' as const, maxBuffer: 1e8, timeout: 300_000 };
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', program], options);
  return JSON.parse(output) as Flowchart[];
}
