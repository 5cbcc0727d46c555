import * as fs from 'fs';
import * as path from 'path';
import { TOOLS } from './tools';

const RUN = /^run-(\d+)$/;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The folder of this run; those of runs that were broken off are removed. */
export function runDirectory(): string {
  fs.mkdirSync(TOOLS, { recursive: true });
  for (const name of fs.readdirSync(TOOLS)) {
    const pid = RUN.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) {
      fs.rmSync(path.join(TOOLS, name), { recursive: true, force: true });
    }
  }
  const directory = path.join(TOOLS, `run-${process.pid}`);
  fs.mkdirSync(directory, { recursive: true });
  return directory;
}

/** A new folder in that of this run. */
export const newDirectory = (kind: string) => fs.mkdtempSync(path.join(runDirectory(), `${kind}-`));
