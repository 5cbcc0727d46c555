import { InvalidField } from './faults';
import { SCHEMAS_OF_KINDS } from './schema-table';
import { kindOf } from '../../cluster/cluster-object';
import { JsonObject } from '../../cluster/json';
import { meantType } from '../../cluster/meant-type';
import { show } from '../../plan/checks/errors';
import { computeIfAbsent } from '../../plan/groups';
import { byText } from '../../plan/text-order';

/** Older versions that the CRD of Seldon's operator serves. */
const WITHOUT_SCHEMA = ['machinelearning.seldon.io/v1alpha2/SeldonDeployment', 'machinelearning.seldon.io/v1alpha3/SeldonDeployment'];

/** The API versions of each group and kind, as manifests have them. */
const VERSIONS = new Map<string, string[]>();
for (const key of [...Object.keys(SCHEMAS_OF_KINDS), ...WITHOUT_SCHEMA].sort(byText)) {
  const [group, version, kind] = key.split('/');
  computeIfAbsent(VERSIONS, `${group}/${kind}`, () => []).push(`${group}/${version}`);
}

/**
 * Finds an API version or a kind that does not exist.
 *
 * @internal
 */
export function typeFaultsOf(manifest: JsonObject): InvalidField[] {
  const type = kindOf(manifest);
  const [apiVersion, kind] = [String(manifest.apiVersion), String(manifest.kind)];
  const meant = meantType(type);
  const [, meantKind] = (meant ?? type).split('/');
  if (meantKind !== kind) {
    return [{ field: ['kind'], problem: `is ${show(kind)}, and ${apiVersion} has no such kind`, remedy: `did you mean ${show(meantKind)}?` }];
  }
  const versions = VERSIONS.get(meant ?? type);
  if (versions === undefined || versions.includes(apiVersion)) return [];
  // A version sorts before its alpha and beta versions.
  return [{ field: ['apiVersion'], problem: `is ${show(apiVersion)}, which has no kind ${kind}`, remedy: `write ${versions[0]}`, isPerhapsNewer: true }];
}
