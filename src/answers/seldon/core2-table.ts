import { Core2Kind, Core2Row, Core2Target } from './core2-row';
import { experimentRow, PlannedExperiment, plannedExperiments, Rejection } from './experiments';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { CORE2_SERVICE, ROUTE_HEADER } from '../../plan/core2-service';
import { computeIfAbsent, groupBy } from '../../plan/groups';
import { Place, ResponseHeaders, SeldonResponder } from '../answer';
import { Fraction } from '../fraction';

/**
 * A route that exists under a condition.
 *
 * @internal
 */
export interface ConditionalRow {
  /** The condition, as a clause; undefined if the route exists anyway. */
  readonly condition?: string;
  /** The route; undefined if there is none then. */
  readonly row?: Core2Row;
}

/**
 * An arm of a route, as answers have it.
 *
 * @internal
 */
export interface Core2Arm {
  /** The share of the requests of the route. */
  readonly share: Fraction;
  /** Who answers. */
  readonly responder: SeldonResponder;
  /** What Seldon's Envoy does to the response. */
  readonly response: ResponseHeaders;
}

const SUFFIX: { readonly [kind in Core2Kind]: string } = { model: '', pipeline: '.pipeline' };
const KIND: { readonly [kind in Core2Kind]: string } = { model: 'Model', pipeline: 'Pipeline' };

/** The suffix of the names of Experiments. @internal */
export const EXPERIMENT_SUFFIX = '.experiment';

/** Names that Seldon's scheduler accepts. */
const VALID_NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/**
 * Why there is no route for a name.
 *
 * @internal
 */
export interface Absence {
  /** The reason, as a clause. */
  readonly reason: string;
  /** What decides it; undefined if nothing with the name is among the objects. */
  readonly place?: Place;
}

/**
 * The routes of Seldon's Envoy in a namespace.
 *
 * @internal
 */
export class Core2Table {
  /** The routes in a namespace, read once. */
  public static of(cluster: Cluster, namespace: string): Core2Table {
    return computeIfAbsent(cluster.derived(noTables), namespace, () => new Core2Table(cluster, namespace));
  }

  /** Whether the Models and Pipelines of the namespace are known: some of them are among the objects. */
  public readonly isKnown: boolean;
  /** Host of the Service of the runtime. */
  public readonly host: string;
  private readonly objects: { readonly [kind in Core2Kind]: ReadonlyMap<string, ClusterObject> };
  private readonly experiments: ReadonlyMap<string, PlannedExperiment>;
  private readonly defaults: ReadonlyMap<string, readonly PlannedExperiment[]>;
  private readonly rejected: ReadonlyMap<string, readonly PlannedExperiment[]>;
  private readonly rows = new Map<string, readonly ConditionalRow[]>();
  private readonly arms = new Map<Core2Row, readonly Core2Arm[]>();
  private readonly onlyArms = new Map<string, Core2Arm | 'none'>();

  private constructor(cluster: Cluster, public readonly namespace: string) {
    this.host = cluster.fullHost(CORE2_SERVICE, namespace);
    const named = (kind: ClusterKind) => new Map((cluster.derived(objectsByNamespace).get(`${kind} ${namespace}`) ?? []).map((object) => [object.name, object]));
    this.objects = { model: named(ClusterKind.MODEL), pipeline: named(ClusterKind.PIPELINE) };
    this.isKnown = this.objects.model.size + this.objects.pipeline.size > 0;
    const experiments = plannedExperiments([...named(ClusterKind.EXPERIMENT).values()]);
    this.experiments = new Map(experiments.map((experiment) => [experiment.object.name, experiment]));
    this.defaults = groupBy(experiments.filter(({ takesOver }) => takesOver !== undefined), ({ takesOver }) => routeName(takesOver!));
    const withoutEffect = experiments.filter(({ failsToTakeOver }) => failsToTakeOver !== undefined);
    this.rejected = groupBy(withoutEffect, ({ failsToTakeOver }) => routeName(failsToTakeOver!));
  }

