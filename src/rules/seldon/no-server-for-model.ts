import { core2Example, examples, modelOf } from './examples';
import { chartServerFor, replicasOf, requirementsOf, serversByNamespace, ServerView } from './server-inventory';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { stringOf, stringsOf } from '../../cluster/json';
import { findCapability } from '../../objects/core2/capability-aliases';
import { show } from '../../plan/checks/errors';
import { computeIfAbsent } from '../../plan/groups';
import { NearNames } from '../../plan/near-names';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

/** A Model that no Server can load. */
export const noServerForModel: Rule = {
  id: 'no-server-for-model',
  level: Level.WARNING,
  title: 'A Model that no Server can load',
  page: {
    explanation: `
A Server can load a Model if it has all capabilities that the Model requires: \`requirements\`, \`modelType\`, and \`alibi-explain\` for an explainer.
Seldon compares them exactly. Each replica of the Model needs a replica of the Server.

The rule compares a Model with the Servers of its namespace if some of them are among the manifests and all their capabilities are known. Others
may be in another file, so it is a warning, and information if a Server that Seldon's chart installs could load the Model. Without a Server the
rule reports only requirements that are nearly the capability of a Server of the chart.`,
    wrong: examples(core2Example('Server', 'mlserver', '  serverConfig: mlserver'), modelOf('fashion', 'fashion-runtime')),
    right: examples(core2Example('Server', 'mlserver', '  serverConfig: mlserver\n  extraCapabilities: [fashion-runtime]'), modelOf('fashion', 'fashion-runtime')),
  },
  check: (cluster: Cluster) => {
    const inventories = new Map<string, Inventory>();
    return cluster.all(ClusterKind.MODEL).flatMap((object) => {
      const { namespace } = object;
      const inventory = computeIfAbsent(inventories, namespace, () => new Inventory(cluster.derived(serversByNamespace).get(namespace) ?? []));
      return inventory.problemsOf(object);
    });
  },
};

/** The Servers of a namespace. Models with the same requirements are compared once. */
class Inventory {
  private readonly found = new Map<string, readonly ServerView[]>();
  private readonly isKnown: boolean;
  private readonly capabilities: ReadonlySet<string>;
  private readonly byName: ReadonlyMap<string, ServerView>;
  private readonly names: NearNames;

  public constructor(private readonly servers: readonly ServerView[]) {
    this.isKnown = servers.length > 0 && servers.every(({ capabilities }) => capabilities !== undefined);
    this.capabilities = new Set(servers.flatMap(({ capabilities }) => [...capabilities ?? []]));
    this.byName = new Map(servers.map((server) => [server.object.name, server]));
    this.names = new NearNames([...this.byName.keys()]);
  }

  public problemsOf(object: ClusterObject): Problem[] {
    if (object.isChecked && this.servers.length === 0) return [];
    const requirements = requirementsOf(object.spec);
    const misspelled = this.misspelled(object);
    if (misspelled.length > 0) return misspelled;
    const pinned = stringOf(object.spec.server);
    if (pinned !== undefined) return this.servers.length === 0 ? [] : this.judgePinned(object, pinned, requirements);
    return this.isKnown ? this.judge(object, requirements) : [];
  }

  private judgePinned(object: ClusterObject, name: string, requirements: readonly string[]): Problem[] {
    const field = ['spec', 'server'];
    const server = this.byName.get(name);
    if (server === undefined) {
      const near = this.names.find(name);
      return [{
        object,
        field,
        problem: `the Model is for Server ${object.namespace}/${name}, which does not exist`,
        remedy: near === undefined ? 'create the Server, or add the file that holds it as context' : `did you mean ${show(near)}?`,
      }];
    }
    const missing = requirements.filter((each) => server.capabilities?.has(each) === false);
    if (missing.length === 0) return this.judgeReplicas(object, [server]);
    return [{
      object,
      field,
      problem: `${server.object} does not have ${missing.map(show).join(' and ')}, which the Model requires`,
      remedy: 'add it to extraCapabilities of the Server, or change the requirements of the Model',
      related: [{ object: server.object }],
    }];
  }

  private judge(object: ClusterObject, requirements: readonly string[]): Problem[] {
    const matching = computeIfAbsent(this.found, [...requirements].sort().join(','), () => (
      this.servers.filter(({ capabilities }) => requirements.every((each) => capabilities!.has(each)))
    ));
    if (matching.length > 0) return this.judgeReplicas(object, matching);
    const chart = chartServerFor(requirements);
    const problem = `no known Server in namespace ${object.namespace} has ${requirements.length > 1 ? 'all of ' : ''}${requirements.map(show).join(', ')}, which the Model requires`;
    const place = { object, field: object.spec.requirements === undefined ? ['spec'] : ['spec', 'requirements'] };
    if (chart !== undefined && !this.byName.has(chart)) {
      return [{ ...place, level: Level.INFO, problem, remedy: `if Server ${show(chart)} of Seldon's chart is in the namespace, add it as context` }];
    }
    return [{ ...place, problem, remedy: 'give a Server the capabilities, change the requirements, or add the file with the Server as context' }];
  }

  private judgeReplicas(object: ClusterObject, matching: readonly ServerView[]): Problem[] {
    const replicas = replicasOf(object.spec);
    const largest = matching.reduce((a, b) => (b.maximum > a.maximum ? b : a));
    if (largest.maximum >= replicas) return [];
    return [{
      object,
      field: ['spec', object.spec.replicas === undefined ? 'minReplicas' : 'replicas'],
      problem: `the Model has ${replicas} replicas, each of which needs a replica of a Server, and ${largest.object}, the largest that can load it, has ${largest.maximum}`,
      remedy: 'reduce the replicas of the Model, or increase those of the Server',
      related: [{ object: largest.object }],
    }];
  }

  /** Requirements that are nearly the capability of a Server of Seldon's chart. */
  private misspelled(object: ClusterObject): Problem[] {
    return stringsOf(object.spec.requirements).flatMap((requirement, i) => {
      const intended = this.capabilities.has(requirement.trim()) ? undefined : findCapability(requirement.trim());
      if (intended === undefined) return [];
      return [{
        object,
        field: ['spec', 'requirements', i],
        problem: `the Model requires ${show(requirement)}, which no Server of Seldon's chart has`,
        remedy: `did you mean ${show(intended)}?`,
      }];
    });
  }
}
