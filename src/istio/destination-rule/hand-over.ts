import { ApiObject, JsonPatch } from 'cdk8s';
import { Dependable, IConstruct } from 'constructs';
import { patchesOf } from '../../mesh/written-objects';

/**
 * Hands everything that an app has changed in the object of a construct over to that of another one, which takes its place: patches,
 * labels, annotations and dependencies. Later patches of the removed object, and dependencies on it, lead to the new one.
 *
 * @param from The construct that is no longer part of the tree.
 * @param to The construct that takes its place.
 * @internal
 */
export function handOver(from: IConstruct, to: IConstruct): void {
  const [removed, object] = [ApiObject.of(from), ApiObject.of(to)];
  object.addJsonPatch(...patchesOf(removed));
  removed.addJsonPatch = (...patches: JsonPatch[]) => object.addJsonPatch(...patches);
  const { metadata } = removed;
  for (const [name, value] of added(from, 'labels')) object.metadata.addLabel(name, value);
  for (const [name, value] of added(from, 'annotations')) object.metadata.addAnnotation(name, value);
  metadata.addLabel = (name, value) => object.metadata.addLabel(name, value);
  metadata.addAnnotation = (name, value) => object.metadata.addAnnotation(name, value);
  for (const [source, target] of [[from, to], [removed, object]]) {
    target.node.addDependency(...source.node.dependencies);
    // The target may be replaced as well.
    Dependable.implement(source, { get dependencyRoots() { return Dependable.of(target).dependencyRoots; } });
  }
}

type Entries = { readonly [name: string]: string };

/** The labels and annotations with which objects were created. */
const CREATED = new WeakMap<IConstruct, { readonly labels?: Entries; readonly annotations?: Entries }>();

/**
 * Remembers the labels and annotations with which the object of a construct is created, so that those which the app adds are known.
 *
 * @internal
 */
export function rememberMetadata(construct: IConstruct): void {
  CREATED.set(construct, ApiObject.of(construct).metadata.toJson());
}

function added(construct: IConstruct, field: 'labels' | 'annotations'): [string, string][] {
  const created = CREATED.get(construct)?.[field] ?? {};
  const now: Entries = ApiObject.of(construct).metadata.toJson()[field] ?? {};
  return Object.entries(now).filter(([name, value]) => created[name] !== value);
}