  /** The routes for a value of `seldon-model`: one, or several of which the first whose condition holds exists. None if there is none. */
  public find(name: string): readonly ConditionalRow[] {
    return computeIfAbsent(this.rows, name, () => this.rowsFor(name));
  }

  /** The arm that gets all requests with a value of `seldon-model`, without conditions and mirrors; undefined if it is not that simple. */
  public onlyArm(name: string): Core2Arm | undefined {
    const arm = computeIfAbsent(this.onlyArms, name, () => this.readOnlyArm(name) ?? 'none');
    return arm === 'none' ? undefined : arm;
  }

  /** The arms of a route that get requests, largest share first. None if all weights are 0. */
  public armsOf(row: Core2Row): readonly Core2Arm[] {
    let arms = this.arms.get(row);
    if (arms === undefined) this.arms.set(row, arms = this.readArms(row));
    return arms;
  }

  /** An arm of a route. The version of a Model is known only from a request. */
  public armOf({ experiment }: Core2Row, target: Core2Target, share: Fraction, version?: number): Core2Arm {
    return {
      share,
      responder: this.responder(target, experiment?.name),
      response: { set: new Map(), added: [{ name: ROUTE_HEADER, value: routeOf(target, version) }], removed: [] },
    };
  }

  /** Who answers for a Model or a Pipeline. */
  public responder({ kind, name }: Core2Target, experiment: string | undefined): SeldonResponder {
    return { kind, namespace: this.namespace, name, ...experiment === undefined ? {} : { experiment } };
  }

  /** Whether a value of `seldon-model` names an Experiment among the objects. */
  public hasExperiment(name: string): boolean {
    return this.experiments.has(name.slice(0, -EXPERIMENT_SUFFIX.length));
  }

  /** What a value of `seldon-model` names, as messages show it: `Model seldon-mesh/iris`. Undefined if nothing can have the name. */
  public describe(name: string): string | undefined {
    if (name.endsWith(EXPERIMENT_SUFFIX)) return `Experiment ${this.namespace}/${name.slice(0, -EXPERIMENT_SUFFIX.length)}`;
    const target = targetOf(name);
    return VALID_NAME.test(target.name) ? this.show(target) : undefined;
  }

  /** Why there is no route for a value of `seldon-model`. */
  public whyAbsent(name: string): Absence {
    const experiment = this.experiments.get(name.slice(0, -EXPERIMENT_SUFFIX.length));
    if (!name.endsWith(EXPERIMENT_SUFFIX) || experiment === undefined) return { reason: `there is no ${this.describe(name) ?? `model with the name ${JSON.stringify(name)}`}` };
    if (experiment.rejection !== undefined) return experiment.rejection;
    const missing = this.missingIn(experimentRow(experiment, name)).map((target) => this.show(target));
    return { reason: `${experiment.object} waits for ${missing.join(' and ')}`, place: { object: experiment.object, field: ['spec'] } };
  }

  /** Why Experiments whose default has a value of `seldon-model` do not take over its requests. */
  public rejectionsFor(name: string): readonly Rejection[] {
    return (this.rejected.get(name) ?? []).map(({ rejection }) => rejection!);
  }

  private readArms(row: Core2Row): readonly Core2Arm[] {
    const total = row.arms.reduce((sum, { weight }) => sum + weight, 0);
    return row.arms.filter(({ weight }) => weight > 0)
      .map(({ target, weight }) => this.armOf(row, target, Fraction.of(weight, total)))
      .sort((a, b) => b.share.compare(a.share));
  }

  private readOnlyArm(name: string): Core2Arm | undefined {
    const rows = this.find(name);
    if (rows.length !== 1) return undefined;
    const [{ condition, row }] = rows;
    if (condition !== undefined || row === undefined || row.mirror !== undefined) return undefined;
    const arms = this.armsOf(row);
    return arms.length === 1 ? arms[0] : undefined;
  }

  private missingIn({ arms, mirror }: Core2Row): readonly Core2Target[] {
    const named = [...arms.map(({ target }) => target), ...mirror === undefined ? [] : [mirror.target]];
    return named.filter(({ kind, name }) => !this.objects[kind].has(name));
  }

