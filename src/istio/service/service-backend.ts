import { Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { FromServiceNameOptions, FromServiceOptions, ServiceBackendOptions, ServiceBackendProps } from './service-backend-props';
import { readService, serviceIn } from './service-manifest';
import { usablePorts } from './service-ports';
import { Mesh } from '../../mesh/mesh';
import { BackendTarget, BackendUse, IBackend } from '../../plan/backend';
import { checkDnsLabel, checkHost, checkPort } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkLabels } from '../../plan/checks/labels';
import { checkProps } from '../../plan/checks/props';
import { checkList, checkText, checkTexts } from '../../plan/checks/type-checks';
import { checkHeaderName, checkHeaderValue } from '../../plan/header-checks';
import { InferenceProtocol, protocolMethods } from '../../plan/inference-protocol';
import { checkStringMatch } from '../../plan/part-checks';
import { StringMatchKind } from '../../plan/string-match';
import { targetPorts } from '../../plan/target-ports';

export * from './service-backend-props';

/**
 * Any Kubernetes Service as a backend: a plain model server, an explainer, an older system.
 */
export class ServiceBackend implements IBackend {
  /**
   * A Service by its name.
   *
   * @param props Name, namespace, ports.
   * @throws an error when a name, a port, a header or a label is not valid, when labels are set without a subset or select all pods,
   * and when a header is both set and removed.
   */
  public static of(props: ServiceBackendProps): ServiceBackend {
    const at = (props?.name ?? props?.namespace) !== undefined ? `ServiceBackend.of(${props.namespace}/${props.name})` : 'ServiceBackend.of';
    checkProps(at, 'ServiceBackendProps', props);
    return new ServiceBackend(props, at);
  }

  /**
   * A Service of this app: one of any cdk8s-plus, an `ApiObject`, or an `Include` with one Service. Its ports are read from the
   * manifest when this is called. The names of the ports are compared with the routes before any manifest is written.
   *
   * @param service The construct that creates the Service.
   * @param options What differs from the defaults.
   * @throws an error when the construct creates no Service or several, or when the Service has no port or no namespace.
   */
  public static fromService(service: IConstruct, options: FromServiceOptions = {}): ServiceBackend {
    const object = serviceIn('ServiceBackend.fromService', service);
    checkProps(service, 'FromServiceOptions', options);
    const { name, namespace, ports } = readService(object);
    if (namespace === undefined) {
      throw invalid(service, `Service ${name} has no namespace`, 'set the namespace of its chart or metadata, since routes name the Service in full');
    }
    const otherPorts = usablePorts(ports);
    if (otherPorts.length === 0) throw invalid(service, `Service ${name} has no TCP port`, 'bind one before routing to it');
    return new ServiceBackend({ port: otherPorts[0], otherPorts, ...options, name, namespace }, service);
  }

  /**
   * An existing Service, which is not defined in this app.
   *
   * @param scope Construct whose chart provides the default namespace.
   * @param name Name of the Service.
   * @param port Port for REST requests, 1 to 65535.
   * @param options What differs from the defaults.
   * @throws an error when neither the chart nor the options have a namespace.
   */
  public static fromServiceName(scope: Construct, name: string, port: number, options: FromServiceNameOptions = {}): ServiceBackend {
    checkProps(scope, 'FromServiceNameOptions', options);
    const namespace = options.namespace ?? Chart.of(scope).namespace;
    if (namespace === undefined) {
      throw invalid(scope, `Service ${name} has no namespace`, 'set namespace here or for the chart');
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
    checkProtocol(at, props);
    checkHeaders(at, props);
    checkSubsetName(at, props.subset);
    if (props.subsetLabels !== undefined && props.subset === undefined) {
      throw invalid(at, 'subsetLabels without a subset', 'set subset to the name of the subset that the labels select');
    }
    if (props.subsetLabels !== undefined) {
      if (Object.keys(props.subsetLabels).length === 0) {
        throw invalid(at, `empty subsetLabels of subset ${show(props.subset)}`,
          'they would select all pods. Set a label, or leave subsetLabels out when the subset is defined in an existing DestinationRule');
      }
      checkLabels(at, 'subsetLabels', props.subsetLabels);
    }
    for (const name of props.removeRequestHeaders ?? []) {
      if (props.requestHeaders?.[name] !== undefined) {
        throw invalid(at, `request header ${name} is both set and removed`, 'a header that is set would arrive anyway. Keep one of the two');
      }
    }
    this.props = props;
  }

  /**
   * Returns how to reach the Service.
   *
   * @param scope The construct that routes to it.
   */
  public target(scope: IConstruct): BackendTarget {
    const { name, namespace, port, grpcPort, subset, protocol, paths } = this.props;
    const grpc = grpcPort === undefined ? undefined : { port: grpcPort, methods: this.props.grpcMethods ?? (protocol && protocolMethods(protocol)) };
    return {
      description: `Service ${namespace}/${name}${subset === undefined ? '' : ` subset ${subset}`}`,
      host: name.includes('.') ? name : Mesh.of(scope).serviceHost(name, namespace),
      namespace,
      port,
      grpc,
      ports: [...new Set([...targetPorts({ port, grpc }), ...this.props.otherPorts ?? []])].sort((a, b) => a - b),
      subset,
      subsetLabels: this.props.subsetLabels,
      requestHeaders: this.props.requestHeaders,
      removeRequestHeaders: this.props.removeRequestHeaders,
      paths,
      grpcHeaders: this.props.grpcHeaders,
      protocol: protocol === InferenceProtocol.HTTP ? undefined : protocol,
      inferenceProtocol: paths === undefined ? protocol : undefined,
    };
  }

  /**
   * Binds the Service to a route, which changes nothing.
   *
   * @param scope The construct that routes to it.
   * @param _use How the route uses it.
   */
  public bind(scope: IConstruct, _use: BackendUse): BackendTarget {
    return this.target(scope);
  }
}

/** A plain HTTP server has no standard gRPC methods. */
function checkProtocol(at: IConstruct | string, { protocol, grpcPort, grpcMethods }: ServiceBackendOptions): void {
  if (protocol === InferenceProtocol.HTTP && grpcPort !== undefined && grpcMethods === undefined) {
    throw invalid(at, `grpcPort ${grpcPort} of a plain HTTP server`, 'set grpcMethods, or leave grpcPort out');
  }
}

function checkSubsetName(at: IConstruct | string, subset: string | undefined): void {
  if (typeof subset === 'object') {
    throw invalid(at, `subset ${JSON.stringify(subset)}`,
      "expected the name of the subset. The labels of its pods are subsetLabels, as in { subset: 'v1', subsetLabels: { version: 'v1' } }");
  }
  if (subset !== undefined) checkDnsLabel(at, 'subset', subset);
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
    // Callers send it and Envoy never formats it, so a percent sign is literal.
    checkText(at, `value of gRPC header ${name}`, value);
  }
}
