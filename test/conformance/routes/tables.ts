import * as fs from 'fs';
import * as path from 'path';
import { RouteTable } from '../checks/routed';
import { parse, print } from '../harness/manifests';

/** The table of an example; undefined if there is none. */
export function tableOf(example: string): RouteTable | undefined {
  const file = path.join(__dirname, `${example}.ts`);
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return fs.existsSync(file) ? (require(file) as { table: RouteTable }).table : undefined;
}

/** The manifests of an example with what controllers make of them in a cluster. */
export function inCluster(yaml: string, table: RouteTable | undefined): string {
  const made = table?.made?.(parse(yaml)) ?? [];
  return made.length === 0 ? yaml : `${yaml}\n---\n${print(made)}`;
}
