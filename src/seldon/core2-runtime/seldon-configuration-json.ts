import type { k8s } from 'cdk8s-plus-27';
import { IConstruct } from 'constructs';
import { SeldonComponent } from './seldon-component';
import { SeldonConfiguration, SeldonKafkaConfig, SeldonRcloneConfig, SeldonScalingConfig, SeldonTracingConfig } from './seldon-configuration';
import { SeldonConfigSpecConfig, toJson_SeldonConfigSpecConfig } from '../../../imports/mlops.seldon.io';
import { Warnings } from '../../mesh/warnings';
import { checkInt32, checkInteger, checkObjectName } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';

/** Settings of Kafka's clients whose values are secrets. */
const KAFKA_SECRET = /(^|\.)(password|secret)$|\.jaas\.config$|(^|\.)key\.pem$|\.keystore\.key$/;

/** Parameters of rclone's remotes whose values are secrets. */
const RCLONE_SECRETS = new Set([
  'access_token', 'api_key', 'bearer_token', 'client_secret', 'key', 'key_file_pass', 'key_pem', 'pass', 'password', 'password2', 'sas_url',
  'secret_access_key', 'service_account_credentials', 'session_token', 'token',
]);

/** Port names for which Istio selects HTTP/2. */
const HTTP2 = /^(http2|grpc)-/;

/** Limits the length, so that the port name with Seldon's suffix, such as `scheduler-mtls`, is a DNS label. */
const PREFIX = /^[a-z0-9][-a-z0-9]{0,40}$/;

const TOPIC = /^[A-Za-z0-9._-]{1,150}$/;

const KAFKA_MAPS = ['consumer', 'producer', 'streams', 'topics'] as const;

/**
 * Writes the settings of a SeldonConfig or a SeldonRuntime, which have the same fields.
 *
 * @internal
 */
export function toConfiguration(at: IConstruct, config: SeldonConfiguration): unknown {
  const { scalingConfig, tracingConfig, kafkaConfig, agentConfig, serviceConfig } = config;
  if (scalingConfig !== undefined) checkScaling(at, scalingConfig);
  if (tracingConfig !== undefined) checkTracing(at, tracingConfig);
  if (kafkaConfig !== undefined) checkKafka(at, kafkaConfig);
  if (agentConfig?.rclone !== undefined) checkRclone(at, agentConfig.rclone);
  checkPrefix(at, serviceConfig?.grpcServicePrefix);
  const written = toJson_SeldonConfigSpecConfig({
    agentConfig,
    serviceConfig,
    kafkaConfig,
    tracingConfig: tracingConfig && { ...tracingConfig, ratio: tracingConfig.ratio === undefined ? undefined : String(tracingConfig.ratio) },
  } as SeldonConfigSpecConfig)!;
  // Newer than the generated types.
  return {
    ...written,
    scalingConfig,
    tracingConfig: tracingConfig && { ...written.tracingConfig, otelExporterProtocol: tracingConfig.otelExporterProtocol },
    kafkaConfig: kafkaConfig && {
      ...written.kafkaConfig,
      consumerGroupIdPrefix: kafkaConfig.consumerGroupIdPrefix,
      topics: kafkaConfig.topics && valuesOf(kafkaConfig.topics),
    },
  };
}

/**
 * Checks that each component is listed once. Of two, Seldon's operator uses the last.
 *
 * @internal
 */
export function checkComponentNames(at: IConstruct, what: string, components: readonly { readonly name: SeldonComponent }[]): void {
  const names = new Set<SeldonComponent>();
  for (const { name } of components) {
    if (names.has(name)) throw invalid(at, `two ${what} for ${name}`, 'merge them into one');
    names.add(name);
  }
}

function checkPrefix(at: IConstruct, prefix: string | undefined): void {
  if (prefix === undefined || prefix === '') return;
  if (!PREFIX.test(prefix)) {
    throw invalid(at, `grpcServicePrefix ${show(prefix)}`, 'expected at most 41 lower-case letters, digits and hyphens, such as "http2-"');
  }
  if (!isHttp2(prefix)) {
    Warnings._add(at, `grpcServicePrefix ${show(prefix)}`,
      'Istio selects HTTP/1.1 for such ports and loses the status of gRPC calls. If Istio routes to them, start the prefix with "http2-" or "grpc-"');
  }
}

