import { readFileSync } from 'fs';
import { dirname, join } from 'path';

/** Set when the command is bundled into one file. */
declare const BUNDLED_VERSION: string | undefined;

/**
 * The release of this package.
 *
 * @internal
 */
export function packageVersion(): string {
  return typeof BUNDLED_VERSION === 'string' ? BUNDLED_VERSION : versionAbove(__dirname);
}

/** Sources and compiled files are at different depths. */
function versionAbove(folder: string): string {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: string; version?: string };
    if (name === 'cdk8s-seldon-istio' && version !== undefined) return version;
  } catch {
    // It is in a folder further up.
  }
  const parent = dirname(folder);
  return parent === folder ? 'unknown' : versionAbove(parent);
}
