import { IConstruct } from 'constructs';
import { Mesh } from '../../mesh/mesh';
import { BackendTarget, BackendUse, EndpointDefaults, IBackend } from '../../plan/backend';
import { checkDnsLabel, checkPort } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { inferenceCalls, inferencePaths } from '../../plan/endpoint-defaults';
import { InferenceProtocol } from '../../plan/inference-protocol';
import { StringMatch } from '../../plan/string-match';

/** Protocol of the model server of an InferenceService: its `protocolVersion`. */
export enum KServeProtocol {
  /** `/v1/models/<model>` and `/v1/models/<model>:predict`, without gRPC. */
  V1 = 'v1',
  /** The Open Inference Protocol, `/v2/models/<model>`. */
  V2 = 'v2',
}

/** The part of an InferenceService that receives the requests. */
export enum KServeComponent {
  /** The model itself. */
  PREDICTOR = 'predictor',
  /** The transformer, which calls the predictor. */
  TRANSFORMER = 'transformer',
}

/** Options for InferenceServices of both deployment modes. */
export interface KServeOptions {
  /** Name of the InferenceService. */
  readonly name: string;

  /** Its namespace. */
  readonly namespace: string;

  /**
   * Protocol of its model server.
   *
   * @default KServeProtocol.V1
   */
  readonly protocol?: KServeProtocol;

  /**
   * Name of the model in the model server, which is part of each path. InferenceServices that share the requests of an endpoint
   * must have the same one.
   *
   * @default - name of the InferenceService
   */
  readonly modelName?: string;

  /**
   * The component that receives the requests. Set `TRANSFORMER` where there is a transformer, since the predictor would otherwise
   * receive requests that are not transformed.
   *
   * @default KServeComponent.PREDICTOR
   */
  readonly component?: KServeComponent;
}

/** Properties for `KServeBackend.raw`. */
export interface KServeRawProps extends KServeOptions {
  /**
   * Port of the component's Service for gRPC, 1 to 65535. The Service has one only when the container declares it. Requires
   * `KServeProtocol.V2`.
   *
   * @default - no gRPC calls
   */
  readonly grpcPort?: number;
}

/** Properties for `KServeBackend.knative`. */
export interface KServeKnativeProps extends KServeOptions {
  /**
   * Namespace of the Service `knative-local-gateway`.
   *
   * @default "istio-system"
   */
  readonly gatewayNamespace?: string;
}

const PORT = 80;
const LOCAL_GATEWAY = 'knative-local-gateway';

/** How requests reach a component of an InferenceService. */
type Address = Pick<BackendTarget, 'host' | 'namespace' | 'grpc' | 'requestHeaders'>;

/**
 * An InferenceService of KServe as a backend. KServe also creates an Ingress or a route for it, unless an annotation or setting
 * disables that.
 *
 * @see https://kserve.github.io/website/docs/concepts/architecture
 */
export class KServeBackend implements IBackend {
  /**
   * An InferenceService in raw deployment mode, also called standard: each component has a Service, `<name>-predictor`.
   *
   * @param props Name, namespace, and what differs from the defaults.
   * @throws an error when a name or a port is not valid, or for gRPC with the V1 protocol.
   */
  public static raw(props: KServeRawProps): KServeBackend {
    checkProps('KServeBackend.raw', 'KServeRawProps', props);
    const at = checked('KServeBackend.raw', props);
    const { namespace, grpcPort, protocol } = props;
    if (grpcPort !== undefined) {
      checkPort(at, 'grpcPort', grpcPort);
      if (protocol !== KServeProtocol.V2) {
        throw invalid(at, `grpcPort ${grpcPort} with protocol ${protocol ?? KServeProtocol.V1}`, 'set protocol: KServeProtocol.V2, which supports gRPC');
      }
    }
    return new KServeBackend(props, (mesh) => ({
      host: mesh.serviceHost(serviceOf(props), namespace),
      namespace,
      grpc: grpcPort === undefined ? undefined : { port: grpcPort },
    }));
  }

  /**
   * An InferenceService in Knative mode, also called serverless. Requests go through Knative's local gateway, which selects the
   * component by the header `host`. All Knative services share that gateway, so a `BackendPolicy` for one of them applies to all,
   * and Istio cannot mirror to it.
   *
   * @param props Name, namespace, and what differs from the defaults.
   * @throws an error when a name is not valid.
   */
  public static knative(props: KServeKnativeProps): KServeBackend {
    checkProps('KServeBackend.knative', 'KServeKnativeProps', props);
    const at = checked('KServeBackend.knative', props);
    const { namespace, gatewayNamespace = 'istio-system' } = props;
    checkDnsLabel(at, 'gatewayNamespace', gatewayNamespace);
    return new KServeBackend(props, (mesh) => ({
      host: mesh.serviceHost(LOCAL_GATEWAY, gatewayNamespace),
      namespace: gatewayNamespace,
      requestHeaders: { host: mesh.serviceHost(serviceOf(props), namespace) },
    }));
  }

  private constructor(private readonly props: KServeOptions, private readonly addressIn: (mesh: Mesh) => Address) {}

  /**
   * Returns how to reach the InferenceService.
   *
   * @param scope The construct that routes to it.
   */
  public target(scope: IConstruct): BackendTarget {
    const { name, namespace, protocol, modelName, component = KServeComponent.PREDICTOR } = this.props;
    return {
      ...this.addressIn(Mesh.of(scope)),
      description: `${component === KServeComponent.PREDICTOR ? '' : `${component} of `}InferenceService ${namespace}/${name}`,
      port: PORT,
      endpoint: endpointOf(protocol, modelName ?? name),
      protocol: protocol === KServeProtocol.V2 ? InferenceProtocol.OPEN_INFERENCE : InferenceProtocol.TENSORFLOW_SERVING,
    };
  }

  /**
   * Binds the InferenceService to a route, which changes nothing.
   *
   * @param scope The construct that routes to it.
   * @param _use How the route uses it.
   */
  public bind(scope: IConstruct, _use: BackendUse): BackendTarget {
    return this.target(scope);
  }
}

/** Name of the component's Service, and in Knative mode also of its Knative Service. */
function serviceOf({ name, component = KServeComponent.PREDICTOR }: KServeOptions): string {
  return `${name}-${component}`;
}

/** The paths are those of the model, regardless of the endpoint's name: the model server knows the model only by its own name. */
function endpointOf(protocol: KServeProtocol | undefined, model: string): EndpointDefaults {
  return {
    paths: protocol === KServeProtocol.V2 ? inferencePaths(model) : ['', ':predict'].map((end) => StringMatch.exact(`/v1/models/${model}${end}`)),
    grpc: inferenceCalls(model),
  };
}

const MODEL_NAME = /^[A-Za-z0-9]([-A-Za-z0-9._]*[A-Za-z0-9])?$/;

/** Checks the options of both modes, and returns the call for error messages. */
function checked(call: string, props: KServeOptions): string {
  const { name, namespace, modelName } = props;
  const at = `${call}(${namespace}/${name})`;
  checkDnsLabel(at, 'namespace', namespace);
  checkDnsLabel(at, 'name of InferenceService', name);
  checkDnsLabel(at, 'name of its Service', serviceOf(props));
  if (modelName !== undefined && !MODEL_NAME.test(modelName)) {
    throw invalid(at, `modelName ${show(modelName)}`, 'expected letters, digits, hyphens, dots and underscores, since it is part of the path');
  }
  return at;
}
