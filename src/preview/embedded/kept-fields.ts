import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { isObject, JsonObject } from '../../cluster/json';

/** What is kept of a value: all of it, only whether it is set, annotations of Istio and Seldon, the items of a list, or some fields. */
type Kept = 'all' | 'presence' | 'annotations' | { readonly items: () => Kept } | { readonly fields: { readonly [name: string]: Kept } };

const fields = (kept: { readonly [name: string]: Kept }): Kept => ({ fields: kept });
const items = (kept: Kept): Kept => ({ items: () => kept });

/** Annotations that decide where requests go. Others can hold anything, such as the whole manifest with its secrets. */
const READ_ANNOTATION = /^(?:seldon\.io|(?:[a-z]+\.)*istio\.io)\//;

const METADATA: Kept = fields({ name: 'all', namespace: 'all', labels: 'all', annotations: 'annotations', creationTimestamp: 'all' });

/** Routes, policies and Services hold nothing that is only for pods. */
const WHOLE: Kept = fields({ spec: 'all' });
const NAME: Kept = fields({});
/** Policies depend on the account of pods, and target ports on the ports of containers. */
const POD_SPEC: Kept = fields({ serviceAccountName: 'all', containers: items(fields({ ports: 'all' })) });
const POD: Kept = fields({ spec: POD_SPEC });
const WORKLOAD: Kept = fields({ spec: fields({ replicas: 'all', template: fields({ metadata: METADATA, spec: POD_SPEC }) }) });
const CONFIG: Kept = fields({ serviceConfig: fields({ grpcServicePrefix: 'all' }) });

const CONTAINER: Kept = fields({ name: 'all', ports: items(fields({ name: 'all', containerPort: 'all' })) });
const COMPONENT: Kept = fields({
  metadata: fields({ name: 'all', labels: 'all' }),
  spec: fields({ containers: items(CONTAINER), initContainers: items(CONTAINER), volumes: items(fields({ name: 'all' })) }),
});
const UNIT: Kept = fields({ name: 'all', type: 'all', implementation: 'all', modelUri: 'presence', children: { items: () => UNIT } });
const PREDICTOR: Kept = fields({
  name: 'all',
  graph: UNIT,
  componentSpecs: items(COMPONENT),
  annotations: 'annotations',
  labels: 'all',
  traffic: 'all',
  shadow: 'all',
  replicas: 'all',
  explainer: fields({ type: 'all', endpoint: fields({ service_port: 'all' }), containerSpec: CONTAINER }),
});

/** The kinds on which answers depend. No other object is embedded. */
const KINDS: { readonly [kind: string]: Kept } = {
  [ClusterKind.GATEWAY]: WHOLE,
  [ClusterKind.VIRTUAL_SERVICE]: WHOLE,
  [ClusterKind.DESTINATION_RULE]: WHOLE,
  [ClusterKind.SERVICE_ENTRY]: WHOLE,
  [ClusterKind.WORKLOAD_ENTRY]: WHOLE,
  [ClusterKind.WORKLOAD_GROUP]: fields({ spec: fields({ metadata: METADATA }) }),
  [ClusterKind.SIDECAR]: WHOLE,
  [ClusterKind.AUTHORIZATION_POLICY]: WHOLE,
  [ClusterKind.REQUEST_AUTHENTICATION]: WHOLE,
  [ClusterKind.PEER_AUTHENTICATION]: WHOLE,
  [ClusterKind.SERVICE]: WHOLE,
  [ClusterKind.NAMESPACE]: NAME,
  [ClusterKind.DEPLOYMENT]: WORKLOAD,
  [ClusterKind.STATEFUL_SET]: WORKLOAD,
  [ClusterKind.DAEMON_SET]: WORKLOAD,
  [ClusterKind.POD]: POD,
  [ClusterKind.MODEL]: NAME,
  [ClusterKind.PIPELINE]: NAME,
  [ClusterKind.EXPERIMENT]: WHOLE,
  [ClusterKind.SERVER]: NAME,
  [ClusterKind.SELDON_RUNTIME]: fields({ spec: fields({ seldonConfig: 'all', config: CONFIG }) }),
  [ClusterKind.SELDON_CONFIG]: fields({ spec: fields({ config: CONFIG }) }),
  [ClusterKind.SELDON_DEPLOYMENT]: fields({ spec: fields({ protocol: 'all', annotations: 'annotations', predictors: items(PREDICTOR) }) }),
};

/**
 * The fields of an object on which answers depend; undefined if they depend on none. Values that are only for pods, such as those of environment
 * variables, are not among them.
 *
 * @internal
 */
export function keptFields({ type, manifest }: ClusterObject): JsonObject | undefined {
  const kept = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (kept === undefined) return undefined;
  const { apiVersion, kind, metadata } = manifest;
  return { apiVersion, kind, metadata: valueOf(metadata, METADATA), ...valueOf(manifest, kept) as JsonObject };
}

function valueOf(value: unknown, kept: Kept): unknown {
  if (kept === 'all' || value === undefined || value === null) return value;
  if (kept === 'presence') return value === '' ? '' : blank(value, '…');
  if (kept === 'annotations') return isObject(value) ? annotationsOf(value) : blank(value);
  if ('items' in kept) return Array.isArray(value) ? value.map((item) => valueOf(item, kept.items())) : blank(value);
  if (!isObject(value)) return blank(value);
  const names = Object.keys(value).filter((name) => Object.hasOwn(kept.fields, name));
  return Object.fromEntries(names.map((name) => [name, valueOf(value[name], kept.fields[name])]));
}

/** An annotation that is no string is a mistake, whatever its value is. */
function annotationsOf(annotations: JsonObject): JsonObject {
  const entries = Object.entries(annotations).flatMap(([name, value]) => {
    if (READ_ANNOTATION.test(name)) return [[name, value]];
    return typeof value === 'string' || value === null ? [] : [[name, blank(value)]];
  });
  return Object.fromEntries(entries) as JsonObject;
}

/** Another value of the same type. */
function blank(value: unknown, text: string = ''): unknown {
  if (Array.isArray(value)) return [];
  const blanks: { readonly [type: string]: unknown } = { string: text, number: 0, boolean: false };
  return blanks[typeof value] ?? {};
}
