import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { objectsIn } from './app-objects';
import { Cluster, ClusterSettings } from '../cluster/cluster';
import { JsonObject, objectOf } from '../cluster/json';
import { missingAnnotations, syncOrderOf } from '../gitops/argo-cd/sync-waves';

/**
 * Annotates the objects of an app for Argo CD: the wave, unless it is 0, and that they are deleted last. Annotations that an object has
 * take precedence.
 *
 * @param constructs Constructs of one cluster.
 * @param settings What the objects do not tell.
 * @param isUnchanged Whether a construct of this library writes an object as it is.
 * @internal
 */
export function annotateSyncWaves(constructs: readonly IConstruct[], settings: ClusterSettings, isUnchanged: (object: ApiObject) => boolean): void {
  const objects = objectsIn(constructs, isUnchanged, false);
  const cluster = new Cluster(objects.map(({ object }) => object), settings);
  for (const { object, at: { metadata } } of objects) {
    const own = objectOf((metadata.toJson() as JsonObject | undefined)?.annotations);
    for (const [name, value] of Object.entries(missingAnnotations(own, syncOrderOf(cluster, object)))) metadata.addAnnotation(name, value);
  }
}
