import { readdirSync, readFileSync, rmSync } from 'fs';
import { join, resolve } from 'path';

/** Source maps, and builds for pages without modules: an eighth of the package, which nothing loads. */
const UNUSED = /\.map$|^dist\/browser\/|\.umd\.js$/;

/**
 * Removes files of the bundled dependencies that nothing loads. npm packs all files of such dependencies, whatever the field `files` has.
 *
 * @param root The folder of the package.
 * @returns the paths of the files that were removed.
 */
export function trimBundled(root: string): readonly string[] {
  const { bundledDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { bundledDependencies: readonly string[] };
  const unused = bundledDependencies.flatMap((name) => {
    const folder = join(root, 'node_modules', name);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return files.filter((file) => UNUSED.test(file)).map((file) => join(folder, file));
  });
  for (const path of unused) rmSync(path);
  return unused;
}

if (require.main === module) trimBundled(resolve(__dirname, '..'));
