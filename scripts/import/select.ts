import { parseAllDocuments } from 'yaml';
import { Crd, CrdVersion, Source } from './crd';
import { Kind } from './kinds';
import { indentQuotedLines } from './quoted-lines';

/** A CRD and its origin. */
export interface FoundCrd {
  readonly crd: Crd;
  readonly origin: string;
}

/**
 * Finds the CRD of each kind in use and reduces it to the version in use. With a single version, `cdk8s import` adds no version suffix
 * to type names, so these do not depend on the other versions that a release serves.
 *
 * @throws when a kind or version is missing or ambiguous; the message lists all of them.
 */
export function selectCrds(sources: readonly Source[], wanted: readonly Kind[]): Crd[] {
  const found = sources.flatMap(parseCrds);
  const problems: string[] = [];
  const selected: Crd[] = [];
  for (const kind of wanted) {
    const ofKind = found.filter(({ crd }) => crd.spec.group === kind.group && crd.spec.names.kind === kind.kind);
    const served = ofKind.filter(({ crd }) => versionsOf(crd).includes(kind.version));
    const versions = ofKind.flatMap(({ crd }) => versionsOf(crd));
    if (ofKind.length === 0) {
      problems.push(`${nameOf(kind)} is missing`);
    } else if (served.length === 0) {
      problems.push(`${nameOf(kind)} is missing: got the kind with ${versions.length > 0 ? versions.join(', ') : 'no served version'}`);
    } else if (served.length > 1) {
      problems.push(`${nameOf(kind)} is there ${served.length} times: in ${served.map(({ origin }) => origin).join(' and ')}`);
    } else {
      selected.push(onlyVersion(served[0].crd, kind.version));
    }
  }
  if (problems.length > 0) {
    throw new Error(`these CRDs do not fit the kinds that the library uses, each of which is expected once:\n  ${problems.join('\n  ')}`);
  }
  return selected;
}

/** The CRDs of a file. */
export function parseCrds(source: Source): FoundCrd[] {
  return parseManifests(source).flatMap((manifest) => {
    // `kubectl get crds -o yaml` wraps the CRDs in one List
    const manifests: any[] = manifest?.kind === 'List' ? manifest.items ?? [] : [manifest];
    return manifests.filter(isCrd).map((crd) => ({ crd, origin: source.origin }));
  });
}

/** The manifests of a file, whose indentation may be one that only kubectl accepts. */
function parseManifests({ origin, text }: Source): any[] {
  const plain = dropTemplateLines(text);
  const asWritten = parseAllDocuments(plain);
  const error = asWritten.flatMap(({ errors }) => errors).at(0);
  if (error === undefined) return asWritten.map((document) => document.toJS());
  const indented = parseAllDocuments(indentQuotedLines(plain));
  if (indented.some(({ errors }) => errors.length > 0)) throw new Error(`${origin} is not valid YAML: ${error.message.trim()}`);
  return indented.map((document) => document.toJS());
}

/**
 * Seldon Core 1 publishes its CRD only in a Helm template. The template lines affect only labels, annotations and conditions, so without
 * them it is a plain CRD.
 */
function dropTemplateLines(text: string): string {
  return text.split('\n').filter((line) => !line.includes('{{')).join('\n');
}

function isCrd(manifest: any): manifest is Crd {
  return manifest?.kind === 'CustomResourceDefinition' && manifest.spec?.group !== undefined && manifest.spec?.names?.kind !== undefined;
}

function versionsOf(crd: Crd): string[] {
  return (crd.spec.versions ?? []).filter(isUsable).map((version) => version.name);
}

/** Without a schema `cdk8s import` would generate a class that drops the whole spec. */
function isUsable(version: CrdVersion): boolean {
  return version.served !== false && version.schema?.openAPIV3Schema?.properties?.spec !== undefined;
}

function onlyVersion(crd: Crd, name: string): Crd {
  return { ...crd, spec: { ...crd.spec, versions: crd.spec.versions?.filter((version) => version.name === name) } };
}

function nameOf(kind: Kind): string {
  return `${kind.kind} (${kind.group}/${kind.version})`;
}
