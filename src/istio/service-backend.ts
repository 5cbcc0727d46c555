import { Chart } from 'cdk8s';
import type { Service } from 'cdk8s-plus-27';
import { Construct, IConstruct } from 'constructs';
import { Mesh } from '../mesh/mesh';
import { BackendTarget, IBackend } from '../plan/backend';
import { checkDnsLabel, checkHeaderName, checkHeaderValue, checkHost, checkPort } from '../plan/checks';
import { invalid, show } from '../plan/errors';
import { checkLabels } from '../plan/labels';
import { checkList, checkProps, checkStringMatch, checkText, checkTexts } from '../plan/shapes';
import { StringMatch, StringMatchKind } from '../plan/string-match';

/** What a route needs to know of a Service beside its name. */
export interface ServiceBackendOptions {
  /**
   * Port that takes gRPC calls, 1 to 65535. Its name or `appProtocol` must say so (`grpc-…` or `http2-…`), else Istio
   * speaks HTTP/1.1 to it and gRPC loses its trailers.
   *
   * @default - the Service takes no gRPC calls
   */
  readonly grpcPort?: number;

  /**
   * Paths of the gRPC methods that the Service knows.
   *
   * @default - the Open Inference Protocol: prefix `/inference.GRPCInferenceService/`
   */
  readonly grpcMethods?: StringMatch;

  /**
   * Headers by which callers may name this Service over gRPC.
   *
   * @default - `seldon-model` with the name of the endpoint
   */
  readonly grpcHeaders?: { [name: string]: string };

  /**
   * REST paths that the Service understands; endpoints that name no paths of their own take these.
   *
   * @default - any path; endpoints take those of the Open Inference Protocol under their own name
   */
  readonly paths?: StringMatch[];

  /**
   * Subset of the Service's pods.
   *
   * @default - all pods
   */
  readonly subset?: string;

  /**
   * Labels that the pods of the subset carry, written to the DestinationRule of the Service.
   *
   * @default - the subset is defined elsewhere
   */
  readonly subsetLabels?: { [label: string]: string };

  /**
   * Request headers that the Service needs; set on the way to it.
   *
   * @default - none
   */
  readonly requestHeaders?: { [name: string]: string };

  /**
   * Request headers that must not reach the Service.
   *
   * @default - none
   */
  readonly removeRequestHeaders?: string[];

  /**
   * Further ports of the Service. Routes for callers inside the mesh take the whole host, and what goes to these ports
   * stays as it was.
   *
   * @default - none
   */
  readonly otherPorts?: number[];
}

/** Which Service answers, and how. */
export interface ServiceBackendProps extends ServiceBackendOptions {
  /** Name of the Service, or a full DNS name of a host that the mesh knows. */
  readonly name: string;

  /** Namespace of the Service. */
  readonly namespace: string;

  /** Port of the Service that takes REST requests, 1 to 65535. */
  readonly port: number;
}

/**
 * Any Kubernetes Service as a backend: a plain model server, an explainer, an older system.
 */
export class ServiceBackend implements IBackend {
  /**
   * A Service by its name.
   *
   * @param props Name, namespace, ports.
   * @throws an error when a name, a port, a header or a label is wrong, labels are given for no subset or select all pods, or
   * a header is both set and removed.
   */
  public static of(props: ServiceBackendProps): ServiceBackend {
    checkProps('ServiceBackend.of', props, 'name, namespace and port');
    return new ServiceBackend(props, `ServiceBackend.of(${props.namespace}/${props.name})`);
  }

  /**
   * A Service that cdk8s-plus-27 makes.
   *
   * @param service The Service; its first port takes REST requests.
   * @param options What differs from that.
   * @throws an error when the Service has no port or no namespace.
   */
  public static fromService(service: Service, options: ServiceBackendOptions = {}): ServiceBackend {
    const ports = service.ports.map(({ port }) => port);
    if (ports.length === 0) throw invalid(service, `Service ${service.name} has no port`, 'bind one before routing to it');
    const namespace = service.metadata.namespace;
    if (namespace === undefined) {
      throw invalid(service, `Service ${service.name} has no namespace`, 'say the namespace of its chart or metadata, since routes name the Service in full');
    }
    const [port, ...others] = ports;
    return new ServiceBackend({ ...options, name: service.name, namespace, port, otherPorts: options.otherPorts ?? others }, service);
  }

