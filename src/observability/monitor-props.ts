import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { monitoringTypes } from './monitoring-types';
import { checkSeconds, formatSeconds } from './promql';
import type * as monitoring from '../../imports/monitoring.coreos.com';
import { writeManifest } from '../mesh/manifest';
import { ManifestProps } from '../mesh/manifest-props';
import { checkDnsLabel } from '../plan/checks/checks';
import { invalid, show } from '../plan/checks/errors';
import { checkLabels } from '../plan/checks/labels';
import { checkObject, checkText, checkTexts } from '../plan/checks/type-checks';

/** How Prometheus scrapes. */
export interface MonitorProps extends ManifestProps {
  /**
   * Namespaces whose pods are scraped. Excludes `anyNamespace`.
   *
   * @default - the namespace of the monitor
   */
  readonly namespaces?: string[];

  /**
   * Whether pods of all namespaces are scraped.
   *
   * @default false
   */
  readonly anyNamespace?: boolean;

  /**
   * How often, in whole seconds.
   *
   * @default Duration.seconds(15)
   */
  readonly interval?: Duration;

  /**
   * How long Prometheus waits for an answer, in whole seconds, the interval at most.
   *
   * @default - as Prometheus is told for all
   */
  readonly scrapeTimeout?: Duration;

  /**
   * Scrape class of the Prometheus whose TLS settings hold a certificate of the mesh: then it scrapes over https, by mTLS. Needed where
   * a PeerAuthentication is STRICT for the port, unless the port is left open there. Every pod that is scraped must have a sidecar then.
   *
   * @default - plain http
   */
  readonly mtlsScrapeClass?: string;
}

/**
 * Where metrics are.
 *
 * @internal
 */
export interface Scraped {
  /** Labels of the pods or Services. */
  readonly selector: { readonly [label: string]: string };
  /** Name of the port. */
  readonly port: string;
  /** Path of the metrics. */
  readonly path: string;
  /** Whether mTLS is of no concern to the port. */
  readonly plain?: boolean;
  /** What becomes of targets and their labels. */
  readonly relabelings?: readonly object[];
}

/**
 * Checks what monitors have in common.
 *
 * @internal
 */
export function checkMonitor(at: Construct, props: MonitorProps): void {
  const { namespaces, anyNamespace, interval = Duration.seconds(15), scrapeTimeout, mtlsScrapeClass } = props;
  if (namespaces !== undefined) {
    checkTexts(at, 'namespaces', namespaces);
    if (namespaces.length === 0) throw invalid(at, 'an empty list of namespaces', 'name one, or leave it out for the monitor\'s own');
    namespaces.forEach((namespace) => checkDnsLabel(at, 'namespace', namespace));
    if (anyNamespace) throw invalid(at, 'namespaces and anyNamespace', 'say one of them');
  }
  checkSeconds(at, 'interval', interval);
  checkSeconds(at, 'scrapeTimeout', scrapeTimeout);
  if (scrapeTimeout !== undefined && scrapeTimeout.toMilliseconds() > interval.toMilliseconds()) {
    throw invalid(at, `scrapeTimeout of ${formatSeconds(scrapeTimeout)}`, `expected the interval of ${formatSeconds(interval)} at most`);
  }
  if (mtlsScrapeClass === undefined) return;
  checkText(at, 'mtlsScrapeClass', mtlsScrapeClass);
  if (mtlsScrapeClass.trim() === '') throw invalid(at, `mtlsScrapeClass ${show(mtlsScrapeClass)}`, 'expected the name of a scrape class, such as "istio-mtls"');
}

/**
 * Checks labels that a monitor selects by.
 *
 * @internal
 */
export function checkSelector(at: Construct, selector: { readonly [label: string]: string }): void {
  checkObject(at, 'selector', undefined, selector, 'an object of labels');
  checkLabels(at, 'selector', selector);
  if (Object.keys(selector).length === 0) throw invalid(at, 'an empty selector', 'name a label, or leave it out');
}

/**
 * Writes a PodMonitor.
 *
 * @internal
 */
export function writePodMonitor(at: Construct, scraped: Scraped, props: MonitorProps): void {
  const spec = { ...common(scraped, props), podMetricsEndpoints: [endpoint(scraped, props)] };
  writeManifest(at, {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    spec: () => monitoringTypes().toJson_PodMonitorSpec(spec as unknown as monitoring.PodMonitorSpec),
  }, props);
}

/**
 * Writes a ServiceMonitor.
 *
 * @internal
 */
export function writeServiceMonitor(at: Construct, scraped: Scraped, props: MonitorProps): void {
  const spec = { ...common(scraped, props), endpoints: [endpoint(scraped, props)] };
  writeManifest(at, {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    spec: () => monitoringTypes().toJson_ServiceMonitorSpec(spec as unknown as monitoring.ServiceMonitorSpec),
  }, props);
}

function common({ selector, plain }: Scraped, { namespaces, anyNamespace, mtlsScrapeClass }: MonitorProps): object {
  return {
    selector: { matchLabels: selector },
    namespaceSelector: anyNamespace ? { any: true } : namespaces && { matchNames: namespaces },
    scrapeClass: plain ? undefined : mtlsScrapeClass,
  };
}

function endpoint({ port, path, plain, relabelings }: Scraped, props: MonitorProps): object {
  const { interval = Duration.seconds(15), scrapeTimeout, mtlsScrapeClass } = props;
  return {
    port,
    path,
    interval: formatSeconds(interval),
    scrapeTimeout: scrapeTimeout && formatSeconds(scrapeTimeout),
    scheme: plain || mtlsScrapeClass === undefined ? undefined : 'https',
    relabelings,
  };
}
