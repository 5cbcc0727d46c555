import { ApiObject, Chart, Lazy } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { checkCopyOfCdk8s } from './copies';
import { nameOf } from './default-name';
import { ManifestProps } from './manifest-props';
import { Mesh } from './mesh';
import { checkReadable } from './readable';
import { isUsual } from './usual-json';
import { markAsWritten } from './written-objects';
import { checkDnsLabel, checkObjectName } from '../plan/checks/checks';
import { invalid, show } from '../plan/checks/errors';
import { checkAnnotations, checkLabels } from '../plan/checks/labels';
import { checkNoPrivateKeys } from '../plan/checks/private-key';

/**
 * The namespace of a construct's object: the one set for it, else the chart's.
 *
 * @internal
 */
export function namespaceOf(scope: Construct, props: ManifestProps): string | undefined {
  const { namespace, metadata } = props;
  if (namespace !== undefined && metadata?.namespace !== undefined && namespace !== metadata.namespace) {
    throw invalid(scope, `namespace ${show(namespace)} and metadata.namespace ${show(metadata.namespace)}`, 'set only one of them, or both to the same namespace');
  }
  const found = namespace ?? metadata?.namespace ?? Chart.of(scope).namespace;
  if (found !== undefined) checkDnsLabel(scope, 'namespace', found);
  return found;
}

/**
 * Checks labels and annotations. With invalid ones Kubernetes would reject the object, or read other values.
 *
 * @internal
 */
export function checkMetadata(at: IConstruct, { metadata }: ManifestProps): void {
  checkReadable(at, 'metadata', metadata);
  if (metadata?.labels !== undefined) checkLabels(at, 'metadata', metadata.labels);
  if (metadata?.annotations === undefined) return;
  checkAnnotations(at, 'metadata', metadata.annotations);
  checkNoPrivateKeys(at, 'an annotation', metadata.annotations);
}

/**
 * Writes the object of a construct as its child `Resource`. Its name is that in its metadata, else the default name of the construct.
 *
 * The object is a plain ApiObject, so that patches can add fields that the generated types do not know.
 *
 * @internal
 */
export function writeManifest(
  scope: Construct,
  object: { readonly apiVersion: string; readonly kind: string; readonly spec: () => unknown },
  props: ManifestProps,
): ApiObject {
  checkCopyOfCdk8s(scope);
  const name = nameOf(scope, props);
  checkObjectName(scope, `name of ${object.kind}`, name);
  checkMetadata(scope, props);
  const namespace = namespaceOf(scope, props);
  checkReadable(scope, 'metadata', { name, namespace });
  const mesh = Mesh.of(scope);
  const apiGroup = object.apiVersion.slice(0, object.apiVersion.indexOf('/'));
  if (mesh._seldon.covers(apiGroup)) mesh._seldon.check(scope, apiGroup, object.kind, { spec: object.spec() });
  return markAsWritten(new ApiObject(scope, 'Resource', {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: props.metadata === undefined ? { name, namespace } : { ...props.metadata, name, namespace },
    spec: Lazy.any({ produce: () => checkedSpec(scope, object) }),
  } as ConstructorParameters<typeof ApiObject>[2]));
}

function checkedSpec(scope: Construct, { kind, spec }: { readonly kind: string; readonly spec: () => unknown }): unknown {
  const json = spec();
  if (!isUsual(json)) {
    checkNoPrivateKeys(scope, `spec of ${kind}`, json);
    checkReadable(scope, 'spec', json);
  }
  return json;
}
