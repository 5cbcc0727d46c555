import { core2Example } from './examples';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { stringOf } from '../../cluster/json';
import { show } from '../../plan/checks/errors';
import { isNearMiss } from '../../plan/checks/near-miss';
import { NearNames } from '../../plan/near-names';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

/** The ServerConfigs of Seldon's chart. */
const CHART = ['mlserver', 'triton'];

/** A Server whose ServerConfig does not exist. */
export const unknownServerConfig: Rule = {
  id: 'unknown-server-config',
  level: Level.WARNING,
  title: 'A Server whose ServerConfig does not exist',
  page: {
    explanation: `
A Server is made from a ServerConfig in the namespace of Seldon's operator, whichever namespace the Server is in. Seldon's chart installs
\`mlserver\` and \`triton\`. The operator creates no pods for a Server with any other name.

The rule is silent if no ServerConfig is among the manifests, unless the name is nearly that of one of the chart.`,
    wrong: core2Example('Server', 'mlserver-gpu', '  serverConfig: mlservr'),
    right: core2Example('Server', 'mlserver-gpu', '  serverConfig: mlserver'),
  },
  check: (cluster: Cluster) => {
    const known = new Set(cluster.all(ClusterKind.SERVER_CONFIG).map(({ name }) => name));
    const near = new NearNames([...known, ...CHART]);
    return cluster.all(ClusterKind.SERVER).flatMap((object) => problemsOf(object, known, near));
  },
};

function problemsOf(object: ClusterObject, known: ReadonlySet<string>, names: NearNames): Problem[] {
  const name = stringOf(object.spec.serverConfig);
  if (name === undefined || known.has(name) || CHART.includes(name)) return [];
  if (known.size === 0 && !CHART.some((each) => isNearMiss(name, each))) return [];
  const near = names.find(name);
  return [{
    object,
    field: ['spec', 'serverConfig'],
    problem: `ServerConfig ${show(name)} does not exist`,
    remedy: near === undefined ? 'create the ServerConfig in the namespace of Seldon\'s operator, or add the file that holds it as context' : `did you mean ${show(near)}?`,
  }];
}
