import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { IConstruct } from 'constructs';

/**
 * An object and the file that it is written to.
 *
 * @internal
 */
export interface WrittenFile {
  /** Path of the file below the output folder. */
  readonly file: string;
  /** Path of the construct. */
  readonly path: string;
}

/**
 * Finds files that are written twice, so that what was written first is lost.
 *
 * @internal
 */
export function findOverwritten(files: readonly WrittenFile[], remedy: string): string[] {
  const firsts = new Map<string, WrittenFile>();
  const problems: string[] = [];
  for (const each of files) {
    const first = firsts.get(each.file);
    if (first === undefined) firsts.set(each.file, each);
    else problems.push(`${first.path} and ${each.path} are both written to the file ${each.file}, and the first one would be lost: ${remedy}`);
  }
  return problems;
}

/** Apps that are looked at already. */
const checked = new WeakSet<IConstruct>();

/**
 * Lets synthesis check, once for each app, that no file is written twice: cdk8s names files by kind and name of the object, and leaves the
 * namespace out.
 *
 * @internal
 */
export function checkFileNames(at: IConstruct): void {
  const { root } = at.node;
  if (checked.has(root) || !(root instanceof App)) return;
  checked.add(root);
  root.node.addValidation({ validate: () => overwrittenIn(root) });
}

function overwrittenIn(app: App): string[] {
  switch (app.yamlOutputType) {
    case YamlOutputType.FILE_PER_RESOURCE:
      return findOverwritten(filesOf(app, () => ''),
        'give the app YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE or FILE_PER_CHART, or make two apps with an output folder each');
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      return findOverwritten(filesOf(app, (chart) => `${chart.node.path}/`), 'put them into two charts, or give the app YamlOutputType.FILE_PER_CHART');
    // One file holds all objects of an app or of a chart; charts have names of their own.
    default: return [];
  }
}

function filesOf(app: App, folderOf: (chart: Chart) => string): WrittenFile[] {
  return app.node.findAll().filter((construct) => ApiObject.isApiObject(construct)).map((object) => ({
    file: `${folderOf(Chart.of(object))}${`${object.kind}.${object.name}`.replace(/[^0-9a-zA-Z-_.]/g, '')}${app.outputFileExtension}`,
    path: object.node.path,
  }));
}
