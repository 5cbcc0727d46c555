import { existsSync, renameSync } from 'fs';
import { join } from 'path';

/**
 * Puts a finished folder in the place of another. Both renames are within one file system, so there is no moment
 * with half of the files; when the second one fails, the old folder is put back.
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
