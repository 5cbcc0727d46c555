import * as fs from 'fs';
import * as path from 'path';
import { RouteTable } from '../checks/routed';

/** The table of an example; undefined when nobody has written one. */
export function tableOf(example: string): RouteTable | undefined {
  const file = path.join(__dirname, `${example}.ts`);
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return fs.existsSync(file) ? (require(file) as { table: RouteTable }).table : undefined;
}
