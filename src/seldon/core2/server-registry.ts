import { IConstruct } from 'constructs';
import { ServerCapability } from './capability';
import { KnownModel, KnownServer, startOf } from './known-servers';
import { ModelProps } from './model-props';
import { namespaceKey, namespaceName } from './namespace-key';
import { ServerMatcher } from './server-matcher';
import { Finding, reportFindings } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { Warnings } from '../../mesh/warnings';
import { findCapability } from '../../objects/core2/capability-aliases';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { computeIfAbsent } from '../../plan/groups';

/** A registered Model. */
interface Registered extends IConstruct {
  readonly modelName: string;
  readonly modelNamespace?: string;
}

/** What is known of a namespace. */
interface NamespaceServers {
  readonly label: string;
  readonly servers: Map<string, KnownServer>;
  readonly models: Map<string, KnownModel>;
  /** Models by the Server that they name. */
  readonly pinned: Map<string, KnownModel[]>;
  isComplete: boolean;
}

/**
 * The Models of a mesh and the Servers that can load them.
 *
 * @internal
 */
export class ServerRegistry {
  /** The registry of a construct's mesh. */
  public static of(construct: IConstruct): ServerRegistry {
    return Mesh.of(construct)._part('servers', (scope) => new ServerRegistry(scope));
  }

  private readonly namespaces = new Map<string, NamespaceServers>();
  private readonly maxima = new Map<string, number>();
  private readonly unscaled = new Set<string>();

  private constructor(scope: IConstruct) {
    reportFindings(scope, () => this.validate());
    Warnings._later(scope, () => this.warnOfOtherNames());
  }

  /** Adds a Server: one of this app, or an existing one. */
  public addServer(at: IConstruct, server: KnownServer): void {
    const { servers } = this.namespaceOf(at, server.namespace);
    const known = servers.get(server.name);
    // A Server of this app replaces references to it, which know less.
    if (known === undefined || known.scaling === undefined) servers.set(server.name, server);
  }

  /** Adds a Model of this app. */
  public addModel(at: Registered, props: ModelProps): void {
    const { server, replicas, minReplicas, maxReplicas } = props;
    const { models, pinned } = this.namespaceOf(at, at.modelNamespace);
    const model = {
      at,
      name: at.modelName,
      namespace: at.modelNamespace,
      requirements: requirementsOf(props),
      server,
      scaling: { replicas, minReplicas, maxReplicas },
    };
    models.set(at.modelName, model);
    if (server !== undefined) computeIfAbsent(pinned, server, () => []).push(model);
  }

  /** Declares that a namespace has no other Servers than the known ones. */
  public declareComplete(at: IConstruct, namespace: string | undefined): void {
    this.namespaceOf(at, namespace).isComplete = true;
  }

  /** Registers the maximum number of replicas that an autoscaler sets for a Model or a Server. */
  public scale(at: IConstruct, kind: string, name: string, namespace: string | undefined, maximum: number): void {
    this.maxima.set(`${kind} ${namespaceKey(at, namespace)}/${name}`, maximum);
  }

  /** Registers that Seldon does not scale the Servers of a namespace. */
  public keepSize(at: IConstruct, namespace: string | undefined): void {
    this.unscaled.add(namespaceKey(at, namespace));
  }

  /** A Model of this app; undefined for an existing one. */
  public findModel(at: IConstruct, namespace: string | undefined, name: string): KnownModel | undefined {
    return this.namespaceOf(at, namespace).models.get(name);
  }

  /** A known Server; undefined if it is not known. */
  public findServer(at: IConstruct, namespace: string | undefined, name: string): KnownServer | undefined {
    return this.namespaceOf(at, namespace).servers.get(name);
  }

  /** The Models of this app that name a Server. */
  public modelsFor(at: IConstruct, namespace: string | undefined, server: string): readonly KnownModel[] {
    return this.namespaceOf(at, namespace).pinned.get(server) ?? [];
  }

