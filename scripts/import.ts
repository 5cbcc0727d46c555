import { mkdtempSync, rmSync } from 'fs';
import { join, resolve } from 'path';
import { checkTypes, generateTypes } from './import/generate';
import { Kind, KINDS_IN_USE } from './import/kinds';
import { Fetch, fetchAll, readAddresses, readFolder } from './import/read';
import { selectCrds } from './import/select';
import { trimCrd } from './import/trim';
import { swapFolder } from './swap';

/** Options of the import command. */
export interface ImportOptions {
  /** The folder with `cdk8s.yaml`, in which `imports/` is written. */
  readonly root: string;

  /**
   * A folder of CRD files.
   *
   * @default - the addresses under `crds` in `cdk8s.yaml` are fetched
   */
  readonly folder?: string;

  /** @default - all kinds that the library uses */
  readonly kinds?: readonly Kind[];

  /** @default - the fetch of Node.js */
  readonly fetch?: Fetch;
}

/**
 * Generates `imports/` from CRD files. The old files are replaced only on success.
 *
 * @throws when the input is missing or not readable, or does not contain all kinds.
 */
export async function importTypes(options: ImportOptions): Promise<void> {
  const kinds = options.kinds ?? KINDS_IN_USE;
  const sources = options.folder !== undefined
    ? readFolder(options.folder)
    : await fetchAll(readAddresses(join(options.root, 'cdk8s.yaml')), options.fetch ?? fetch);
  const crds = selectCrds(sources, kinds).map(trimCrd);

  // inside the project, since a rename works only within a file system and the system's temporary folder may be on another one
  const workFolder = mkdtempSync(join(options.root, '.import-'));
  try {
    const generated = join(workFolder, 'imports');
    await generateTypes(crds, generated, workFolder);
    checkTypes(generated, kinds);
    swapFolder(generated, join(options.root, 'imports'), workFolder);
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

async function main(args: readonly string[]): Promise<void> {
  if (args.length > 1) {
    throw new Error(`got ${args.length} arguments, expected one folder of CRD files, or none to fetch them from upstream`);
  }
  await importTypes({ root: resolve(__dirname, '..'), folder: args.at(0) });
  console.log(`imports/ has the types of ${KINDS_IN_USE.length} kinds`);
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: Error) => {
    console.error(`import: ${error.message}`);
    process.exitCode = 1;
  });
}
