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

/** What an InferenceAutoscaler takes. */
export interface InferenceAutoscalerProps {
  /** The Model that is scaled. Its manifest says `replicas`, where the autoscaler starts, and neither `minReplicas` nor `maxReplicas`. */
  readonly model: IModel;

  /**
   * The Server that is scaled with it, and has no other Model: one more of this app that is for it is a warning. Its manifest
   * says `replicas`, and neither `minReplicas` nor `maxReplicas`.
   *
   * @default - none: the Model finds its replicas on Servers that Seldon scales by itself, or that are large enough
   */
  readonly server?: IServer;

  /** Requests per second that one replica is meant to answer: above 0, in steps of a thousandth. */
  readonly requestsPerSecond: number;

  /**
   * Fewest replicas, 1 to 2147483647.
   *
   * @default 1
   */
  readonly minReplicas?: number;

  /** Most replicas, 1 to 2147483647 and not less than the fewest. */
  readonly maxReplicas: number;

  /**
   * Name of the metric that counts the requests of a Model in a second.
   *
   * @default "infer_rps"
   */
  readonly metric?: string;

  /**
   * How fast replicas come and go, for Model and Server alike.
   *
   * @default - Kubernetes' own
   */
  readonly behavior?: k8s.HorizontalPodAutoscalerBehaviorV2;
}

/** Something that is scaled. */
interface ScaledObject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/**
 * Scales a Model of Seldon Core 2, and the Server that it has for itself, by the requests for the Model in a second: one
 * HorizontalPodAutoscaler for each, with the same metric, target and bounds, so that both have as many replicas.
 *
 * The metric comes from prometheus-adapter, which must be the cluster's one source of custom metrics. A rule for it, with the
 * labels that Seldon's agents give:
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
 * Seldon's own scaling, by `minReplicas` and `maxReplicas` of a Model or a Server, is the other way: one object takes one of
 * the two, and both at once is an error here.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/scaling/hpa-overview/single-model-serving-hpa
 */
export class InferenceAutoscaler extends Construct {
  /**
   * Makes an InferenceAutoscaler.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct. The objects are named after it: `<id>-model` and `<id>-server`.
   * @param props What is scaled, and how far.
   * @throws an error when the bounds or the target are wrong; when Model and Server are in two namespaces, or the Model is for
   * another Server; when one of them says no `replicas`, replicas outside of the bounds, `minReplicas` or `maxReplicas`, at
   * synthesis where it is made later; when another InferenceAutoscaler scales one of them.
   */
  public constructor(scope: Construct, id: string, props: InferenceAutoscalerProps) {
    super(scope, id);
    checkProps(this, 'InferenceAutoscalerProps', props, InferenceAutoscaler);
    const { model, server, minReplicas = 1, maxReplicas, requestsPerSecond } = props;
    checkInteger(this, 'maxReplicas', maxReplicas, 1, MAX_INT32);
    checkInteger(this, 'minReplicas', minReplicas, 1, MAX_INT32);
    if (minReplicas > maxReplicas) {
      throw invalid(this, `minReplicas ${minReplicas} and maxReplicas ${maxReplicas}`, 'the fewest replicas cannot be more than the most');
    }
    if (typeof requestsPerSecond !== 'number' || !(requestsPerSecond >= 1 / MILLI) || !isWholeMilli(requestsPerSecond)) {
      throw invalid(this, `requestsPerSecond ${show(requestsPerSecond)}`, 'expected 0.001 or more, in steps of 0.001');
    }
    if (props.metric?.trim() === '') {
      throw invalid(this, `metric ${show(props.metric)}`, 'expected the name that prometheus-adapter gives it, such as "infer_rps"');
    }
    const { modelName, modelNamespace: namespace } = model;
    if (server !== undefined && namespace !== server.serverNamespace) {
      throw invalid(this, `Model ${show(modelName)} of ${said(namespace)} and Server ${show(server.serverName)} of ${said(server.serverNamespace)}`,
        'a Model finds Servers of its own namespace only');
    }
    const objects: ScaledObject[] = [{ kind: 'Model', name: modelName, namespace }];
    if (server !== undefined) objects.push({ kind: 'Server', name: server.serverName, namespace });
    const problem = this.problem(objects, minReplicas, maxReplicas);
    if (problem !== undefined) throw problem;
    for (const object of objects) this.claim(object);
    // What is scaled may be made later, and be known by its name only until then.
    this.node.addValidation({ validate: () => this.findProblems(objects, minReplicas, maxReplicas) });
    const registry = ServerRegistry.of(this);
    for (const object of objects) {
      registry.scale(this, object.kind, object.name, namespace, maxReplicas);
      this.write(object, model, { ...props, minReplicas });
    }
  }

