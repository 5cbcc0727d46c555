import { NEWER_FIELDS } from '../../../scripts/import/newer-fields';
import { without } from '../../../scripts/import/overlay';
import { ApiServer } from '../harness/apiserver';
import { kubectlApply, kubectlDiff } from '../harness/kubectl';
import { groupOf, Manifest, nameOf, namespaceOf, parse } from '../harness/manifests';

const BYTES: Record<string, number> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };

/** A quantity of bytes, which Kubernetes writes with the largest unit that fits; other values as they are. */
function inBytes(value: unknown): unknown {
  const [, number, unit] = (typeof value === 'string' ? /^(\d+)(Ki|Mi|Gi|Ti)$/.exec(value) : null) ?? [];
  return unit === undefined ? value : Number(number) * BYTES[unit];
}

const isEmpty = (value: unknown): boolean => value === 0 || value === false || value === ''
  || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

/** Whether Kubernetes itself has the kind: it leaves out what is empty, and writes quantities its own way. */
const isBuiltIn = (object: Manifest): boolean => !groupOf(object).includes('.') || groupOf(object).endsWith('.k8s.io');

/** The paths at which something that was sent is not in what came back. */
export function lost(sent: unknown, got: unknown, path = '', builtIn = false): string[] {
  if (sent === null || sent === undefined) {
    return [];
  }
  if (builtIn && ((got === undefined && isEmpty(sent)) || (inBytes(sent) === inBytes(got)))) {
    return [];
  }
  if (Array.isArray(sent)) {
    return Array.isArray(got) && got.length === sent.length
      ? sent.flatMap((value, index) => lost(value, got[index], `${path}[${index}]`, builtIn))
      : [path];
  }
  if (typeof sent === 'object') {
    return got !== null && typeof got === 'object' && !Array.isArray(got)
      ? Object.entries(sent).flatMap(([key, value]) => lost(value, (got as Record<string, unknown>)[key], `${path}.${key}`, builtIn))
      : [path];
  }
  return sent === got ? [] : [path];
}

/** The namespaces that the objects live in. */
export const namespacesOf = (objects: readonly Manifest[]) => new Set(objects.map(namespaceOf));

/**
 * Whether Kubernetes accepts the manifests, and keeps them unchanged. The objects stay on the server.
 *
 * Returns what is wrong; nothing when all is well.
 */
export async function accepted(api: ApiServer, yaml: string): Promise<string[]> {
  const objects = parse(yaml);
  const findings: string[] = [];
  await api.ensureNamespaces(namespacesOf(objects));
  for (const { sent, returned, refused } of await api.apply(objects)) {
    if (refused !== undefined) {
      findings.push(`${nameOf(sent)} is refused: ${refused}`);
    }
    findings.push(...(returned === undefined ? [] : lost(sent, returned, '', isBuiltIn(sent))).map((path) => `${nameOf(sent)}: the server does not keep ${path}`));
  }
  if (findings.length > 0) {
    return findings;
  }

  const versions = () => Promise.all(objects.map(async (object) => (await api.get(object))?.metadata.resourceVersion));
  const before = await versions();
  const again = await kubectlApply(api, yaml);
  if (again.code !== 0) {
    findings.push(`kubectl apply, the second time: ${again.stderr}`);
  }
  const after = await versions();
  objects.forEach((object, index) => {
    if (before[index] !== after[index]) {
      findings.push(`${nameOf(object)} changes when it is applied again: resourceVersion ${before[index]}, then ${after[index]}`);
    }
  });
  const diff = await kubectlDiff(api, yaml);
  if (diff.code !== 0 || diff.stdout !== '') {
    findings.push(`kubectl diff is not empty:\n${diff.stdout}${diff.stderr}`);
  }
  return findings;
}

/**
 * Whether the CRDs as released refuse nothing but the newer fields. Only a dry run.
 *
 * The newer fields are removed: what remains must be accepted; and with them it must be refused, else they are
 * not newer.
 */
export async function acceptedAsReleased(released: ApiServer, yaml: string): Promise<string[]> {
  const objects = parse(yaml).filter((object) => groupOf(object) === 'mlops.seldon.io');
  const findings: string[] = [];
  await released.ensureNamespaces(namespacesOf(objects));
  for (const object of objects) {
    const plain = without(object, NEWER_FIELDS);
    const [bare] = await released.apply([plain], { dryRun: true });
    if (bare.refused !== undefined) {
      findings.push(`${nameOf(object)} without its newer fields is refused by the CRDs as released: ${bare.refused}`);
    }
    if (JSON.stringify(plain) !== JSON.stringify(object)) {
      const [whole] = await released.apply([object], { dryRun: true });
      if (whole.refused === undefined) {
        findings.push(`${nameOf(object)} has fields that are listed as newer, but the CRDs as released know them`);
      }
    }
  }
  return findings;
}
