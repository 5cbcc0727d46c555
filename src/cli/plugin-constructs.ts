import { existsSync, readFileSync, rmSync } from 'fs';
import { basename, dirname, join, resolve } from 'path';
import { PluginContext } from './plugin-context';
import { objectOf, stringOf } from '../cluster/json';
import { CONSTRUCT_RECORD, RecordedConstruct } from '../plan/construct-record';
import { computeIfAbsent } from '../plan/groups';
import { printable } from '../report/printable';
import { FindingPlace } from '../rules/finding';

/**
 * Paths of the constructs that objects belong to.
 *
 * @internal
 */
export interface ConstructPaths {
  /** The path of the construct, if it is known. */
  pathOf(place: FindingPlace): string | undefined;
  /** A name for an object by which cdk8s-cli shows the right path. */
  nameOf(place: FindingPlace): string;
}

/**
 * Finds the constructs of objects. cdk8s-cli knows them by the name of the object alone, so that a Model and a VirtualService of the same name
 * get the path of the later one. Here, objects have longer names, and their constructs come from the record that this library writes. In an app
 * without a mesh and without `FastApp` there is no record, and the path of cdk8s-cli is shown for the one object that it belongs to.
 *
 * @param context What cdk8s-cli knows.
 * @param places The objects.
 * @param defaultNamespace Namespace of objects without one.
 * @internal
 */
export function constructPaths(context: PluginContext, places: readonly FindingPlace[], defaultNamespace: string = 'default'): ConstructPaths {
  const recorded = new Map<string, string | undefined>();
  // Read in any case, since that removes it.
  for (const each of recordOf(context)) {
    const key = keyOf({ ...each, namespace: each.namespace ?? defaultNamespace });
    recorded.set(key, recorded.has(key) ? undefined : each.path);
  }
  const owners = places.length === 0 || recorded.size > 0 ? new Map<string, string>() : ownersIn(context, defaultNamespace);
  const pathOf = (place: FindingPlace) => {
    if (recorded.size > 0) return recorded.get(keyOf(place));
    if (owners.get(place.name) !== keyOf(place)) return undefined;
    // The construct that the user wrote: the child that holds its manifest is called `Resource`.
    return context.metadata[place.name].path.replace(/(\/Resource)+$/, '');
  };
  for (const place of places) {
    const path = pathOf(place);
    // The report looks names up in the same object.
    if (path !== undefined) Object.assign(context.metadata, { [longName(place)]: { path } });
  }
  return { pathOf, nameOf: longName };
}

function longName({ kind, namespace, name }: FindingPlace): string {
  return printable(`${kind} ${namespace}/${name}`);
}

function keyOf({ apiVersion, kind, namespace, name }: Omit<RecordedConstruct, 'path'>): string {
  return JSON.stringify([apiVersion, kind, namespace, name]);
}

/** The record is in the folder of the output, and manifests are there or in folders of charts. */
function recordOf({ manifests }: PluginContext): readonly RecordedConstruct[] {
  const folders = new Set(manifests.map((path) => dirname(resolve(path))).flatMap((folder) => [folder, dirname(folder)]));
  const file = [...folders].map((folder) => join(folder, CONSTRUCT_RECORD)).find((path) => existsSync(path));
  if (file === undefined) return [];
  const record = JSON.parse(readFileSync(file, 'utf8')) as RecordedConstruct[];
  rmSync(file);
  return record;
}

/** An object of a manifest that was written. */
interface WrittenObject {
  readonly file: string;
  readonly key: string;
}

/** The objects that the paths of cdk8s-cli belong to, by name. Kinds that no rule looks at count as well. */
function ownersIn(context: PluginContext, defaultNamespace: string): ReadonlyMap<string, string> {
  const named = new Map<string, WrittenObject[]>();
  for (const file of context.manifests) {
    for (const manifest of parsed(context, file)) {
      const { apiVersion, kind, metadata } = objectOf(manifest);
      const { name, namespace } = objectOf(metadata);
      const key = keyOf({
        apiVersion: stringOf(apiVersion) ?? '', kind: stringOf(kind) ?? '', namespace: stringOf(namespace) ?? defaultNamespace, name: stringOf(name) ?? '',
      });
      computeIfAbsent(named, stringOf(name) ?? '', () => []).push({ file, key });
    }
  }
  const known = [...named].filter(([name]) => Object.hasOwn(context.metadata, name));
  return new Map(known.flatMap(([name, objects]) => {
    const owner = ownerOf(context.metadata[name].path, objects);
    return owner === undefined ? [] : [[name, owner.key]];
  }));
}

/** Of several objects with a name, cdk8s knows the path of the one that it writes last. The order of files is not known, but a chart has the name of its file. */
function ownerOf(path: string, objects: readonly WrittenObject[]): WrittenObject | undefined {
  const files = new Set(objects.map(({ file }) => file));
  const [chart] = path.split('/');
  const file = files.size === 1 ? [...files][0] : [...files].find((each) => chartIn(each) === chart);
  const owner = objects.filter((object) => object.file === file).at(-1);
  const isRepeated = objects.filter((object) => object.key === owner?.key).length > 1;
  return isRepeated ? undefined : owner;
}

/** The chart of a file such as `models.k8s.yaml`, or `0001-models.k8s.yaml` where charts depend on each other. */
function chartIn(file: string): string {
  return basename(file).replace(/\..*$/, '').replace(/^\d{4}-/, '');
}

/** The reader of manifests reports what cannot be parsed. */
function parsed(context: PluginContext, path: string): readonly unknown[] {
  try {
    return context.parseManifest(path);
  } catch {
    return [];
  }
}
