import { readFileSync } from 'fs';
import { join } from 'path';
import { Chart } from 'cdk8s';
import * as ts from 'typescript';
import * as library from '../../src';

/** A page of docs/. */
export const page = (name: string): string => readFileSync(join(__dirname, `../../docs/${name}.md`), 'utf8');

/** The examples of a page. */
export const blocksOf = (text: string): string[] => [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);

/** Runs an example, which knows the library, its chart and what else is given by name. */
export function run(code: string, chart: Chart, known: { readonly [name: string]: unknown } = {}): Chart {
  const names: { [name: string]: unknown } = { ...library, chart, ...known };
  new Function(...Object.keys(names), ts.transpile(code, { target: ts.ScriptTarget.ES2022 }))(...Object.values(names));
  return chart;
}
