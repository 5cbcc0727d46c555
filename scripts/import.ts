import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { Source } from './import/crd';
import { checkTypes, generateTypes } from './import/generate';
import { Kind, KINDS_IN_USE } from './import/kinds';
import { NEWER_FIELDS } from './import/newer-fields';
import { withNewerFields } from './import/overlay';
import { Fetch, fetchAll, readAddresses, readFolder } from './import/read';
import { schemaTable } from './import/schema-table';
import { parseCrds, selectCrds } from './import/select';
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

/** What rules know about kinds. */
const SCHEMA_TABLE = 'src/rules/schemas/schema-table.ts';

/**
 * Generates `imports/` from CRD files. The old files are replaced only on success.
 *
 * @throws when the input is missing or not readable, or does not contain all kinds.
 */
export async function importTypes(options: ImportOptions): Promise<void> {
  const kinds = options.kinds ?? KINDS_IN_USE;
  const sources = await sourcesOf(options);
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

/**
 * Writes the schemas of all fields, those of newer releases included, as rules read them.
 *
 * @throws when a schema has what rules do not read.
 */
export async function importSchemas(options: ImportOptions): Promise<void> {
  const crds = (await sourcesOf(options)).flatMap(parseCrds).map(({ crd }) => crd);
  writeFileSync(join(options.root, SCHEMA_TABLE), schemaTable(withNewerFields(crds, NEWER_FIELDS)));
}

async function sourcesOf({ folder, root, fetch: fetchSource }: ImportOptions): Promise<Source[]> {
  return folder !== undefined ? readFolder(folder) : fetchAll(readAddresses(join(root, 'cdk8s.yaml')), fetchSource ?? fetch);
}

async function main(args: readonly string[]): Promise<void> {
  if (args.length > 1) {
    throw new Error(`got ${args.length} arguments, expected one folder of CRD files, or none to fetch them from upstream`);
  }
  const options = { root: resolve(__dirname, '..'), folder: args.at(0) };
  await importTypes(options);
  await importSchemas(options);
  console.log(`imports/ has the types of ${KINDS_IN_USE.length} kinds, and ${SCHEMA_TABLE} their schemas`);
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: Error) => {
    console.error(`import: ${error.message}`);
    process.exitCode = 1;
  });
}
