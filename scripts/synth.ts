import { spawnSync } from 'child_process';
import { mkdtempSync, readdirSync, rmSync } from 'fs';
import { join, relative, resolve } from 'path';
import { swapFolder } from './swap';

const CDK8S = resolve(__dirname, '../node_modules/.bin/cdk8s');

/** No network request for a newer CLI, and no files other than the manifests. */
const QUIET = { CDK8S_CHECK_UPGRADE: 'false', CDK8S_RECORD_CONSTRUCT_METADATA: 'false' };

/**
 * Runs `cdk8s synth` for the project in a folder. The CLI empties its output folder before it runs the app, so it writes to a new one,
 * which replaces `dist` on success.
 *
 * @returns the exit code of `cdk8s synth`.
 */
export function synth(project: string): number {
  const work = mkdtempSync(join(project, '.dist-'));
  try {
    const output = join(work, 'dist');
    const { status } = spawnSync(CDK8S, ['synth', '--output', output], { cwd: project, stdio: ['inherit', 'ignore', 'inherit'], env: { ...process.env, ...QUIET } });
    if (status === 0) {
      swapFolder(output, join(project, 'dist'), work);
      console.log(listed(join(project, 'dist')).map((file) => `dist/${file}`).join('\n'));
    } else {
      console.error('synth: the app failed, dist/ stays as it was');
    }
    return status ?? 1;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function listed(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
}

if (require.main === module) process.exitCode = synth(resolve(__dirname, '..'));