  private show({ kind, name }: Core2Target): string {
    return `${KIND[kind]} ${this.namespace}/${name}`;
  }

  private rowsFor(name: string): readonly ConditionalRow[] {
    if (name.endsWith(EXPERIMENT_SUFFIX)) return this.experimentRows(name);
    const target = targetOf(name);
    const object = this.objects[target.kind].get(target.name);
    if (object === undefined || !VALID_NAME.test(target.name)) return this.unknownRows(name, target);
    const own: Core2Row = { name, object, arms: [{ target, weight: 1 }], isSticky: false };
    const experiments = this.defaults.get(name) ?? [];
    if (experiments.length === 0) return [{ row: own }];
    // A Model keeps its requests until all candidates are there.
    const hasRivals = experiments.length > 1;
    const rows = experiments.flatMap((experiment) => this.conditional(experiment, name, hasRivals).filter(({ row }) => row !== undefined));
    return rows.some(({ condition }) => condition === undefined) ? rows : [...rows, { row: own }];
  }

  private experimentRows(name: string): readonly ConditionalRow[] {
    const experiment = this.experiments.get(name.slice(0, -EXPERIMENT_SUFFIX.length));
    if (experiment === undefined || experiment.rejection !== undefined) return [];
    const rivals = experiment.takesOver === undefined ? [] : this.defaults.get(routeName(experiment.takesOver))!;
    return this.conditional(experiment, name, rivals.length > 1);
  }

  /** The route of an Experiment, which exists only if all its candidates do. */
  private conditional(experiment: PlannedExperiment, name: string, hasRivals: boolean): readonly ConditionalRow[] {
    const row = experimentRow(experiment, name);
    const missing = this.missingIn(row);
    if (missing.length > 0 && this.isKnown) return [];
    const conditions = [
      ...missing.length === 0 ? [] : [`${missing.map((target) => this.show(target)).join(' and ')} ${missing.length === 1 ? 'exists' : 'exist'}`],
      ...hasRivals ? [`${experiment.object} was created before other Experiments with the same default`] : [],
    ];
    return conditions.length === 0 ? [{ row }] : [{ condition: conditions.join(', and '), row }, {}];
  }

  /** A Model or a Pipeline that is not among the objects may exist if the others of its namespace are not known either. */
  private unknownRows(name: string, target: Core2Target): readonly ConditionalRow[] {
    if (this.isKnown || !VALID_NAME.test(target.name)) return [];
    const object = new ClusterObject({ apiVersion: 'mlops.seldon.io/v1alpha1', kind: KIND[target.kind], metadata: { name: target.name, namespace: this.namespace } }, {});
    return [{ condition: `${this.show(target)} exists`, row: { name, object, arms: [{ target, weight: 1 }], isSticky: false } }, {}];
  }
}

/** The value of `seldon-model` for a Model or a Pipeline. */
function routeName({ kind, name }: Core2Target): string {
  return name + SUFFIX[kind];
}

/** The value of the header in the response. The version of a Model is not in its manifest. */
function routeOf({ kind, name }: Core2Target, version: number | undefined): string {
  return kind === 'pipeline' ? `:${name}.pipeline:` : `:${name}_${version ?? '<version>'}:`;
}

function targetOf(name: string): Core2Target {
  const suffix = SUFFIX.pipeline;
  return name.endsWith(suffix) ? { kind: 'pipeline', name: name.slice(0, -suffix.length) } : { kind: 'model', name };
}

function objectsByNamespace(cluster: Cluster): ReadonlyMap<string, readonly ClusterObject[]> {
  const kinds = [ClusterKind.MODEL, ClusterKind.PIPELINE, ClusterKind.EXPERIMENT];
  return groupBy(kinds.flatMap((kind) => cluster.all(kind)), ({ type, namespace }) => `${type} ${namespace}`);
}

function noTables(): Map<string, Core2Table> {
  return new Map();
}

