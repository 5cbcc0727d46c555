import * as fs from 'fs';
import * as path from 'path';
import { stringify } from 'yaml';
import { newDirectory } from './directories';
import { run } from './processes';
import { tool } from './tools';

/** A series in the words of promtool: `{ series: 'up{job="a"}', values: '1x30' }`. */
export interface Series {
  readonly series: string;
  readonly values: string;
}

/** An alert that is expected to fire. */
export interface ExpectedAlert {
  readonly exp_labels: { readonly [label: string]: string };
  readonly exp_annotations: { readonly [name: string]: string };
}

/** One world of series, and what must come of it. */
export interface RuleTest {
  readonly name: string;
  readonly interval: string;
  readonly input_series: readonly Series[];
  readonly alert_rule_test?: readonly { readonly eval_time: string; readonly alertname: string; readonly exp_alerts: readonly ExpectedAlert[] }[];
  readonly promql_expr_test?: readonly {
    readonly expr: string; readonly eval_time: string; readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
  }[];
}

async function promtool(args: string[], files: { readonly [name: string]: unknown }): Promise<string[]> {
  const directory = newDirectory('promtool');
  try {
    for (const [name, content] of Object.entries(files)) {
      fs.writeFileSync(path.join(directory, name), stringify(content, { aliasDuplicateObjects: false }));
    }
    const { code, stdout, stderr } = await run(tool('promtool'), args, { cwd: directory });
    return code === 0 ? [] : [`${stdout}\n${stderr}`];
  } finally {
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

/** `promtool check rules`, duplicates included; nothing when all is well. The spec of a PrometheusRule is a file of rules. */
export function checkRules(spec: object): Promise<string[]> {
  return promtool(['check', 'rules', '--lint-fatal', 'rules.yaml'], { 'rules.yaml': spec });
}

/** `promtool test rules`; nothing when all is as expected. */
export function testRules(spec: object, tests: readonly RuleTest[]): Promise<string[]> {
  return promtool(['test', 'rules', 'tests.yaml'], { 'rules.yaml': spec, 'tests.yaml': { rule_files: ['rules.yaml'], evaluation_interval: '1m', tests } });
}
