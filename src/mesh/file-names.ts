import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Finding, reportFindings } from './findings';
import { inSentences, pathOf } from '../plan/checks/errors';

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
 * A file that is written twice, so that the first object is lost.
 *
 * @internal
 */
export interface Overwritten {
  /** The object that is lost. */
  readonly first: WrittenFile;
  /** The object that overwrites it. */
  readonly second: WrittenFile;
}

/**
 * Finds files that are written twice.
 *
 * @internal
 */
export function findOverwritten(files: readonly WrittenFile[]): Overwritten[] {
  const firsts = new Map<string, WrittenFile>();
  const found: Overwritten[] = [];
  for (const second of files) {
    const first = firsts.get(second.file);
    if (first === undefined) firsts.set(second.file, second);
    else found.push({ first, second });
  }
  return found;
}

/** Apps that already have the validation. */
const checked = new WeakSet<IConstruct>();

/**
 * Adds a validation, once for each app, that no file is written twice: cdk8s names files by the kind and name of the object, without
 * its namespace.
 *
 * @internal
 */
export function checkFileNames(at: IConstruct): void {
  const { root } = at.node;
  if (checked.has(root) || !(root instanceof App)) return;
  checked.add(root);
  reportFindings(root, () => overwrittenIn(root));
}

function overwrittenIn(app: App): Finding[] {
  switch (app.yamlOutputType) {
    case YamlOutputType.FILE_PER_RESOURCE:
      return findingsIn(app, () => '',
        'set YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE or FILE_PER_CHART on the app, or create two apps with separate output folders');
    case YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE:
      return findingsIn(app, (chart) => `${chart.node.path}/`, 'move them to separate charts, or set YamlOutputType.FILE_PER_CHART on the app');
    // One file contains all objects of an app or of a chart, and the names of charts are unique.
    default: return [];
  }
}

function findingsIn(app: App, folderOf: (chart: Chart) => string, remedy: string): Finding[] {
  const objects = app.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
  const byPath = new Map(objects.map((object) => [pathOf(object), object]));
  const files = objects.map((object) => ({
    file: `${folderOf(Chart.of(object))}${`${object.kind}.${object.name}`.replace(/[^0-9a-zA-Z-_.]/g, '')}${app.outputFileExtension}`,
    path: pathOf(object),
  }));
  return findOverwritten(files).map(({ first, second }) => ({
    at: byPath.get(second.path)!,
    text: inSentences(`${first.path} and ${second.path} are both written to the file ${second.file}, and the first one would be lost`, remedy),
  }));
}
