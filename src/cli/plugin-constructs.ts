import { PluginContext } from './plugin-context';
import { objectOf, stringOf } from '../cluster/json';
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
 * get the path of the later one. Here, objects have longer names, and only names that no other object has are looked up.
 *
 * @param context What cdk8s-cli knows.
 * @param places The objects.
 * @internal
 */
export function constructPaths(context: PluginContext, places: readonly FindingPlace[]): ConstructPaths {
  const counts = places.length === 0 ? new Map<string, number>() : namesIn(context);
  const pathOf = ({ name }: FindingPlace) => (counts.get(name) === 1 && Object.hasOwn(context.metadata, name)
    // The construct that the user wrote: the child that holds its manifest is called `Resource`.
    ? context.metadata[name].path.replace(/(\/Resource)+$/, '') : undefined);
  for (const place of places) {
    const path = pathOf(place);
    // The report looks names up in the same object.
    if (path !== undefined) Object.assign(context.metadata, { [longName(place)]: { path } });
  }
  return { pathOf, nameOf: longName };
}

function longName({ kind, namespace, name }: FindingPlace): string {
  return `${kind} ${namespace}/${name}`;
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