  /** The Models below a scope that are not known to fit on a Server, each as a sentence. */
  public unresolvedModels(scope: IConstruct): string[] {
    const below = new Set(scope.node.findAll());
    const found: string[] = [];
    for (const [key, namespaceOf] of this.namespaces) {
      if (namespaceOf.isComplete && [...namespaceOf.servers.values()].every(({ capabilities }) => capabilities !== undefined)) continue;
      const matcher = this.matcher(key, namespaceOf);
      for (const model of namespaceOf.models.values()) {
        if (!below.has(model.at)) continue;
        const { problem, isSure } = matcher.judge(model, this.replicasOf(key, model));
        if (problem === undefined && isSure) continue;
        const why = problem ?? `the app does not know the capabilities of all Servers in ${namespaceOf.label}`;
        found.push(`whether a Server can load Model ${show(model.name)} is unknown: ${why} (at ${pathOf(model.at)})`);
      }
    }
    return found;
  }

  private validate(): Finding[] {
    const problems: Finding[] = [];
    for (const [key, namespaceOf] of this.namespaces) {
      // Most apps use the Servers of Seldon's chart and know none of them.
      if (namespaceOf.models.size === 0 || (namespaceOf.servers.size === 0 && !namespaceOf.isComplete)) continue;
      const matcher = this.matcher(key, namespaceOf);
      for (const model of namespaceOf.models.values()) {
        const { problem, remedy } = matcher.judge(model, this.replicasOf(key, model));
        if (problem === undefined) continue;
        if (namespaceOf.isComplete) {
          problems.push({ at: model.at, text: invalid(model.at, problem, remedy).message });
        } else {
          Warnings._add(model.at, `whether a Server can load the Model is unknown: ${problem}`,
            'if an existing Server can, refer to it by Server.fromServerName');
        }
      }
    }
    return problems;
  }

  /** Warns of requirements similar to a capability of Seldon's servers. If all Servers are known, Models are compared with them instead. */
  private warnOfOtherNames(): void {
    for (const { servers, models, isComplete } of this.namespaces.values()) {
      const known = [...servers.values()].map(({ capabilities }) => capabilities);
      if (isComplete || (known.length > 0 && !known.includes(undefined))) continue;
      const own = new Set(known.flatMap((capabilities = []) => capabilities));
      for (const { at, name, requirements } of models.values()) {
        for (const requirement of requirements) {
          const intended = own.has(requirement) ? undefined : findCapability(requirement);
          if (intended === undefined) continue;
          Warnings._add(at, `requirement ${show(requirement)} of Model ${show(name)}, which no Server of Seldon's chart has`,
            `did you mean ${show(intended)}? If a Server of the cluster has this capability, refer to it by Server.fromServerName with its capabilities`);
        }
      }
    }
  }

  private matcher(key: string, { servers, label, isComplete }: NamespaceServers): ServerMatcher {
    const scaled = [...servers.values()].map((server) => {
      const own = this.unscaled.has(key) && server.scaling !== undefined ? startOf(server.scaling) : server.maximum;
      return { ...server, maximum: this.maxima.get(`Server ${key}/${server.name}`) ?? own };
    });
    return new ServerMatcher(label, scaled, isComplete);
  }

  private replicasOf(key: string, { name, scaling }: KnownModel): number {
    return Math.max(this.maxima.get(`Model ${key}/${name}`) ?? 0, startOf(scaling));
  }

  private namespaceOf(at: IConstruct, namespace: string | undefined): NamespaceServers {
    const key = namespaceKey(at, namespace);
    return computeIfAbsent(this.namespaces, key, () => (
      { label: namespaceName(at, namespace), servers: new Map(), models: new Map(), pinned: new Map(), isComplete: false }));
  }
}

/** The capabilities that a Model requires of its Server. */
function requirementsOf({ requirements = [], modelType, explainer }: ModelProps): string[] {
  const required = requirements.map((each) => each.trim());
  if (modelType !== undefined) required.push(modelType.trim());
  if (explainer !== undefined) required.push(ServerCapability.ALIBI_EXPLAIN);
  return required;
}
