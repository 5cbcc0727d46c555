import { existsSync, readFileSync, rmSync } from 'fs';
import { dirname, join, resolve } from 'path';
import { PluginContext } from './plugin-context';
import { objectOf, stringOf } from '../cluster/json';
import { CONSTRUCT_RECORD, RecordedConstruct } from '../plan/construct-record';
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
 * get the path of the later one. Here, objects have longer names, and their constructs come from the record that this library writes, or else
 * from cdk8s-cli if no other object has the name.
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
  const counts = places.length === 0 || recorded.size > 0 ? new Map<string, number>() : namesIn(context);
  const pathOf = (place: FindingPlace) => {
    if (recorded.size > 0) return recorded.get(keyOf(place));
    if (counts.get(place.name) !== 1 || !Object.hasOwn(context.metadata, place.name)) return undefined;
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

/** How many objects of an app have a name, those included that no rule looks at. */
function namesIn(context: PluginContext): Map<string, number> {
  const counts = new Map<string, number>();
  for (const manifest of context.manifests.flatMap((path) => parsed(context, path))) {
    const name = stringOf(objectOf(objectOf(manifest).metadata).name);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** The reader of manifests reports what cannot be parsed. */
function parsed(context: PluginContext, path: string): readonly unknown[] {
  try {
    return context.parseManifest(path);
  } catch {
    return [];
  }
}
