import { Construct } from 'constructs';
import { checkMonitor, checkSelector, MonitorProps, Scraped, writePodMonitor, writeServiceMonitor } from './monitor-props';
import { METRICS_PATH } from '../cluster/core1-operator/defaults';
import { nameOf } from '../mesh/default-name';
import { KubernetesObject } from '../mesh/kubernetes-object';
import { checkMetadata } from '../mesh/manifest';
import { checkObjectName } from '../plan/checks/checks';
import { invalid, show } from '../plan/checks/errors';
import { checkProps } from '../plan/checks/props';
import { checkList } from '../plan/checks/type-checks';
import { COMPONENT_LABEL, CORE2_COMPONENT } from '../plan/core2-service';

export type { MonitorProps } from './monitor-props';

/** Properties for `Core1Monitor`. */
export interface Core1MonitorProps extends MonitorProps {
  /**
   * Whether only the orchestrators are scraped. Model containers can also have a port of that name, with their own metrics.
   *
   * @default false
   */
  readonly orchestratorsOnly?: boolean;
}

/** The name of the orchestrator's container. */
const ORCHESTRATOR = 'seldon-container-engine';

/**
 * Scrapes the pods of Seldon Core 1: the orchestrators, at `/prometheus` on their port `metrics` (8000, which also serves requests),
 * and models that expose metrics. It is a PodMonitor of the Prometheus operator.
 *
 * Triton and MLServer (with protocol v2, every prepackaged server except TensorFlow's) have no port `metrics`: Seldon's operator
 * replaces the ports of their containers with `http` and `grpc`. Their own metrics are not scraped, but the orchestrator in front of
 * them still counts their requests.
 *
 * The requests of predictors without an orchestrator are not counted. Use Istio's metrics of their Services.
 *
 * @see https://docs.seldon.ai/seldon-core-1/configuration/integrations/analytics
 */
export class Core1Monitor extends KubernetesObject {
  /**
   * Creates a PodMonitor.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the PodMonitor unless the metadata sets another one.
   * @param props Which pods are scraped, and how often.
   * @throws an error when a namespace or a duration is invalid.
   */
  public constructor(scope: Construct, id: string, props: Core1MonitorProps = {}) {
    super(scope, id);
    checkProps(this, 'Core1MonitorProps', props, Core1Monitor);
    checkMonitor(this, props);
    writePodMonitor(this, {
      selector: { 'app.kubernetes.io/managed-by': 'seldon-core' },
      port: 'metrics',
      path: METRICS_PATH,
      relabelings: props.orchestratorsOnly ? [{ action: 'keep', sourceLabels: ['__meta_kubernetes_pod_container_name'], regex: ORCHESTRATOR }] : undefined,
    }, props);
  }
}

/** Components of Seldon Core 2 that have metrics. */
export enum Core2Component {
  /** The agents next to the inference servers, which count requests by model. */
  AGENT = 'agent',
  /** The inference servers: MLServer and Triton. */
  SERVER = 'server',
  /** The pipeline gateway, which counts requests by pipeline. */
  PIPELINE_GATEWAY = 'pipelinegateway',
  /** Seldon's Envoy. */
  ENVOY = 'envoy',
}

/** Properties for `Core2Monitor`. */
export interface Core2MonitorProps extends MonitorProps {
  /**
   * The components that are scraped.
   *
   * @default - all components
   */
  readonly components?: Core2Component[];
}

const CORE2: { readonly [component in Core2Component]: Scraped } = {
  [Core2Component.AGENT]: { selector: { [COMPONENT_LABEL]: CORE2_COMPONENT.server }, port: 'metrics', path: '/metrics' },
  [Core2Component.SERVER]: { selector: { [COMPONENT_LABEL]: CORE2_COMPONENT.server }, port: 'server-metrics', path: '/metrics' },
  [Core2Component.PIPELINE_GATEWAY]: { selector: { [COMPONENT_LABEL]: CORE2_COMPONENT.pipelineGateway }, port: 'metrics', path: '/metrics' },
  [Core2Component.ENVOY]: { selector: { [COMPONENT_LABEL]: CORE2_COMPONENT.envoy }, port: 'stats', path: '/stats/prometheus' },
};

/**
 * Scrapes Seldon Core 2 in a namespace with a SeldonRuntime: PodMonitors for the agents, the inference servers and the pipeline
 * gateway, and a ServiceMonitor for Seldon's Envoy. Their names are that of the construct with the suffixes `-agent`, `-server`,
 * `-pipelinegateway` and `-envoy`.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/operational-monitoring/observability
 */
export class Core2Monitor extends Construct {
  /**
   * Creates up to four monitors.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and first part of the names unless the metadata sets another one.
   * @param props Which components and pods are scraped, and how often.
   * @throws an error when a component, namespace or duration is invalid.
   */
  public constructor(scope: Construct, id: string, props: Core2MonitorProps = {}) {
    super(scope, id);
    checkProps(this, 'Core2MonitorProps', props, Core2Monitor);
    checkMonitor(this, props);
    checkMetadata(this, props);
    const name = nameOf(this, props);
    checkObjectName(this, 'name', name);
    const components = props.components ?? Object.values(Core2Component);
    checkList(this, 'components', components, 'components');
    if (components.length === 0) throw invalid(this, 'an empty list of components', 'list at least one, or leave components out for all of them');
    components.forEach((component, i) => {
      if (!Object.hasOwn(CORE2, component)) throw invalid(this, `components[${i}] ${show(component)}`, `expected one of ${Object.keys(CORE2).join(', ')}`);
      if (components.indexOf(component) !== i) throw invalid(this, `component ${component} is listed twice`, 'list each component once');
      new Core2ComponentMonitor(this, component, { ...props, metadata: { ...props.metadata, name: `${name}-${component}` } });
    });
  }
}

/** One of the monitors. */
class Core2ComponentMonitor extends KubernetesObject {
  public constructor(scope: Construct, component: Core2Component, props: MonitorProps) {
    super(scope, component);
    if (component === Core2Component.ENVOY) writeServiceMonitor(this, CORE2[component], props);
    else writePodMonitor(this, CORE2[component], props);
  }
}

/** Properties for `IstioProxyMonitor`. */
export interface IstioProxyMonitorProps extends MonitorProps {
  /**
   * Labels of the pods whose proxies are scraped.
   *
   * @default - all pods with a proxy
   */
  readonly selector?: { [label: string]: string };
}

/**
 * Scrapes Istio's proxies (sidecars, gateways and waypoints) at `/stats/prometheus` on port 15090. They count the requests of plain
 * Services. It is a PodMonitor of the Prometheus operator.
 *
 * mTLS never applies to this port, so `mtlsScrapeClass` has no effect on it. To count the requests that a gateway sends, include the
 * gateway's namespace.
 *
 * @see https://istio.io/latest/docs/ops/integrations/prometheus/
 */
export class IstioProxyMonitor extends KubernetesObject {
  /**
   * Creates a PodMonitor.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the PodMonitor unless the metadata sets another one.
   * @param props Which pods are scraped, and how often.
   * @throws an error when a namespace, label or duration is invalid.
   */
  public constructor(scope: Construct, id: string, props: IstioProxyMonitorProps = {}) {
    super(scope, id);
    checkProps(this, 'IstioProxyMonitorProps', props, IstioProxyMonitor);
    checkMonitor(this, props);
    if (props.selector !== undefined) checkSelector(this, props.selector);
    writePodMonitor(this, { selector: { ...props.selector }, port: 'http-envoy-prom', path: '/stats/prometheus', plain: true }, props);
  }
}
