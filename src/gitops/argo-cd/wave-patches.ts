import { missingAnnotations, syncOrderOf } from './sync-waves';
import { Cluster } from '../../cluster/cluster';
import { ClusterObject } from '../../cluster/cluster-object';
import { byText } from '../../plan/text-order';

/**
 * A patch of kustomize that annotates one object.
 *
 * @internal
 */
export interface WavePatch {
  /** The object. */
  readonly target: { readonly group?: string; readonly kind: string; readonly name: string; readonly namespace?: string };
  /** The patch, as YAML. */
  readonly patch: string;
}

/**
 * Patches that annotate the objects of a cluster for Argo CD, for a `kustomization.yaml`. Annotations that an object has take precedence.
 *
 * @internal
 */
export function syncWavePatches(cluster: Cluster): readonly WavePatch[] {
  const objects = [...new Map(cluster.objects.map((object) => [`${object.type} ${object}`, object])).entries()].sort(([a], [b]) => byText(a, b));
  return objects.flatMap(([, object]) => {
    const annotations = Object.entries(missingAnnotations(object.annotations, syncOrderOf(cluster, object))).map(([name, value]) => `    ${name}: "${value}"`);
    return annotations.length === 0 ? [] : [{ target: targetOf(object), patch: patchOf(object, annotations) }];
  });
}

function targetOf({ type, kind, name, metadata }: ClusterObject): WavePatch['target'] {
  const group = type.slice(0, type.indexOf('/'));
  return { ...group === 'core' ? {} : { group }, kind, name, ...typeof metadata.namespace === 'string' ? { namespace: metadata.namespace } : {} };
}

function patchOf({ manifest, kind, name }: ClusterObject, annotations: readonly string[]): string {
  return [`apiVersion: ${String(manifest.apiVersion)}`, `kind: ${kind}`, 'metadata:', `  name: ${name}`, '  annotations:', ...annotations, ''].join('\n');
}
