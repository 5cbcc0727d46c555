import { posix } from 'path';
import { listOf, objectOf, stringOf, stringsOf } from '../cluster/json';
import { readPlainDocument } from '../documents/plain-document';

/** A file with its text. */
interface TextFile {
  readonly file: string;
  readonly text: string;
}

const KUSTOMIZATION = /(?:^|\/)kustomization\.ya?ml$/i;

/**
 * The patches among files, by the kustomizations among them. A patch looks like a manifest, but holds only the fields that it changes.
 *
 * @param files The files.
 * @returns their names.
 * @internal
 */
export function kustomizePatches(files: readonly TextFile[]): ReadonlySet<string> {
  const names = new Map(files.map(({ file }) => [posix.normalize(withSlashes(file)), file]));
  const patches = files.filter(({ file }) => KUSTOMIZATION.test(withSlashes(file))).flatMap(({ file, text }) => (
    patchesOf(text).map((path) => names.get(posix.join(posix.dirname(withSlashes(file)), path)))
  ));
  return new Set(patches.filter((name): name is string => name !== undefined));
}

/** Patches that are written into the kustomization itself are no names of files, so that none has such a name. */
function patchesOf(text: string): string[] {
  const document = readPlainDocument(text);
  if ('message' in document) return [];
  const { patches, patchesStrategicMerge, patchesJson6902 } = objectOf(document.content);
  const paths = [...listOf(patches), ...listOf(patchesJson6902)].map((patch) => stringOf(objectOf(patch).path));
  return [...stringsOf(patchesStrategicMerge), ...paths.filter((path): path is string => path !== undefined)];
}

function withSlashes(file: string): string {
  return file.replace(/\\/g, '/');
}
