import { IConstruct } from 'constructs';
import { AccessLogging, IstioMetric, MetricOverride, Metrics, TelemetryProps, Tracing, WorkloadMode } from './telemetry-props';
import { checkExpression, CustomTag, TagOverride } from './telemetry-tags';
import { IstioRelease } from '../mesh/release';
import { checkDuration, checkPercent } from '../plan/checks/checks';
import { invalid, show } from '../plan/checks/errors';
import { checkList, checkObject, checkText, checkTexts } from '../plan/checks/type-checks';
import { envoyCelProblem } from '../plan/expressions/envoy-cel';

type At = IConstruct;

/** A Prometheus label. Hyphens are allowed too, since Envoy replaces them with underscores. */
const TAG = /^[a-zA-Z_][a-zA-Z0-9_-]*$/;

/** The standard labels of Istio's metrics, except those of the source and the destination. */
const STANDARD_LABELS = [
  'reporter', 'request_protocol', 'response_code', 'response_flags', 'grpc_response_status', 'connection_security_policy', 'request_operation',
];
const STANDARD_LABEL = /^(source|destination)_(workload|workload_namespace|principal|app|version|service|service_name|service_namespace|cluster|canonical_service|canonical_revision)$/;

/**
 * Checks the properties of a Telemetry.
 *
 * @internal
 */
export function checkTelemetry(at: At, props: TelemetryProps, release: IstioRelease): void {
  const { accessLogging, tracing, metrics } = props;
  if (accessLogging === undefined && tracing === undefined && metrics === undefined) {
    throw invalid(at, 'a Telemetry without settings', 'set accessLogging, tracing or metrics');
  }
  if (accessLogging !== undefined) {
    checkEntries(at, 'accessLogging', accessLogging);
    accessLogging.forEach((entry, i) => checkLogging(at, `accessLogging[${i}]`, entry));
  }
  if (tracing !== undefined) checkTracing(at, tracing, release);
  if (metrics === undefined) return;
  checkEntries(at, 'metrics', metrics);
  metrics.forEach((entry, i) => checkMetrics(at, `metrics[${i}]`, entry));
}

function checkEntries(at: At, what: string, entries: readonly unknown[]): void {
  checkList(at, what, entries, 'objects');
  if (entries.length === 0) throw invalid(at, `an empty list of ${what}`, 'add an entry, or leave it out');
  entries.forEach((entry, i) => {
    if (typeof entry !== 'object' || entry === null) throw invalid(at, `${what}[${i}] ${show(entry)}`, 'expected an object');
  });
}

function checkProviders(at: At, what: string, providers: readonly string[] | undefined): void {
  if (providers === undefined) return;
  checkTexts(at, `${what}.providers`, providers);
  if (providers.length === 0) throw invalid(at, `${what} with an empty list of providers`, 'list at least one, or leave providers out for the mesh\'s default');
  providers.forEach((name, i) => {
    if (name.trim() === '') throw invalid(at, `${what} with an empty provider name`, 'expected a provider of the mesh, such as "envoy" or "prometheus"');
    if (providers.indexOf(name) !== i) throw invalid(at, `${what} with provider ${show(name)} twice`, 'list each provider once');
  });
}

function checkEnum(at: At, what: string, value: string | undefined, values: { readonly [name: string]: string }): void {
  if (value === undefined || Object.values(values).includes(value)) return;
  throw invalid(at, `${what} ${show(value)}`, `expected one of ${Object.values(values).join(', ')}`);
}

function checkLogging(at: At, what: string, { providers, filter, disabled, mode }: AccessLogging): void {
  checkProviders(at, what, providers);
  checkEnum(at, `${what}.mode`, mode, WorkloadMode);
  if (filter === undefined) return;
  checkFilter(at, `${what}.filter`, filter);
  if (disabled === true) throw invalid(at, `${what} with a filter, and disabled`, 'set only one of them, since nothing is logged that could be filtered');
}

/** Istio's webhook accepts a filter with a function that Envoy does not have, and Envoy then rejects the whole listener. */
function checkFilter(at: At, what: string, filter: string): void {
  checkExpression(at, what, filter);
  const problem = envoyCelProblem(filter);
  if (problem !== undefined) throw invalid(at, `${what} ${show(filter)}`, `${problem}. Envoy would reject the whole listener`);
}

