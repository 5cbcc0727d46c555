import type { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { IServer } from './server';
import { nameOf } from '../../mesh/default-name';
import { writeManifest } from '../../mesh/manifest';
import { Mesh } from '../../mesh/mesh';
import { Warnings } from '../../mesh/warnings';
import { checkInteger } from '../../plan/checks/checks';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { Scaling } from '../core2/known-servers';
import { IModel } from '../core2/model';
import { namespaceKey } from '../core2/namespace-key';
import { ServerRegistry } from '../core2/server-registry';
import { toScalingBehavior } from '../pods/pod-json';

const MAX_INT32 = 2147483647;
const MILLI = 1000;

/** Properties for `InferenceAutoscaler`. */
export interface InferenceAutoscalerProps {
  /** The Model to scale. It must set `replicas`, at which the autoscaler starts, and neither `minReplicas` nor `maxReplicas`. */
  readonly model: IModel;

  /**
   * The Server to scale with it, which should run no other Model; another one of this app that names it is a warning. The Server must
   * set `replicas`, and neither `minReplicas` nor `maxReplicas`.
   *
   * @default - none: the Model runs on Servers that Seldon scales, or that are large enough
   */
  readonly server?: IServer;

  /** Target for the requests per second of one replica: above 0, in steps of 0.001. */
  readonly requestsPerSecond: number;

  /**
   * Minimum number of replicas, 1 to 2147483647.
   *
   * @default 1
   */
  readonly minReplicas?: number;

  /** Maximum number of replicas, 1 to 2147483647 and not less than `minReplicas`. */
  readonly maxReplicas: number;

  /**
   * Name of the metric for the requests per second of a Model.
   *
   * @default "infer_rps"
   */
  readonly metric?: string;

  /**
   * How fast replicas are added and removed, both for the Model and for the Server.
   *
   * @default - Kubernetes' default
   */
  readonly behavior?: k8s.HorizontalPodAutoscalerBehaviorV2;
}

/** An object to scale. */
interface ScaledObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/**
 * Scales a Model of Seldon Core 2 and its dedicated Server by the Model's requests per second. It creates one
 * HorizontalPodAutoscaler for each, with the same metric, target and bounds, so that both have the same number of replicas.
 *
 * The metric comes from prometheus-adapter, which must be the cluster's only provider of custom metrics. A rule for it, with the
 * labels of Seldon's agents:
 *
 * ```yaml
 * - seriesQuery: '{__name__="seldon_model_infer_total", namespace!="", model!=""}'
 *   resources:
 *     overrides:
 *       namespace: { resource: namespace }
 *       model: { group: mlops.seldon.io, resource: model }
 *       server: { group: mlops.seldon.io, resource: server }
 *   name: { as: infer_rps }
 *   metricsQuery: 'sum by (<<.GroupBy>>) (rate(<<.Series>>{<<.LabelMatchers>>}[2m]))'
 * ```
 *
 * The alternative is Seldon's native autoscaling by `minReplicas` and `maxReplicas` of a Model or a Server. Using both for one object
 * is an error.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/scaling/hpa-overview/single-model-serving-hpa
 */
export class InferenceAutoscaler extends Construct {
  /**
   * Creates an InferenceAutoscaler.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct. The objects are named after it: `<id>-model` and `<id>-server`.
   * @param props The objects to scale, the target and the bounds.
   * @throws an error if the bounds or the target are invalid; if Model and Server are in different namespaces, or the Model names
   * another Server; if one of them sets no `replicas`, replicas outside of the bounds, `minReplicas` or `maxReplicas` (at
   * synthesis if it is created later); if another InferenceAutoscaler scales one of them.
   */
  public constructor(scope: Construct, id: string, props: InferenceAutoscalerProps) {
    super(scope, id);
    checkProps(this, 'InferenceAutoscalerProps', props, InferenceAutoscaler);
    const { model, server, minReplicas = 1, maxReplicas, requestsPerSecond } = props;
    checkInteger(this, 'maxReplicas', maxReplicas, 1, MAX_INT32);
    checkInteger(this, 'minReplicas', minReplicas, 1, MAX_INT32);
    if (minReplicas > maxReplicas) {
      throw invalid(this, `minReplicas ${minReplicas} and maxReplicas ${maxReplicas}`, 'minReplicas must not exceed maxReplicas');
    }
    if (typeof requestsPerSecond !== 'number' || !(requestsPerSecond >= 1 / MILLI) || !isWholeMilli(requestsPerSecond)) {
      throw invalid(this, `requestsPerSecond ${show(requestsPerSecond)}`, 'expected 0.001 or more, in steps of 0.001');
    }
    if (props.metric?.trim() === '') {
      throw invalid(this, `metric ${show(props.metric)}`, 'expected the name of the metric in prometheus-adapter, such as "infer_rps"');
    }
    const { modelName, modelNamespace: namespace } = model;
    if (server !== undefined && namespace !== server.serverNamespace) {
      throw invalid(this, `Model ${show(modelName)} in ${describe(namespace)} and Server ${show(server.serverName)} in ${describe(server.serverNamespace)}`,
        'a Model can only run on Servers of its namespace. Name a Server there');
    }
    const objects: ScaledObject[] = [{ kind: 'Model', name: modelName, namespace }];
    if (server !== undefined) objects.push({ kind: 'Server', name: server.serverName, namespace });
    const problem = this.problem(objects, minReplicas, maxReplicas);
    if (problem !== undefined) throw problem;
    for (const object of objects) this.register(object);
    // The objects may be created later, and until then only their names are known.
    this.node.addValidation({ validate: () => this.findProblems(objects, minReplicas, maxReplicas) });
    const registry = ServerRegistry.of(this);
    for (const object of objects) {
      registry.scale(this, object.kind, object.name, namespace, maxReplicas);
      this.write(object, model, { ...props, minReplicas });
    }
  }

  private findProblems(objects: readonly ScaledObject[], min: number, max: number): string[] {
    const [model, server] = objects;
    const pinned = server === undefined ? [] : ServerRegistry.of(this).modelsFor(this, server.namespace, server.name);
    const other = pinned.find(({ name }) => name !== model.name);
    if (other !== undefined) {
      Warnings._add(this, `Server ${show(server.name)} is scaled by the requests for Model ${show(model.name)} and also runs Model ${show(other.name)}`,
        'requests for the latter add no replicas. Give each Model its own Server');
    }
    const problem = this.problem(objects, min, max);
    return problem === undefined ? [] : [problem.message];
  }

  /** The problem of the objects, as far as they are known so far. */
  private problem(objects: readonly ScaledObject[], min: number, max: number): Error | undefined {
    const registry = ServerRegistry.of(this);
    const [model, server] = objects;
    const known = registry.findModel(this, model.namespace, model.name);
    if (server !== undefined && known?.server !== undefined && known.server !== server.name) {
      return invalid(this, `Model ${show(model.name)} runs on Server ${show(known.server)}`, `scale that Server instead of ${show(server.name)}`);
    }
    const scaling = server === undefined ? undefined : registry.findServer(this, server.namespace, server.name)?.scaling;
    return this.scalingProblem(model, known?.scaling, min, max) ?? (server && this.scalingProblem(server, scaling, min, max));
  }

  /** Two autoscalers of one object would undo each other's changes. */
  private scalingProblem({ kind, name }: ScaledObject, scaling: Scaling | undefined, min: number, max: number): Error | undefined {
    // It is not defined in this app, or is created later.
    if (scaling === undefined) return undefined;
    const { replicas, minReplicas, maxReplicas } = scaling;
    const native = Object.entries({ minReplicas, maxReplicas }).filter(([, value]) => value !== undefined).map(([field]) => field);
    if (native.length > 0) {
      return invalid(this, `${native.join(' and ')} of ${kind} ${show(name)}`, 'Seldon would scale it as well. Remove them, and set the bounds of the InferenceAutoscaler');
    }
    if (replicas === undefined) {
      return invalid(this, `${kind} ${show(name)} without replicas`, `Kubernetes scales this field. Set an initial value, such as ${min}`);
    }
    if (replicas < min || replicas > max) {
      return invalid(this, `replicas ${replicas} of ${kind} ${show(name)}`, `expected ${min} to ${max}, the bounds of the InferenceAutoscaler`);
    }
    return undefined;
  }

  private register({ kind, name, namespace }: ScaledObject): void {
    const scaled = Mesh.of(this)._part('inference-autoscalers', () => new Map<string, InferenceAutoscaler>());
    const key = `${kind} ${namespaceKey(this, namespace)}/${name}`;
    const other = scaled.get(key);
    if (other !== undefined) throw invalid(this, `${kind} ${show(name)} is already scaled by ${pathOf(other)}`, 'two autoscalers would undo each other\'s changes. Remove one of them');
    scaled.set(key, this);
  }

  private write({ kind, name, namespace }: ScaledObject, { modelName }: IModel, props: InferenceAutoscalerProps): void {
    const object = new Construct(this, kind.toLowerCase());
    const apiVersion = 'mlops.seldon.io/v1alpha1';
    const milli = Math.round(props.requestsPerSecond * MILLI);
    const spec = {
      scaleTargetRef: { apiVersion, kind, name },
      minReplicas: props.minReplicas,
      maxReplicas: props.maxReplicas,
      metrics: [{
        type: 'Object',
        object: {
          metric: { name: props.metric ?? 'infer_rps' },
          describedObject: { apiVersion, kind: 'Model', name: modelName },
          target: { type: 'AverageValue', averageValue: milli % MILLI === 0 ? String(milli / MILLI) : `${milli}m` },
        },
      }],
      behavior: props.behavior && toScalingBehavior(props.behavior),
    };
    writeManifest(object, { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', spec: () => spec },
      { namespace, metadata: { name: `${nameOf(this)}-${kind.toLowerCase()}` } });
  }
}

/** Kubernetes counts in thousandths. Rounding errors of floating-point numbers are tolerated. */
function isWholeMilli(value: number): boolean {
  const milli = Math.round(value * MILLI);
  return Number.isSafeInteger(milli) && Math.abs(value * MILLI - milli) <= 1e-9 * milli;
}

function describe(namespace: string | undefined): string {
  return namespace === undefined ? 'an unspecified namespace' : `namespace ${show(namespace)}`;
}
