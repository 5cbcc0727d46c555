import { readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';

const FOLDER = join(__dirname, '..', 'fixtures', 'resource_customizations');

/** The status of an object of a kind, and the health that it stands for. */
export interface HealthCase {
  readonly name: string;
  readonly object: { readonly [field: string]: unknown };
  readonly status: string;
  readonly message: string;
}

/** The cases for a kind, which have the layout of Argo CD's own tests. */
export function healthCases(group: string, kind: string): HealthCase[] {
  const folder = join(FOLDER, group, kind);
  const { tests } = parse(readFileSync(join(folder, 'health_test.yaml'), 'utf8')) as { tests: { inputPath: string; healthStatus: { status: string; message: string } }[] };
  return tests.map(({ inputPath, healthStatus }) => ({
    name: inputPath, object: parse(readFileSync(join(folder, inputPath), 'utf8')) as HealthCase['object'], ...healthStatus,
  }));
}

/** The script for a kind as a file. */
export function healthFile(group: string, kind: string): string {
  return readFileSync(join(FOLDER, group, kind, 'health.lua'), 'utf8');
}
