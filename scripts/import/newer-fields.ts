/**
 * Fields of Seldon Core 2 and Istio that are newer than the CRDs of 2.6.0 and 1.30.3, from which the library's types come.
 *
 * They are laid over those CRDs before anything is applied. A path names properties; `[]` stands for the items of
 * a list.
 */
export interface NewerField {
  readonly kind: 'Model' | 'Pipeline' | 'Server' | 'SeldonConfig' | 'SeldonRuntime' | 'DestinationRule' | 'RequestAuthentication' | 'Sidecar' | 'VirtualService';
  readonly path: string;
  /** The release that brought the field. */
  readonly since: string;
  /** Its schema. */
  readonly schema?: object;
  /** The field is older, and only its values were narrowed: the CRDs as released do not refuse it. */
  readonly isNarrowed?: boolean;
  /** Instead of a schema: where the same one stands already. */
  readonly sameAs?: { readonly kind: string; readonly path: string };
}

const string = { type: 'string' };
const boolean = { type: 'boolean' };
const int32 = { type: 'integer', format: 'int32' };
const intOrString = { 'x-kubernetes-int-or-string': true, 'anyOf': [{ type: 'integer' }, { type: 'string' }] };
const mapOf = (values: object) => ({ type: 'object', additionalProperties: values });
const joinType = { type: 'string', enum: ['inner', 'outer', 'any'] };

const failover = { type: 'array', items: { type: 'object', properties: { from: string, to: string } } };
const zoneAware = {
  type: 'object',
  properties: {
    enabled: { type: 'boolean', nullable: true },
    failover,
    failoverPriority: { type: 'array', items: string },
    minClusterSize: { type: 'integer', minimum: 1, maximum: 4294967295, nullable: true },
  },
};
const keepAlive = { type: 'object', properties: { interval: string, timeout: string } };
const POLICIES = ['trafficPolicy', 'subsets[].trafficPolicy'].flatMap((policy) => [`spec.${policy}`, `spec.${policy}.portLevelSettings[]`]);

const AFTER = 'after 2.6';
const BOTH = ['SeldonConfig', 'SeldonRuntime'] as const;

/** Those of Seldon Core 2. */
export const NEWER_SELDON_FIELDS: readonly NewerField[] = [
  { kind: 'Model', path: 'spec.llm.modelRef', since: '2.9.0', schema: string },
  { kind: 'Model', path: 'spec.llm.pipelineRef', since: '2.9.0', schema: string },
  { kind: 'Model', path: 'spec.dataflow.cleanTopicsOnDelete', since: '2.10.0', schema: boolean },
  { kind: 'Pipeline', path: 'spec.dataflow.cleanTopicsOnDelete', since: '2.10.0', schema: boolean },
  { kind: 'Pipeline', path: 'spec.allowCycles', since: '2.10.0', schema: boolean },
  { kind: 'Pipeline', path: 'spec.maxStepRevisits', since: '2.10.0', schema: int32 },
  ...['input.joinType', 'input.triggersJoinType', 'output.stepsJoin', 'steps[].inputsJoinType', 'steps[].triggersJoinType']
    .map((path): NewerField => ({ kind: 'Pipeline', path: `spec.${path}`, since: '2.7 or later', schema: joinType, isNarrowed: true })),
  { kind: 'Server', path: 'spec.deploymentStrategy.type', since: AFTER, schema: string },
  { kind: 'Server', path: 'spec.deploymentStrategy.rollingUpdate.maxSurge', since: AFTER, schema: intOrString },
  { kind: 'Server', path: 'spec.deploymentStrategy.rollingUpdate.maxUnavailable', since: AFTER, schema: intOrString },
  { kind: 'Server', path: 'spec.statefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted', since: AFTER, schema: string },
  { kind: 'Server', path: 'spec.statefulSetPersistentVolumeClaimRetentionPolicy.whenScaled', since: AFTER, schema: string },
  { kind: 'SeldonConfig', path: 'spec.components[].annotations', since: AFTER, schema: mapOf(string) },
  { kind: 'SeldonConfig', path: 'spec.components[].labels', since: AFTER, schema: mapOf(string) },
  ...BOTH.flatMap((kind): NewerField[] => [
    { kind, path: 'spec.config.scalingConfig.models.enabled', since: AFTER, schema: boolean },
    { kind, path: 'spec.config.scalingConfig.servers.enabled', since: AFTER, schema: boolean },
    { kind, path: 'spec.config.scalingConfig.servers.scaleDownPackingEnabled', since: AFTER, schema: boolean },
    { kind, path: 'spec.config.scalingConfig.servers.scaleDownPackingPercentage', since: AFTER, schema: int32 },
    { kind, path: 'spec.config.scalingConfig.pipelines.maxShardCountMultiplier', since: AFTER, schema: int32 },
    { kind, path: 'spec.config.kafkaConfig.consumerGroupIdPrefix', since: AFTER, schema: string },
    { kind, path: 'spec.config.kafkaConfig.topics', since: AFTER, schema: mapOf(intOrString) },
    { kind, path: 'spec.config.tracingConfig.otelExporterProtocol', since: AFTER, schema: string },
  ]),
  { kind: 'SeldonRuntime', path: 'spec.overrides[].podSpec', since: AFTER, sameAs: { kind: 'SeldonConfig', path: 'spec.components[].podSpec' } },
];

/** Those of Istio. */
const NEWER_ISTIO_FIELDS: readonly NewerField[] = [
  ...POLICIES.flatMap((policy): NewerField[] => [
    { kind: 'DestinationRule', path: `${policy}.loadBalancer.zoneAwareLbSetting`, since: '1.31', schema: zoneAware },
    { kind: 'DestinationRule', path: `${policy}.connectionPool.http.http2KeepAlive`, since: '1.31', schema: keepAlive },
  ]),
  ...['inboundConnectionPool', 'ingress[].connectionPool'].map((pool): NewerField => (
    { kind: 'Sidecar', path: `spec.${pool}.http.http2KeepAlive`, since: '1.31', schema: keepAlive })),
  { kind: 'VirtualService', path: 'spec.http[].redirect.prefixRewrite', since: '1.31', schema: string },
  { kind: 'RequestAuthentication', path: 'spec.jwtRules[].presence', since: '1.32', schema: { type: 'string', enum: ['OPTIONAL', 'REQUIRED'] } },
];

/** All of them. */
export const NEWER_FIELDS: readonly NewerField[] = [...NEWER_SELDON_FIELDS, ...NEWER_ISTIO_FIELDS];