  /**
   * A Service that lives elsewhere, in the namespace of a construct's chart unless another is said.
   *
   * @param scope Construct whose chart gives the namespace.
   * @param name Name of the Service.
   * @param port Port that takes REST requests, 1 to 65535.
   * @param options What differs from the defaults.
   * @throws an error when the chart has no namespace.
   */
  public static fromServiceName(scope: Construct, name: string, port: number, options: ServiceBackendOptions = {}): ServiceBackend {
    const namespace = Chart.of(scope).namespace;
    if (namespace === undefined) {
      throw invalid(scope, `Service ${name} has no namespace`, 'give the chart one, or use ServiceBackend.of');
    }
    return new ServiceBackend({ ...options, name, namespace, port }, scope);
  }

  private readonly props: ServiceBackendProps;

  private constructor(props: ServiceBackendProps, at: IConstruct | string) {
    checkDnsLabel(at, 'namespace', props.namespace);
    if (typeof props.name === 'string' && props.name.includes('.')) checkHost(at, 'host', props.name);
    else checkDnsLabel(at, 'name of Service', props.name);
    checkPort(at, 'port', props.port);
    if (props.grpcPort !== undefined) checkPort(at, 'grpcPort', props.grpcPort);
    if (props.otherPorts !== undefined) checkList(at, 'otherPorts', props.otherPorts, 'ports');
    for (const port of props.otherPorts ?? []) checkPort(at, 'other port', port);
    checkMatches(at, props);
    checkHeaders(at, props);
    if (props.subset !== undefined) checkDnsLabel(at, 'subset', props.subset);
    if (props.subsetLabels !== undefined && props.subset === undefined) {
      throw invalid(at, 'subsetLabels without a subset', 'name the subset that the labels select');
    }
    if (props.subsetLabels !== undefined) {
      if (Object.keys(props.subsetLabels).length === 0) {
        throw invalid(at, `empty subsetLabels of subset ${show(props.subset)}`,
          'they would select all pods: name a label, or leave them out when the subset is defined elsewhere');
      }
      checkLabels(at, 'subsetLabels', props.subsetLabels);
    }
    for (const name of props.removeRequestHeaders ?? []) {
      if (props.requestHeaders?.[name] !== undefined) {
        throw invalid(at, `request header ${name} is both set and removed`, 'say one of the two: a header that is set would arrive all the same');
      }
    }
    this.props = props;
  }

  /**
   * Says how to reach the Service.
   *
   * @param scope The construct that routes to it.
   */
  public target(scope: IConstruct): BackendTarget {
    const { name, namespace, port, grpcPort, grpcMethods, subset } = this.props;
    const ports = new Set([port, ...(grpcPort === undefined ? [] : [grpcPort]), ...(this.props.otherPorts ?? [])]);
    return {
      description: `Service ${namespace}/${name}${subset === undefined ? '' : ` subset ${subset}`}`,
      host: name.includes('.') ? name : Mesh.of(scope).serviceHost(name, namespace),
      namespace,
      port,
      grpc: grpcPort === undefined ? undefined : { port: grpcPort, methods: grpcMethods },
      ports: [...ports].sort((a, b) => a - b),
      subset,
      subsetLabels: this.props.subsetLabels,
      requestHeaders: this.props.requestHeaders,
      removeRequestHeaders: this.props.removeRequestHeaders,
      paths: this.props.paths,
      grpcHeaders: this.props.grpcHeaders,
    };
  }
}

function checkMatches(at: IConstruct | string, { paths, grpcMethods }: ServiceBackendOptions): void {
  if (grpcMethods !== undefined) checkStringMatch(at, 'grpcMethods', grpcMethods, StringMatchKind.PREFIX);
  if (paths === undefined) return;
  checkList(at, 'paths', paths, 'StringMatch');
  paths.forEach((path, i) => checkStringMatch(at, `paths[${i}]`, path, StringMatchKind.PREFIX));
}

function checkHeaders(at: IConstruct | string, { requestHeaders, removeRequestHeaders, grpcHeaders }: ServiceBackendOptions): void {
  for (const [name, value] of Object.entries(requestHeaders ?? {})) {
    checkHeaderName(at, name);
    checkHeaderValue(at, name, value);
  }
  if (removeRequestHeaders !== undefined) checkTexts(at, 'removeRequestHeaders', removeRequestHeaders);
  for (const name of removeRequestHeaders ?? []) checkHeaderName(at, name);
  for (const [name, value] of Object.entries(grpcHeaders ?? {})) {
    checkHeaderName(at, name);
    // Callers send it, and nothing writes it: a percent sign is one.
    checkText(at, `value of gRPC header ${name}`, value);
  }
}
