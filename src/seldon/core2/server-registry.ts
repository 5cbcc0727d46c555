import { IConstruct } from 'constructs';
import { ServerCapability } from './capability';
import { findCapability } from './capability-aliases';
import { KnownModel, KnownServer, startOf } from './known-servers';
import { ModelProps } from './model-props';
import { namespaceKey, namespaceName } from './namespace-key';
import { ServerMatcher } from './server-matcher';
import { Finding, reportFindings } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { Warnings } from '../../mesh/warnings';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { computeIfAbsent } from '../../plan/groups';

/** A Model, as it registers itself. */
interface Registered extends IConstruct {
  readonly modelName: string;
  readonly modelNamespace?: string;
}

/** What is known of a namespace. */
interface NamespaceServers {
  readonly label: string;
  readonly servers: Map<string, KnownServer>;
  readonly models: Map<string, KnownModel>;
  /** Models by the one Server that each is for. */
  readonly pinned: Map<string, KnownModel[]>;
  isComplete: boolean;
}

/**
 * The Models of a mesh and the Servers that can load them.
 *
 * @internal
 */
export class ServerRegistry {
  /** That of a construct's mesh. */
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

  /** Adds a Server: one of this app, or one that is known to live elsewhere. */
  public addServer(at: IConstruct, server: KnownServer): void {
    const { servers } = this.namespaceOf(at, server.namespace);
    const known = servers.get(server.name);
    // Of one that this app makes, more is known than a reference says.
    if (known === undefined || known.scaling === undefined) servers.set(server.name, server);
  }

  /** Adds a Model of this app. */
  public addModel(at: Registered, props: ModelProps): void {
    const { requirements = [], modelType, explainer, server, replicas, minReplicas, maxReplicas } = props;
    const { models, pinned } = this.namespaceOf(at, at.modelNamespace);
    const model = {
      at,
      name: at.modelName,
      namespace: at.modelNamespace,
      requirements: [...requirements, modelType, explainer && ServerCapability.ALIBI_EXPLAIN]
        .filter((each) => each !== undefined).map((each) => each.trim()),
      server,
      scaling: { replicas, minReplicas, maxReplicas },
    };
    models.set(at.modelName, model);
    if (server !== undefined) computeIfAbsent(pinned, server, () => []).push(model);
  }

  /** Says that no other Server is in a namespace than those known here. */
  public declareComplete(at: IConstruct, namespace: string | undefined): void {
    this.namespaceOf(at, namespace).isComplete = true;
  }

  /** Says how many replicas an autoscaler may give to a Model or a Server. */
  public scale(at: IConstruct, kind: string, name: string, namespace: string | undefined, maximum: number): void {
    this.maxima.set(`${kind} ${namespaceKey(at, namespace)}/${name}`, maximum);
  }

  /** Says that Seldon scales no Servers of a namespace. */
  public keepSize(at: IConstruct, namespace: string | undefined): void {
    this.unscaled.add(namespaceKey(at, namespace));
  }

  /** What a Model of this app says; undefined for an existing one. */
  public findModel(at: IConstruct, namespace: string | undefined, name: string): KnownModel | undefined {
    return this.namespaceOf(at, namespace).models.get(name);
  }

  /** What is known of a Server; undefined when nothing is. */
  public findServer(at: IConstruct, namespace: string | undefined, name: string): KnownServer | undefined {
    return this.namespaceOf(at, namespace).servers.get(name);
  }

  /** The Models of this app that are for one Server only. */
  public modelsFor(at: IConstruct, namespace: string | undefined, server: string): readonly KnownModel[] {
    return this.namespaceOf(at, namespace).pinned.get(server) ?? [];
  }

  /** Where it is not known whether a Model below a scope finds a Server. */
  public unresolvedModels(scope: IConstruct): string[] {
    const asked = new Set(scope.node.findAll());
    const found: string[] = [];
    for (const [key, namespaceOf] of this.namespaces) {
      if (namespaceOf.isComplete && [...namespaceOf.servers.values()].every(({ capabilities }) => capabilities !== undefined)) continue;
      const matcher = this.matcher(key, namespaceOf);
      for (const model of namespaceOf.models.values()) {
        if (!asked.has(model.at)) continue;
        const { problem, isSure } = matcher.judge(model, this.replicasOf(key, model));
        if (problem === undefined && isSure) continue;
        const why = problem ?? `the app does not know enough of the Servers of ${namespaceOf.label}`;
        found.push(`whether a Server can load Model ${show(model.name)} is unknown: ${why} (at ${pathOf(model.at)})`);
      }
    }
    return found;
  }

  private validate(): Finding[] {
    const problems: Finding[] = [];
    for (const [key, namespaceOf] of this.namespaces) {
      // Most apps leave the Servers to Seldon's chart: there is nothing to compare then.
      if (namespaceOf.models.size === 0 || (namespaceOf.servers.size === 0 && !namespaceOf.isComplete)) continue;
      const matcher = this.matcher(key, namespaceOf);
      for (const model of namespaceOf.models.values()) {
        const { problem, remedy } = matcher.judge(model, this.replicasOf(key, model));
        if (problem === undefined) continue;
        if (namespaceOf.isComplete) {
          problems.push({ at: model.at, text: invalid(model.at, problem, remedy).message });
        } else {
          Warnings._add(model.at, `whether a Server can load the Model is unknown: ${problem}`,
            'name the Server that can by Server.fromServerName, where it lives elsewhere');
        }
      }
    }
    return problems;
  }

  /** Requirements that look like a capability of Seldon's own servers. Where all Servers are known, the Models are compared with them. */
  private warnOfOtherNames(): void {
    for (const { servers, models, isComplete } of this.namespaces.values()) {
      const known = [...servers.values()].map(({ capabilities }) => capabilities);
      if (isComplete || (known.length > 0 && !known.includes(undefined))) continue;
      const own = new Set(known.flatMap((capabilities = []) => capabilities));
      for (const { at, name, requirements } of models.values()) {
        for (const requirement of requirements) {
          const meant = own.has(requirement) ? undefined : findCapability(requirement);
          if (meant === undefined) continue;
          Warnings._add(at, `requirement ${show(requirement)} of Model ${show(name)}, which no Server of Seldon's chart has`,
            `did you mean ${show(meant)}? If a Server of the cluster has this capability, name it by Server.fromServerName with its capabilities`);
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
