import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { checkOperatorGateway, istioAnnotations, metadataAnnotations, predictorAnnotations, specAnnotations } from './annotation-values';
import { CONTROLLER_LABEL, OperatorIstioOptions } from './annotations';
import { SeldonProtocol } from './enums';
import { ExplainerBackend } from './explainer-backend';
import { checkModelInitializers } from './model-initializer-checks';
import { recordOperatorRoutes, istioAnnotationsIn, OperatorEndpoint, operatorEndpoints } from './operator-endpoints';
import { OperatorIstio } from './operator-istio';
import { findPredictor, IPredictor, ISeldonDeployment, Predictor } from './predictor';
import { toPredictor } from './predictor-json';
import { core1Target, OPERATOR } from './predictor-target';
import { findTrafficProblems, warnOfUnsetShares } from './predictor-traffic';
import { Owner, RouteOwner, Shares } from './route-owner';
import { checkDeploymentName, checkSeldonDeployment } from './seldon-deployment-checks';
import { SeldonDeploymentProps } from './seldon-deployment-props';
import { SeldonDeploymentReference, SeldonDeploymentReferenceOptions } from './seldon-deployment-reference';
import { checkDeploymentTypes } from './seldon-deployment-type-checks';
import { OperatorNames, SeldonDeployments } from './seldon-deployments';
import { warnOfShortTimeouts } from './short-timeout-warnings';
import { checkVersionLabels } from './version-label-checks';
import { ANNOTATION } from '../../cluster/core1-operator/annotations';
import { ENGINE_PORTS, PredictorPorts } from '../../cluster/core1-operator/defaults';
import { PredictorManifest, SeldonDeploymentManifest } from '../../cluster/core1-operator/manifest';
import { deploymentId, explainerService, explainerVirtualService, disabledHost, predictorService } from '../../cluster/core1-operator/names';
import { OwnedService, servicesOf } from '../../cluster/core1-operator/services';
import { placeContainers } from '../../cluster/core1-operator/units';
import { DestinationRuleRegistry } from '../../istio/destination-rule/destination-rule-registry';
import { findRule } from '../../istio/destination-rule/shared-destination-rules';
import { StorageInitializer } from '../../istio/egress/storage-initializer';
import { nameOf } from '../../mesh/default-name';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { Mesh } from '../../mesh/mesh';
import { BackendTarget, BackendUse, IBackend, RouteEngine } from '../../plan/backend';
import { checkObjectName } from '../../plan/checks/checks';
import { inSentences, invalid, pathOf, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';

const DISABLE_OR_LEAVE = 'set disableOperatorRoutes: true on the deployment, or use an OperatorRouter for all its rollouts';

/**
 * Models that Seldon Core 1 serves: one or more predictors, each an inference graph with its own pods and Service. Each predictor
 * is a backend of routes.
 *
 * Either Seldon's operator splits requests between the predictors (`OperatorRouter`, or `traffic` on them), or routes of this
 * library do (`IstioRouter`). In the latter case, the first predictor that answers has `traffic` 100 and the others 0, which the
 * operator's webhook requires and which has no effect on callers.
 *
 * When a predictor changes, Kubernetes rolls it out pod by pod and routes stay the same. Set `progressDeadlineSeconds` when models
 * load slowly, and two replicas or an HPA with that minimum, so that one answers while the other starts. The cluster needs capacity for
 * one additional pod, GPU included: the operator allows a maximum of 10 percent of the pods to be unavailable, in a form that evaluates
 * to 0. A canary is better where a new model could answer worse: a rolling update detects pods that are not ready, not wrong answers.
 *
 * Its name is the construct id, without a hash, since it is part of the paths and headers of callers.
 *
 * @see https://docs.seldon.io/projects/seldon-core/en/latest/reference/seldon-deployment.html
 */
export class SeldonDeployment extends KubernetesObject implements ISeldonDeployment {
  /**
   * References an existing SeldonDeployment, which another chart, repository or tool creates.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct.
   * @param deploymentName The SeldonDeployment's `metadata.name`.
   * @param options Its predictors and namespace.
   * @throws an error when a name or a port is wrong or no predictor is named.
   */
  public static fromSeldonDeploymentName(
    scope: Construct, id: string, deploymentName: string, options: SeldonDeploymentReferenceOptions,
  ): ISeldonDeployment {
    return new SeldonDeploymentReference(scope, id, deploymentName, options);
  }

  /** The SeldonDeployment's `metadata.name`. */
  public readonly deploymentName: string;

  /** The namespace of the SeldonDeployment; undefined when it is not specified. */
  public readonly deploymentNamespace?: string;

  private readonly props: SeldonDeploymentProps;
  private readonly written: PredictorManifest[];
  private readonly backends = new Map<string, IPredictor>();
  private readonly object: ApiObject;
  private readonly podAnnotations?: { [name: string]: string };
  private readonly secured: Set<string>;
  private routes: RouteOwner;

  /**
   * Creates a SeldonDeployment.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets one.
   * @param props Predictors, and options for their calls.
   * @throws an error when Seldon's webhook or operator would reject a value or ignore it; percentages of several predictors are
   * checked before anything is written.
   */
  public constructor(scope: Construct, id: string, props: SeldonDeploymentProps) {
    super(scope, id);
    checkProps(this, 'SeldonDeploymentProps', props, SeldonDeployment);
    checkDeploymentTypes(this, props);
    this.props = { ...props, predictors: [...props.predictors] };
    this.deploymentName = nameOf(this, props);
    checkDeploymentName(this, this.deploymentName);
    this.deploymentNamespace = namespaceOf(this, props);
    checkSeldonDeployment(this, props);
    if (props.controllerId !== undefined) {
      checkObjectName(this, 'controllerId', props.controllerId);
      if (props.metadata?.labels?.[CONTROLLER_LABEL] !== undefined) throw invalid(this, `label ${CONTROLLER_LABEL} on metadata together with controllerId`, 'set only one of the two');
    }
    if (props.disableOperatorRoutes && props.istio !== undefined) {
      throw invalid(this, 'istio together with disableOperatorRoutes', 'disabled routes have no options. Set only one of the two');
    }
    if (props.istio !== undefined) this.checkOperatorIstio(this, 'istio');
    if (props.istio !== undefined) checkOperatorGateway(this, props.istio, this.deploymentNamespace);
    this.routes = RouteOwner.of(props);
    this.secured = new Set(props.predictors.filter(({ ssl }) => ssl !== undefined).map(({ name }) => name));
    this.written = props.predictors.map((predictor) => toPredictor(predictor, predictorAnnotations(this, predictor)));
    const pods = props.predictors.flatMap((predictor) => [predictor, ...(predictor.componentSpecs ?? []).map(({ metadata }) => metadata)]);
    for (const each of [props, ...pods]) StorageInitializer._noteExclusions(this, each?.annotations, this.deploymentNamespace);
    for (const { name, annotations } of this.written) {
      const service = annotations?.[ANNOTATION.serviceName] ?? predictorService(this.deploymentName, name);
      this.backends.set(name, new Predictor(name, service, this.backendOf(name, service)));
    }
    const annotations = specAnnotations(this, props);
    checkVersionLabels(this, { predictors: this.written, annotations });
    checkModelInitializers(this, this.written);
    this.podAnnotations = annotations;
    this.object = this.write();
    SeldonDeployments.of(this).add(this);
    OperatorIstio.of(this);
    if (this.routes.owner === Owner.OPERATOR) recordOperatorRoutes(this, this.object.metadata.toJson().annotations ?? {}, props.istio);
  }

  /** Its predictors, as backends, in the order in which they were given. */
  public get predictors(): IPredictor[] {
    return [...this.backends.values()];
  }

  /**
   * Returns one of its predictors, as a backend.
   *
   * @param name Name of the predictor.
   * @throws an error when there is none of that name.
   */
  public predictor(name: string): IPredictor {
    return findPredictor(this, this.backends, name);
  }

  /**
   * Returns the explainer of one of its predictors, as a backend for a route of this library. It supports REST only, below
   * `/seldon/<namespace>/<deployment>-explainer/<predictor>/` where the route sets no paths.
   *
   * @param predictor Name of the predictor.
   * @throws an error when there is no predictor of that name, or it has no explainer.
   * @see https://docs.seldon.io/projects/seldon-core/en/latest/analytics/explainers.html
   */
  public explainer(predictor: string): IBackend {
    this.predictor(predictor);
    const { explainer } = this.props.predictors.find(({ name }) => name === predictor)!;
    if (explainer === undefined) throw invalid(this, `predictor ${show(predictor)} has no explainer`, 'set explainer on it');
    return new ExplainerBackend(this.deploymentName, this.deploymentNamespace, predictor, explainer.endpoint?.servicePort || undefined);
  }

  /**
   * Records that a construct routes to one of the predictors, which decides who owns the routes.
   *
   * @param by The construct that routes.
   * @param target The predictor.
   * @param use How the route uses it.
   * @internal
   */
  public _routeBy(by: IConstruct, target: BackendTarget, use: BackendUse): void {
    if (use.engine === RouteEngine.OPERATOR) this.routeByOperator(by);
    else if (use.engine !== RouteEngine.EXPERIMENT) this.routeByLibrary(by, target, use);
  }

  /**
   * Lets Seldon's operator route the requests of callers.
   *
   * @param by The construct whose router decides so.
   * @param shares The traffic of each predictor, by name; the others get none.
   * @param istio Options for the operator's Istio objects.
   * @internal
   */
  public _leaveToOperator(by: IConstruct, shares: Shares, istio: OperatorIstioOptions): void {
    if (this.routes.isShared) throw this.twoOperatorRouters(by, this.routes.by!);
    const annotations = istioAnnotations(by, istio, this.deploymentNamespace);
    for (const [name, value] of Object.entries(annotations)) this.object.metadata.addAnnotation(name, value);
    this.routes = this.routes.asOperator(by, shares);
  }

  private routeByOperator(by: IConstruct): void {
    const { owner, by: other } = this.routes;
    if (owner === Owner.OPERATOR && other !== undefined) {
      if (other !== by) throw this.twoOperatorRouters(by, other);
      return;
    }
    const { disableOperatorRoutes, istio, metadata } = this.props;
    if (disableOperatorRoutes || istio !== undefined) {
      throw invalid(by, `${disableOperatorRoutes ? 'disableOperatorRoutes' : 'istio'} of SeldonDeployment ${this.deploymentName} under OperatorRouter`,
        'the router sets it. Leave it out there');
    }
    this.checkOperatorIstio(by, 'OperatorRouter');
    if (other !== undefined) throw this.twoRouters(by, other, by);
    this.checkOwnTraffic(by);
    const [annotation] = istioAnnotationsIn(metadata?.annotations);
    if (annotation !== undefined) {
      throw invalid(by, `annotation ${annotation} in the metadata of SeldonDeployment ${this.deploymentName}`, 'the router sets it. Leave it out there');
    }
    this.routes = this.routes.asOperator(by);
    for (const { serviceName } of this.predictors) {
      DestinationRuleRegistry.of(this).setOwner(Mesh.of(this).serviceHost(serviceName, this.deploymentNamespace!), OPERATOR);
    }
  }

  private routeByLibrary(by: IConstruct, target: BackendTarget, { mirror = false, timeout }: BackendUse): void {
    const { predictor } = target.seldon!.core1!;
    const { owner, by: other, operatorWrites } = this.routes;
    if (owner === Owner.OPERATOR && other !== undefined) throw this.twoRouters(by, by, other);
    if (owner !== Owner.LIBRARY) this.checkOwnTraffic(by);
    this.routes = this.routes.withRoute(by, predictor, !mirror);
    if (!mirror && timeout !== undefined) warnOfShortTimeouts(by, this.written.find(({ name }) => name === predictor)!, this.podAnnotations, timeout);
    if (!operatorWrites) OperatorIstio.of(by).checkRoute(by, `SeldonDeployment ${this.deploymentNamespace}/${this.deploymentName}`, DISABLE_OR_LEAVE);
    // Where the operator writes DestinationRules, they set the TLS mode.
    if (!this.secured.has(predictor) || operatorWrites) return;
    by.node.addValidation({ validate: () => findMissingTls(by, target) });
  }

  /** Whether it is known who routes to it. @internal */
  public get _isRouted(): boolean {
    return this.routes.owner !== Owner.UNKNOWN;
  }

  /** The operator's own routes: it creates Istio objects, and nothing else owns the routes of the deployment. @internal */
  public _operatorEndpoints(): OperatorEndpoint[] {
    const isUnasked = Mesh.of(this).operatorIstio === true && !this._isRouted;
    return isUnasked ? operatorEndpoints(this, this.object.metadata.toJson().annotations ?? {}) : [];
  }

  /** Istio objects that the operator writes, and whether it is known to write any. @internal */
  public _operatorObjects(): OperatorNames {
    const { operatorIstio } = Mesh.of(this);
    if (operatorIstio === false) return { virtualServices: [], destinationRules: [], sure: false };
    const name = this.deploymentName;
    const explainers = this.props.predictors.filter(({ explainer }) => explainer !== undefined)
      .map((predictor) => explainerService(name, predictor.name));
    return {
      virtualServices: [deploymentId(name), ...explainers.map(explainerVirtualService)],
      destinationRules: [...this.predictors.map(({ serviceName }) => serviceName), ...explainers],
      sure: this.routes.operatorWrites || operatorIstio === true,
    };
  }

  /** The Services that the operator creates for it. @internal */
  public _services(): OwnedService[] {
    return this.written.flatMap((predictor) => servicesOf(this.deploymentName, this.backends.get(predictor.name)!.serviceName, predictor));
  }

  /** The explainers of its predictors. @internal */
  public _explainers(): IBackend[] {
    return this.props.predictors.filter(({ explainer }) => explainer !== undefined).map(({ name }) => this.explainer(name));
  }

  /** Finds problems of the percentages, after all routers have set them. @internal */
  public _findProblems(): string[] {
    const { predictors } = this.props;
    const { owner, by } = this.routes;
    // Routers set the shares, and disabled routes wait for one.
    if (owner !== Owner.DISABLED && by === undefined) warnOfUnsetShares(this, predictors);
    if (owner === Owner.OPERATOR && by !== undefined && !this.routes.isShared) {
      return [inSentences(`${pathOf(by)} leaves the routes of SeldonDeployment ${this.deploymentName} to Seldon's operator, and its router sets no traffic`,
        'a router of engine OPERATOR passes its plan on to OperatorRouter, which sets traffic and shadow of the predictors')];
    }
    return findTrafficProblems(this, predictors, this.routes.trafficOf(predictors));
  }

  /** The object as it is written. @internal */
  public _manifest(): SeldonDeploymentManifest {
    return this.object.toJson();
  }

  private checkOperatorIstio(by: IConstruct, what: string): void {
    if (Mesh.of(this).operatorIstio !== false) return;
    throw invalid(by, `${what} for SeldonDeployment ${this.deploymentName}, and Mesh.configure sets operatorIstio: false`,
      'the operator would write no route. Set operatorIstio to true, or route to the predictors by this library');
  }

  private checkOwnTraffic(by: IConstruct): void {
    const specified = this.props.predictors.find(({ traffic, shadow }) => traffic !== undefined || shadow !== undefined);
    if (specified !== undefined) {
      throw invalid(by, `predictor ${show(specified.name)} of SeldonDeployment ${this.deploymentName} sets traffic or shadow`, 'the router sets it. Leave it out there');
    }
  }

  private twoRouters(at: IConstruct, library: IConstruct, operator: IConstruct): Error {
    return invalid(at, `SeldonDeployment ${this.deploymentName} is routed by this library for ${pathOf(library)} and by Seldon's operator for ${pathOf(operator)}`,
      'use an OperatorRouter for all its rollouts, or for none of them');
  }

  private twoOperatorRouters(at: IConstruct, other: IConstruct): Error {
    return invalid(at, `SeldonDeployment ${this.deploymentName} is routed by the OperatorRouter of ${pathOf(other)} already`,
      'the operator creates one VirtualService for it. Use one OperatorRouter');
  }

  private write(): ApiObject {
    const { protocol, transport, serverType, replicas, metadata, controllerId, disableOperatorRoutes } = this.props;
    // At a gateway, anyone could send that host and reach the metrics and predictors that routes of this library do not expose.
    const disabled = { mesh: true, hosts: [disabledHost(this.deploymentName)] };
    const annotations = metadataAnnotations(this, disableOperatorRoutes ? { ...this.props, istio: disabled } : this.props, this.deploymentNamespace);
    const labels = { ...metadata?.labels, ...controllerId === undefined ? {} : { [CONTROLLER_LABEL]: controllerId } };
    const common = { annotations: this.podAnnotations, protocol, transport, serverType, replicas };
    return writeManifest(this, {
      apiVersion: 'machinelearning.seldon.io/v1',
      kind: 'SeldonDeployment',
      spec: () => {
        const traffic = this.routes.trafficOf(this.props.predictors);
        return { ...common, predictors: this.written.map((predictor, i) => ({ ...predictor, ...traffic[i] })) };
      },
    }, {
      ...this.props,
      metadata: {
        ...metadata,
        annotations: Object.keys(annotations).length === 0 ? undefined : annotations,
        labels: Object.keys(labels).length === 0 ? undefined : labels,
      },
    });
  }

  private backendOf(name: string, service: string): IBackend {
    const settled = this.routes.operatorWrites;
    return {
      target: (scope) => this.targetOf(scope, name, service, settled),
      bind: (scope, use) => {
        const target = this.targetOf(scope, name, service, settled || use.engine === RouteEngine.OPERATOR);
        this._routeBy(scope, target, use);
        return target;
      },
    };
  }

  private targetOf(from: IConstruct, name: string, service: string, operatorWrites: boolean): BackendTarget {
    const index = this.written.findIndex((predictor) => predictor.name === name);
    const engine = this.written[index].annotations?.[ANNOTATION.noEngine]?.toLowerCase() !== 'true';
    // Where the operator creates Istio objects, it owns the DestinationRules with the subsets. Each predictor has its own Service anyway.
    const version = operatorWrites ? undefined : this.written[index].labels?.version ?? name;
    return core1Target(from, {
      deployment: this.deploymentName,
      namespace: this.deploymentNamespace,
      name,
      service,
      engine,
      protocol: this.props.protocol ?? SeldonProtocol.SELDON,
      ports: engine ? ENGINE_PORTS : this.containerPorts(index),
      version,
    });
  }

  /** Without an orchestrator, the Service has the ports of the only container. */
  private containerPorts(index: number): PredictorPorts {
    const { http, grpc } = placeContainers(this.written)[index].components.flat().find(({ unit }) => unit)!.ports;
    return { http, grpc };
  }
}

/** The DestinationRule that sets the TLS mode may be created after the route. */
function findMissingTls(by: IConstruct, target: BackendTarget): string[] {
  if (findRule(by, target)?._secures(target.subset)) return [];
  return [inSentences(`${target.description} accepts only TLS, and no DestinationRule for host "${target.host}" sets it`,
    'create a BackendPolicy for it with tls of mode SIMPLE that sets how the certificate is verified')];
}
