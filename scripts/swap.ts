import { existsSync, renameSync } from 'fs';
import { join } from 'path';

/**
 * Replaces a folder with a finished one. Both renames are within one file system, so the folder is never incomplete; if the second one
 * fails, the old folder is restored.
 */
export function swapFolder(finished: string, target: string, workFolder: string): void {
  const old = join(workFolder, 'old');
  const hadOld = existsSync(target);
  if (hadOld) {
    renameSync(target, old);
  }
  try {
    renameSync(finished, target);
  } catch (error) {
    if (hadOld) {
      renameSync(old, target);
    }
    throw error;
  }
}