  private findProblems(objects: readonly ScaledObject[], least: number, most: number): string[] {
    const [model, server] = objects;
    const pinned = server === undefined ? [] : ServerRegistry.of(this).modelsFor(this, server.namespace, server.name);
    const other = pinned.find(({ name }) => name !== model.name);
    if (other !== undefined) {
      Warnings._add(this, `Server ${show(server.name)} is scaled by the requests for Model ${show(model.name)}, and Model ${show(other.name)} is for it as well`,
        'requests for that one add no replicas: give each Model a Server of its own');
    }
    const problem = this.problem(objects, least, most);
    return problem === undefined ? [] : [problem.message];
  }

  /** What is wrong with the objects as far as they are known by now. */
  private problem(objects: readonly ScaledObject[], least: number, most: number): Error | undefined {
    const registry = ServerRegistry.of(this);
    const [model, server] = objects;
    const known = registry.findModel(this, model.namespace, model.name);
    if (server !== undefined && known?.server !== undefined && known.server !== server.name) {
      return invalid(this, `Model ${show(model.name)} is for Server ${show(known.server)}`, `scale that one, and not ${show(server.name)}`);
    }
    const scaling = server === undefined ? undefined : registry.findServer(this, server.namespace, server.name)?.scaling;
    return this.scalingProblem(model, known?.scaling, least, most) ?? (server && this.scalingProblem(server, scaling, least, most));
  }

  /** Seldon refuses what contradicts itself, and two who scale one object undo what the other one did. */
  private scalingProblem({ kind, name }: ScaledObject, scaling: Scaling | undefined, least: number, most: number): Error | undefined {
    // It lives elsewhere, or is made later.
    if (scaling === undefined) return undefined;
    const { replicas, minReplicas, maxReplicas } = scaling;
    const native = Object.entries({ minReplicas, maxReplicas }).filter(([, value]) => value !== undefined).map(([field]) => field);
    if (native.length > 0) {
      return invalid(this, `${native.join(' and ')} of ${kind} ${show(name)}`, 'Seldon would scale it as well: leave them to the autoscaler');
    }
    if (replicas === undefined) {
      return invalid(this, `${kind} ${show(name)} without replicas`, `Kubernetes scales what is written there: say where it starts, such as ${least}`);
    }
    if (replicas < least || replicas > most) {
      return invalid(this, `replicas ${replicas} of ${kind} ${show(name)}`, `the autoscaler starts there: expected ${least} to ${most}`);
    }
    return undefined;
  }

  private claim({ kind, name, namespace }: ScaledObject): void {
    const scaled = Mesh.of(this)._part('inference-autoscalers', () => new Map<string, InferenceAutoscaler>());
    const key = `${kind} ${namespaceKey(this, namespace)}/${name}`;
    const other = scaled.get(key);
    if (other !== undefined) throw invalid(this, `${kind} ${show(name)} is scaled by ${pathOf(other)} already`, 'two autoscalers would undo what the other one did');
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

/** Kubernetes counts in thousandths; what is left of a division is no mistake. */
function isWholeMilli(value: number): boolean {
  const milli = Math.round(value * MILLI);
  return Number.isSafeInteger(milli) && Math.abs(value * MILLI - milli) <= 1e-9 * milli;
}

function said(namespace: string | undefined): string {
  return namespace === undefined ? 'a namespace that nobody said' : `namespace ${show(namespace)}`;
}
