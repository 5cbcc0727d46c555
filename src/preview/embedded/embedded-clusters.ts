import { keptFields } from './kept-fields';
import { readPositions, writePositions } from './positions';
import { RequestInput } from '../../answers/input/request-input';
import { Cluster, ClusterSettings } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { JsonObject } from '../../cluster/json';

/**
 * The data with which a page answers requests, as JSON.
 *
 * @internal
 */
export interface EmbeddedData {
  /** The objects of all clusters and states, each once. */
  readonly objects: readonly EmbeddedObject[];
  /** The clusters. */
  readonly clusters: readonly EmbeddedCluster[];
  /** Requests that the page offers. */
  readonly examples: readonly EmbeddedExample[];
}

/**
 * An object, as far as answers depend on it.
 *
 * @internal
 */
export interface EmbeddedObject {
  /** Its fields. */
  readonly manifest: JsonObject;
  /** Its namespace, if the manifest has none. */
  readonly namespace: string;
  /** The file in which it was read. */
  readonly file?: string;
  /** The positions of its fields. */
  readonly positions: readonly number[];
}

/**
 * A cluster.
 *
 * @internal
 */
export interface EmbeddedCluster {
  /** Its name. */
  readonly name: string;
  /** What the objects do not tell. */
  readonly settings: ClusterSettings;
  /** The indices of its objects. */
  readonly objects: readonly number[];
  /** The indices of its objects before the change, if there is one. */
  readonly before?: readonly number[];
}

/**
 * A request that a reader can try.
 *
 * @internal
 */
export interface EmbeddedExample {
  /** The index of the cluster. */
  readonly cluster: number;
  /** The request. */
  readonly input: RequestInput;
}

/**
 * Collects the objects of clusters.
 *
 * @internal
 */
export class EmbeddedObjects {
  private readonly indices = new Map<string, number>();
  private readonly objects: EmbeddedObject[] = [];

  /** The objects so far. */
  public get all(): readonly EmbeddedObject[] {
    return this.objects;
  }

  /** Adds the objects of a cluster, and returns their indices. */
  public add({ objects }: Cluster): readonly number[] {
    return objects.flatMap((object) => {
      const manifest = keptFields(object);
      return manifest === undefined ? [] : [this.indexOf(embedded(object, manifest))];
    });
  }

  private indexOf(object: EmbeddedObject): number {
    const key = JSON.stringify(object);
    const known = this.indices.get(key);
    if (known !== undefined) return known;
    this.indices.set(key, this.objects.length);
    return this.objects.push(object) - 1;
  }
}

function embedded({ namespace, origin }: ClusterObject, manifest: JsonObject): EmbeddedObject {
  return { manifest, namespace, file: origin.file, positions: writePositions(manifest, origin.position) };
}

/**
 * A cluster with embedded objects.
 *
 * @internal
 */
export function clusterOf({ objects }: EmbeddedData, indices: readonly number[], settings: ClusterSettings): Cluster {
  return new Cluster(indices.map((i) => {
    const { manifest, namespace, file, positions } = objects[i];
    return new ClusterObject(manifest, { file, position: readPositions(manifest, positions) }, namespace);
  }), settings);
}