/** @internal */
export function isHttp2(prefix: string): boolean {
  return HTTP2.test(prefix);
}

function checkScaling(at: IConstruct, { servers, pipelines }: SeldonScalingConfig): void {
  const percentage = servers?.scaleDownPackingPercentage;
  if (percentage !== undefined) checkInteger(at, 'scaleDownPackingPercentage', percentage, 0, 100);
  checkInt32(at, 'maxShardCountMultiplier', pipelines?.maxShardCountMultiplier, 1);
}

function checkTracing(at: IConstruct, { otelExporterEndpoint, otelExporterProtocol, ratio }: SeldonTracingConfig): void {
  checkSpecified(at, 'otelExporterEndpoint', otelExporterEndpoint);
  checkSpecified(at, 'otelExporterProtocol', otelExporterProtocol);
  if (ratio !== undefined && !(typeof ratio === 'number' && ratio >= 0 && ratio <= 1)) {
    throw invalid(at, `ratio ${show(ratio)} of tracingConfig`, 'expected a share from 0 to 1');
  }
}

function checkKafka(at: IConstruct, kafka: SeldonKafkaConfig): void {
  checkSpecified(at, 'bootstrapServers', kafka.bootstrapServers);
  checkSpecified(at, 'debug of kafkaConfig', kafka.debug);
  if (kafka.topicPrefix !== undefined && !TOPIC.test(kafka.topicPrefix)) {
    throw invalid(at, `topicPrefix ${show(kafka.topicPrefix)}`, 'expected at most 150 letters, digits, ".", "_" and "-", as in names of Kafka topics');
  }
  for (const kind of KAFKA_MAPS) {
    for (const [setting, value] of Object.entries(kafka[kind] ?? {})) {
      if (!['string', 'number'].includes(typeof (value as Partial<k8s.IntOrString> | null)?.value)) {
        throw invalid(at, `${setting} ${show(value)} in ${kind} of kafkaConfig`, 'expected a k8s.IntOrString, such as k8s.IntOrString.fromNumber(4)');
      }
      if (KAFKA_SECRET.test(setting)) {
        throw invalid(at, `${setting} in ${kind} of kafkaConfig`, 'manifests must not contain secrets. Keep it in a Secret, and set the name of the Secret in security.kafka of Seldon\'s chart');
      }
    }
  }
}

function checkRclone(at: IConstruct, { config, configSecrets }: SeldonRcloneConfig): void {
  (config ?? []).forEach((remote, i) => {
    checkRemote(at, `config[${i}] of rclone`, remote);
  });
  for (const secret of configSecrets ?? []) checkObjectName(at, 'secret in configSecrets of rclone', secret);
}

/** Messages do not repeat the value, since it may contain a secret. */
function checkRemote(at: IConstruct, what: string, text: string): void {
  let remote: Partial<{ name: unknown; type: unknown }> | null;
  try {
    remote = JSON.parse(text) as typeof remote;
  } catch {
    throw invalid(at, `${what} is not valid JSON`, 'expected a remote such as {"name": "gs", "type": "google cloud storage"}');
  }
  if (typeof remote?.name !== 'string' || typeof remote.type !== 'string') {
    throw invalid(at, `${what} without a name or a type`, 'expected a remote such as {"name": "gs", "type": "google cloud storage"}');
  }
  const secret = secretIn(remote);
  if (secret !== undefined) {
    throw invalid(at, `${secret} in ${what}`, 'manifests must not contain secrets. Put the remote into a Secret, and add the name of the Secret to configSecrets');
  }
}

function secretIn(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined;
  for (const [name, value] of Object.entries(json)) {
    if (RCLONE_SECRETS.has(name) && typeof value === 'string' && value !== '') return name;
    const below = secretIn(value);
    if (below !== undefined) return below;
  }
  return undefined;
}

function checkSpecified(at: IConstruct, what: string, text: string | undefined): void {
  if (text?.trim() === '') throw invalid(at, `an empty ${what}`, 'set a value, or leave it out');
}

function valuesOf(settings: { readonly [setting: string]: k8s.IntOrString }): { [setting: string]: unknown } {
  return Object.fromEntries(Object.entries(settings).map(([setting, { value }]) => [setting, value]));
}
