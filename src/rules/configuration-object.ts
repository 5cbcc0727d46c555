import { globOf } from './glob';
import { Cluster } from '../cluster/cluster';
import { ClusterObject } from '../cluster/cluster-object';
import { FieldPath, JsonObject, listOf, objectOf, stringOf } from '../cluster/json';
import { Origin } from '../cluster/origin';
import { DOMAIN } from '../plan/annotations';

const API_VERSION = `${DOMAIN}/v1`;
const KIND = 'Configuration';

/**
 * The configuration of a project as one more object of the cluster, so that findings can point into its file.
 *
 * @param configuration Its content.
 * @param file Name of the file.
 * @param position Finds the position of a field in it.
 * @internal
 */
export function configurationObject(configuration: JsonObject, file: string, position?: Origin['position']): ClusterObject {
  return new ClusterObject({ ...configuration, apiVersion: API_VERSION, kind: KIND, metadata: { name: file } }, { file, position }, '');
}

/**
 * An entry of the configuration that accepts findings. Of objects, those are meant that have all of the given properties.
 *
 * @internal
 */
export interface ConfiguredAcceptance {
  /** The configuration. */
  readonly object: ClusterObject;
  /** The entry in it. */
  readonly field: FieldPath;
  /** Name of the rule. */
  readonly rule: string;
  /** Why the findings are accepted. */
  readonly reason: string;
  /** Whether it is about an object. */
  isAbout(object: ClusterObject): boolean;
}

/**
 * The entries of the configuration that accept findings, by rule.
 *
 * @internal
 */
export function configuredAcceptances(cluster: Cluster): ReadonlyMap<string, readonly ConfiguredAcceptance[]> {
  const acceptances = new Map<string, ConfiguredAcceptance[]>();
  for (const object of cluster.objects.filter(({ type }) => type === `${DOMAIN}/${KIND}`)) {
    listOf(object.manifest.accept).forEach((entry, i) => {
      const { rule, reason, kind, namespace, name, file } = objectOf(entry);
      const [id, text] = [stringOf(rule), stringOf(reason)];
      if (id === undefined || text === undefined) return;
      const [isKind, isNamespace, isName, isFile] = [kind, namespace, name, file].map((pattern) => globOf(stringOf(pattern)));
      const isAbout = (other: ClusterObject) => isKind(other.kind) && isNamespace(other.namespace) && isName(other.name) && isFile(other.origin.file ?? '');
      acceptances.set(id, [...acceptances.get(id) ?? [], { object, field: ['accept', i], rule: id, reason: text, isAbout }]);
    });
  }
  return acceptances;
}
