import { Construct, IConstruct } from 'constructs';
import { SeldonProtocol } from './enums';
import { ExplainerBackend } from './explainer-backend';
import { OperatorIstio } from './operator-istio';
import { findPredictor, IPredictor, Predictor } from './predictor';
import { core1Target } from './predictor-target';
import { checkDeploymentName } from './seldon-deployment-checks';
import { OperatorNames, OperatorOwned, SeldonDeployments } from './seldon-deployments';
import { CONTAINER_PORTS, ENGINE_PORTS } from '../../cluster/core1-operator/defaults';
import { deploymentId, explainerService, explainerVirtualService, predictorService } from '../../cluster/core1-operator/names';
import { namespaceOf } from '../../mesh/manifest';
import { Mesh } from '../../mesh/mesh';
import { BackendTarget, BackendUse, IBackend, RouteEngine } from '../../plan/backend';
import { checkDnsLabel, checkNoNamespace, checkPort } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';

/** Properties for a predictor of an existing SeldonDeployment. */
export interface PredictorReference {
  /** Name of the predictor. */
  readonly name: string;

  /**
   * Name of its Service.
   *
   * @default - names of the deployment and the predictor, joined by a hyphen and hashed if too long
   */
  readonly serviceName?: string;

  /**
   * Value of the label `version` on its pods.
   *
   * @default - the name of the predictor
   */
  readonly version?: string;

  /**
   * Whether it has no orchestrator.
   *
   * @default false
   */
  readonly noEngine?: boolean;

  /**
   * Port of its Service for REST, 1 to 65535.
   *
   * @default - 8000, or 9000 without an orchestrator
   */
  readonly port?: number;

  /**
   * Port of its Service for gRPC, 1 to 65535.
   *
   * @default - 5001, or 9500 without an orchestrator
   */
  readonly grpcPort?: number;

  /**
   * Whether it has an explainer.
   *
   * @default - true when `explainerPort` is set
   */
  readonly explainer?: boolean;

  /**
   * Port of the Service of its explainer, 1 to 65535.
   *
   * @default 9000
   */
  readonly explainerPort?: number;
}

/** Properties for a reference to an existing SeldonDeployment. */
export interface SeldonDeploymentReferenceOptions {
  /**
   * Namespace of the SeldonDeployment.
   *
   * @default - the chart's namespace
   */
  readonly namespace?: string;

  /**
   * Protocol of its orchestrators. Backends that share traffic must have the same protocol, where it is known.
   *
   * @default - not known
   */
  readonly protocol?: SeldonProtocol;

  /** Its predictors to which routes lead. */
  readonly predictors: PredictorReference[];

  /**
   * Whether Seldon's operator creates Istio objects for it, on any host. Routes then use no subsets, since the operator owns the
   * DestinationRules and each predictor has its own Service. If the mesh is configured with `operatorIstio: true`, routes of this
   * library require it, and the operator routes must be disabled where the deployment is created.
   *
   * @default false
   */
  readonly operatorRoutes?: boolean;
}

const DISABLE_IN_ITS_APP = 'disable the operator\'s routes where the deployment is created, and set operatorRoutes: true here';

/**
 * An existing SeldonDeployment, which another chart, repository or tool creates.
 *
 * @internal
 */
export class SeldonDeploymentReference extends Construct implements OperatorOwned {
  /** The SeldonDeployment's `metadata.name`. */
  public readonly deploymentName: string;
  /** The namespace of the SeldonDeployment. */
  public readonly deploymentNamespace?: string;
  private readonly known = new Map<string, IPredictor>();
  private readonly explainers = new Map<string, IBackend>();
  private readonly sure: boolean;

  constructor(scope: Construct, id: string, deployment: string, options: SeldonDeploymentReferenceOptions) {
    super(scope, id);
    checkProps(this, 'SeldonDeploymentReferenceOptions', options);
    checkNoNamespace(this, 'SeldonDeployment', deployment);
    checkDeploymentName(this, deployment);
    const namespace = namespaceOf(this, options);
    this.deploymentName = deployment;
    this.deploymentNamespace = namespace;
    this.sure = options.operatorRoutes ?? false;
    if (options.predictors.length === 0) throw invalid(this, 'no predictors', 'add those to which routes lead');
    for (const reference of options.predictors) {
      const { name, serviceName, version = name, noEngine = false, port, grpcPort, explainerPort } = reference;
      const { explainer = explainerPort !== undefined } = reference;
      checkDnsLabel(this, 'name of predictor', name);
      if (serviceName !== undefined) checkDnsLabel(this, `serviceName of predictor ${show(name)}`, serviceName);
      if (port !== undefined) checkPort(this, `port of predictor ${show(name)}`, port);
      if (grpcPort !== undefined) checkPort(this, `grpcPort of predictor ${show(name)}`, grpcPort);
      if (explainerPort !== undefined) checkPort(this, `explainerPort of predictor ${show(name)}`, explainerPort);
      if (!explainer && explainerPort !== undefined) {
        throw invalid(this, `explainerPort of predictor ${show(name)}, which has no explainer`, 'leave one of the two out');
      }
      if (this.known.has(name)) throw invalid(this, `two predictors named ${show(name)}`, 'list each predictor once');
      const service = serviceName ?? predictorService(deployment, name);
      const usual = noEngine ? CONTAINER_PORTS : ENGINE_PORTS;
      const ports = { http: port ?? usual.http, grpc: grpcPort ?? usual.grpc };
      const target = (from: IConstruct) => core1Target(from, {
        deployment, namespace, name, service, ports, engine: !noEngine, protocol: options.protocol, version: this.sure ? undefined : version,
      });
      this.known.set(name, new Predictor(name, service, { target, bind: (by, use) => this.bind(by, target(by), use) }));
      if (explainer) this.explainers.set(name, new ExplainerBackend(deployment, namespace, name, explainerPort));
    }
    SeldonDeployments.of(this).refer(this);
  }

  /** Istio objects that the operator may own for it. */
  public _operatorObjects(): OperatorNames {
    if (Mesh.of(this).operatorIstio === false) return { virtualServices: [], destinationRules: [], sure: false };
    const explainers = [...this.explainers.keys()].map((predictor) => explainerService(this.deploymentName, predictor));
    return {
      virtualServices: [deploymentId(this.deploymentName), ...explainers.map(explainerVirtualService)],
      destinationRules: [...[...this.known.values()].map(({ serviceName }) => serviceName), ...explainers],
      sure: this.sure,
    };
  }

  /** Returns one of its predictors. */
  public predictor(name: string): IPredictor {
    return findPredictor(this, this.known, name);
  }

  /** Returns the explainer of one of its predictors. */
  public explainer(predictor: string): IBackend {
    this.predictor(predictor);
    const found = this.explainers.get(predictor);
    if (found === undefined) throw invalid(this, `predictor ${show(predictor)} has no explainer`, 'set explainer: true on it if it has one');
    return found;
  }

  /** A deployment of this app is bound by any reference to it. */
  private bind(by: IConstruct, target: BackendTarget, use: BackendUse): BackendTarget {
    const { deploymentName: name, deploymentNamespace: namespace } = this;
    const own = SeldonDeployments.of(by).find(namespace, name);
    if (own !== undefined) own._routeBy(by, target, use);
    else if (use.engine === RouteEngine.MESH && !this.sure) OperatorIstio.of(by).checkRoute(by, `SeldonDeployment ${namespace}/${name}`, DISABLE_IN_ITS_APP);
    return target;
  }
}
