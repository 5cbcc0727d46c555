import { Construct, IConstruct } from 'constructs';
import { checkDeploymentName } from './checks';
import { SeldonProtocol } from './enums';
import { ExplainerBackend } from './explainer-backend';
import { OperatorIstio } from './operator-istio';
import { findPredictor, IPredictor, Predictor } from './predictor';
import { OperatorNames, OperatorOwned, SeldonDeployments } from './registry';
import { core1Target } from './target';
import { CONTAINER_PORTS, ENGINE_PORTS } from '../../cluster/core1-operator/defaults';
import { deploymentId, explainerService, explainerVirtualService, predictorService } from '../../cluster/core1-operator/names';
import { namespaceOf } from '../../mesh/manifest';
import { Mesh } from '../../mesh/mesh';
import { BackendTarget, BackendUse, IBackend, RouteEngine } from '../../plan/backend';
import { checkDnsLabel, checkNoNamespace, checkPort } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';

/** What routes need to know of a predictor that lives elsewhere. */
export interface PredictorReference {
  /** Name of the predictor. */
  readonly name: string;

  /**
   * Name of its Service.
   *
   * @default - names of the deployment and the predictor with a hyphen between, hashed when that is too long
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
   * @default - 8000, or 9000 without orchestrator
   */
  readonly port?: number;

  /**
   * Port of its Service for gRPC, 1 to 65535.
   *
   * @default - 5001, or 9500 without orchestrator
   */
  readonly grpcPort?: number;

  /**
   * Whether it has an explainer.
   *
   * @default - true when `explainerPort` is said
   */
  readonly explainer?: boolean;

  /**
   * Port of the Service of its explainer, 1 to 65535.
   *
   * @default 9000
   */
  readonly explainerPort?: number;
}

/** What is known of a SeldonDeployment that lives elsewhere. */
export interface SeldonDeploymentReferenceOptions {
  /**
   * Namespace of the SeldonDeployment.
   *
   * @default - the chart's namespace
   */
  readonly namespace?: string;

  /**
   * What its orchestrators speak. Backends that share requests speak one protocol, where it is known.
   *
   * @default - not known
   */
  readonly protocol?: SeldonProtocol;

  /** Its predictors, as far as routes lead to them. */
  readonly predictors: PredictorReference[];

  /**
   * Whether Seldon's operator writes Istio objects for it, on whatever host. Routes then do without subsets, whose
   * DestinationRules the operator owns: each predictor has a Service of its own. Where the mesh is configured with
   * `operatorIstio: true`, routes of this library need it, and the deployment needs its operator routes parked where it is made.
   *
   * @default false
   */
  readonly operatorRoutes?: boolean;
}

const DISABLE_IN_ITS_APP = 'park the operator\'s routes where the deployment is made, and set operatorRoutes: true here';

/**
 * A SeldonDeployment that another chart, another repository or another tool makes.
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
    if (options.predictors.length === 0) throw invalid(this, 'no predictors', 'name those that routes lead to');
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
      if (this.known.has(name)) throw invalid(this, `two predictors named ${show(name)}`, 'name each once');
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

  /** One of its predictors. */
  public predictor(name: string): IPredictor {
    return findPredictor(this, this.known, name);
  }

  /** The explainer of one of its predictors. */
  public explainer(predictor: string): IBackend {
    this.predictor(predictor);
    const found = this.explainers.get(predictor);
    if (found === undefined) throw invalid(this, `predictor ${show(predictor)} has no explainer`, 'say that it has one: explainer: true');
    return found;
  }

  /** A deployment of this app is bound under whatever name it has here. */
  private bind(by: IConstruct, target: BackendTarget, use: BackendUse): BackendTarget {
    const { deploymentName: name, deploymentNamespace: namespace } = this;
    const own = SeldonDeployments.of(by).find(namespace, name);
    if (own !== undefined) own._claim(by, target, use);
    else if (use.engine === RouteEngine.MESH && !this.sure) OperatorIstio.of(by).checkRoute(by, `SeldonDeployment ${namespace}/${name}`, DISABLE_IN_ITS_APP);
    return target;
  }
}
