import { cpSync, mkdtempSync, readdirSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';

/**
 * Synthesizes the app of every subfolder to a folder of the same name. All apps write to a temporary folder first, so that the output
 * does not change when one of them fails.
 *
 * @throws the error of the first app that fails.
 */
export function synthesizeApps(folder: string, output: string): void {
  const staging = mkdtempSync(join(tmpdir(), 'cdk8s-seldon-istio-'));
  try {
    const apps = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
    for (const app of apps) {
      process.env.CDK8S_OUTDIR = join(staging, app);
      // An app synthesizes when it is loaded.
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      require(join(folder, app, 'main'));
    }
    // The staging folder is readable only by its owner; its subfolders have the usual permissions.
    for (const app of apps) cpSync(join(staging, app), join(output, app), { recursive: true });
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}
