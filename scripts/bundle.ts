/**
 * Makes one file of the command, which needs only Node.js: for images of CI in which nothing is installed.
 */
import { readdirSync, readFileSync, writeFileSync } from 'fs';
import { basename, join, resolve } from 'path';
import { buildSync } from 'esbuild';
import { previewScript } from './preview-script';

const root = resolve(__dirname, '..');

/**
 * Writes the bundle.
 *
 * @param file Where to write it.
 */
export function bundle(file: string): void {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: ['src/cli/bin.ts'],
    outfile: file,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    charset: 'ascii',
    legalComments: 'none',
    define: { BUNDLED_VERSION: JSON.stringify(version), BUNDLED_PREVIEW_SCRIPT: JSON.stringify(previewScript()) },
    metafile: true,
    logLevel: 'warning',
  });
  writeFileSync(file, `${readFileSync(file, 'utf8')}/*\n${licensesOf(Object.keys(metafile.inputs)).join('\n\n')}\n*/\n`, { mode: 0o755 });
}

/** The licenses of what the bundle contains, as they demand. */
function licensesOf(inputs: readonly string[]): string[] {
  const packages = new Set(inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []));
  return [root, ...[...packages].sort()].map((folder) => {
    const path = resolve(root, folder);
    const license = readdirSync(path).find((name) => /^licen[cs]e/i.test(name));
    if (license === undefined) throw new Error(`${folder} has no license. Add its text by hand`);
    // The project's own license is a long and well-known text.
    const text = folder === root ? 'Apache License, Version 2.0, http://www.apache.org/licenses/LICENSE-2.0' : readFileSync(join(path, license), 'utf8').trim();
    return `${folder === root ? 'cdk8s-seldon-istio' : basename(path)}\n${text.replaceAll('*/', '* /')}`;
  });
}

if (require.main === module) bundle(resolve(process.argv[2] ?? join(root, 'packages/seldon-istio.cjs')));