function checkTracing(at: At, tracing: Tracing, release: IstioRelease): void {
  if (Array.isArray(tracing)) throw invalid(at, 'tracing as a list', 'set one object, since Istio reads only the first entry of a list');
  if (Object.values(tracing).every((value) => value === undefined)) throw invalid(at, 'tracing without settings', 'set a field, or leave it out');
  const { provider, samplingPercentage, customTags, mode, enableIstioTags, disableContextPropagation } = tracing;
  if (provider !== undefined) checkProviders(at, 'tracing', [provider]);
  if (samplingPercentage !== undefined) checkPercent(at, 'tracing.samplingPercentage', samplingPercentage);
  checkEnum(at, 'tracing.mode', mode, WorkloadMode);
  checkObject(at, 'tracing.customTags', undefined, customTags, 'an object of CustomTags by their names');
  if (enableIstioTags !== undefined) release.require(at, 'tracing.enableIstioTags', '1.25');
  if (disableContextPropagation !== undefined) release.require(at, 'tracing.disableContextPropagation', '1.30');
  for (const [name, tag] of Object.entries(customTags ?? {})) {
    if (name.trim() === '') throw invalid(at, 'a custom tag with an empty name', 'set a name');
    if (!(tag instanceof CustomTag)) throw invalid(at, `custom tag ${name} ${show(tag)}`, 'expected a CustomTag, such as CustomTag.header("x-team")');
    if (tag._isFormatter) release.require(at, `formatter of custom tag ${name}`, '1.29');
  }
}

function checkMetrics(at: At, what: string, { providers, overrides, reportingInterval }: Metrics): void {
  checkProviders(at, what, providers);
  checkDuration(at, `${what}.reportingInterval`, reportingInterval);
  if (overrides === undefined) return;
  checkEntries(at, `${what}.overrides`, overrides);
  overrides.forEach((override, i) => checkOverride(at, `${what}.overrides[${i}]`, override));
}

function checkOverride(at: At, what: string, { metric, customMetric, mode, disabled, tags }: MetricOverride): void {
  checkEnum(at, `${what}.metric`, metric, IstioMetric);
  checkEnum(at, `${what}.mode`, mode, WorkloadMode);
  if (metric !== undefined && customMetric !== undefined) throw invalid(at, `${what} with metric and customMetric`, 'set only one of them');
  if (customMetric !== undefined) {
    checkText(at, `${what}.customMetric`, customMetric);
    if (customMetric.trim() === '') throw invalid(at, `${what} with an empty customMetric`, 'expected the name of a metric');
  }
  checkObject(at, `${what}.tags`, undefined, tags, 'an object of TagOverrides by their names');
  if (disabled === undefined && Object.keys(tags ?? {}).length === 0) {
    throw invalid(at, `${what} without an effect`, 'set disabled, or add a tag');
  }
  checkTagNames(at, what, Object.keys(tags ?? {}));
  for (const [name, tag] of Object.entries(tags ?? {})) {
    if (!(tag instanceof TagOverride)) throw invalid(at, `tag ${name} of ${what} ${show(tag)}`, 'expected a TagOverride, such as TagOverride.remove()');
  }
}

/** If one series has a label twice, Prometheus rejects the whole scrape of the proxy. */
function checkTagNames(at: At, what: string, names: readonly string[]): void {
  const labels = new Map<string, string>();
  for (const name of names) {
    if (!TAG.test(name)) {
      throw invalid(at, `tag ${show(name)} of ${what}`, 'expected letters, digits, underscores and hyphens, not starting with a digit or hyphen');
    }
    const label = name.replaceAll('-', '_');
    const other = labels.get(label) ?? (name !== label && isStandardLabel(label) ? label : undefined);
    if (other !== undefined) {
      throw invalid(at, `tags ${show(other)} and ${show(name)} of ${what}`, `both become the Prometheus label ${label}, and Prometheus rejects duplicate labels. Set it once, with underscores`);
    }
    labels.set(label, name);
  }
}

function isStandardLabel(label: string): boolean {
  return STANDARD_LABELS.includes(label) || STANDARD_LABEL.test(label);
}
