import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';

/** The minimal use of each construct, by its name. */
export function minimalPrograms(root: string): ReadonlyMap<string, string> {
  const folder = join(root, 'docs/constructs');
  return new Map(readdirSync(folder).filter((name) => name.endsWith('.ts')).sort().map((name) => [name.slice(0, -3), readFileSync(join(folder, name), 'utf8')]));
}
