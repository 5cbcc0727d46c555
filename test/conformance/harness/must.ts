import * as path from 'path';
import { run } from './processes';

/** Runs a command to its end and returns its output; a failure includes the end of its output. */
export async function must(command: string, args: string[], options: { cwd: string; env?: Record<string, string> }): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options)
    .catch((error: Error) => ({ code: -1, stdout: '', stderr: error.message }));
  if (code !== 0) {
    throw new Error(`${path.basename(command)} ${args.join(' ')}: exit ${code}\n${`${stdout}\n${stderr}`.slice(-3000)}`);
  }
  return stdout;
}
