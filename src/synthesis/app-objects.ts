import { ApiObject, ApiObjectMetadataDefinition } from 'cdk8s';
import { IConstruct } from 'constructs';
import { ClusterKind, ClusterObject } from '../cluster/cluster-object';
import { factsAbout } from '../cluster/facts';
import { JsonObject, objectOf } from '../cluster/json';
import { isPatched } from '../mesh/written-objects';
import { pathOf } from '../plan/checks/errors';

const KINDS: ReadonlySet<string> = new Set(Object.values(ClusterKind));

/**
 * An object of an app, as rules see it.
 *
 * @internal
 */
export interface AppObject {
  /** The object. */
  readonly object: ClusterObject;
  /** The construct that writes it. */
  readonly at: ApiObject;
  /** Whether a construct of this library writes it, without patches, so that it has been checked already. */
  readonly isChecked: boolean;
}

/**
 * Reads the objects that rules look at, as they will be written. Objects of this library's constructs are read when a rule needs more
 * than their names.
 *
 * @param constructs Constructs, of which ApiObjects are read.
 * @param isChecked Whether a construct of this library writes an object.
 * @param hasAcceptances Whether findings about parts of the app are accepted, so that those about these objects matter too.
 * @internal
 */
export function objectsIn(constructs: readonly IConstruct[], isChecked: (object: ApiObject) => boolean, hasAcceptances: boolean): AppObject[] {
  return constructs.filter((construct): construct is ApiObject => ApiObject.isApiObject(construct)).flatMap((at): AppObject[] => {
    const { apiGroup, kind, apiVersion, metadata, name } = at;
    if (!KINDS.has(`${apiGroup}/${kind}`)) return [];
    const origin = { construct: pathOf(at) };
    if (!isChecked(at)) {
      const patched = isPatched(at) ? { facts: { isPatched: true } } : {};
      return [{ at, isChecked: false, object: new ClusterObject(at.toJson() as JsonObject, { ...origin, ...patched }) }];
    }
    const annotations = annotationsOf(metadata);
    const facts = factsAbout(at);
    const object = ClusterObject.lazily({
      type: { apiVersion, kind },
      name,
      namespace: metadata.namespace,
      isChecked: !hasAcceptances && Object.keys(annotations).length === 0,
      annotations: () => annotations,
      manifest: () => at.toJson() as JsonObject,
    }, { ...origin, facts });
    return [{ at, isChecked: true, object }];
  });
}

/** The part of an object's metadata that holds its annotations. */
interface Annotated {
  readonly annotations?: object;
}

const NONE: JsonObject = {};

/** Most objects have no annotations, and it takes time to resolve the metadata. */
function annotationsOf(metadata: ApiObjectMetadataDefinition): JsonObject {
  const { annotations } = metadata as object as Annotated;
  return annotations !== undefined && Object.keys(annotations).length === 0 ? NONE : objectOf((metadata.toJson() as JsonObject).annotations);
}
