import { Allowance, ALLOWANCES } from '../allowances';
import { namespacesOf } from './accepted';
import { ApiServer } from '../harness/apiserver';
import { gatewayNodes, secretsOf } from '../harness/gateways';
import { analyzeCluster, analyzeFiles, Message, validate } from '../harness/istioctl';
import { certificateSecrets } from '../harness/istiod';
import { nameOf, parse } from '../harness/manifests';
import { servicesOf, StandIn } from '../harness/services';
import { clusterObjects } from '../harness/standins';

const describe = (who: string, message: Message) =>
  `${who}: ${[message.code, message.level, message.origin].filter((part) => part !== undefined).join(' ')} ${message.message}`;

const used = new Set<Allowance>();

function isAllowed(message: Message): boolean {
  const found = ALLOWANCES.filter((one) => one.code === message.code && one.origin.test(message.origin ?? ''));
  found.forEach((one) => used.add(one));
  return found.length > 0;
}

/** The allowances that nothing has needed so far. */
export const unusedAllowances = () => ALLOWANCES.filter((one) => !used.has(one));

/** Findings of `istioctl` about the manifests alone. */
export async function cleanFiles(yaml: string): Promise<string[]> {
  const [validated, analyzed] = await Promise.all([validate(yaml), analyzeFiles(yaml)]);
  return [
    ...validated.map((message) => describe('istioctl validate', message)),
    ...analyzed.filter((message) => !isAllowed(message)).map((message) => describe('istioctl analyze, files', message)),
  ];
}

/** Findings of `istioctl analyze` about a cluster with the manifests and what they need. The cluster is emptied. */
export async function cleanCluster(api: ApiServer, yaml: string, known: readonly Omit<StandIn, 'subsets'>[] = []): Promise<string[]> {
  const objects = parse(yaml);
  const needed = clusterObjects(objects, servicesOf(objects, known), gatewayNodes(objects), await certificateSecrets(secretsOf(objects)));
  const all = [...objects, ...needed];
  try {
    await api.ensureNamespaces(new Set([...namespacesOf(all), 'default']));
    const refused = (await api.apply(all)).filter((one) => one.refused !== undefined);
    if (refused.length > 0) {
      return refused.map((one) => `${nameOf(one.sent)} is refused: ${one.refused}`);
    }
    return (await analyzeCluster(api)).filter((message) => !isAllowed(message)).map((message) => describe('istioctl analyze, cluster', message));
  } finally {
    await api.remove(all);
  }
}
