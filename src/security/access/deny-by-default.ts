import { Construct } from 'constructs';
import { nameOf } from '../../mesh/default-name';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf } from '../../mesh/manifest';
import { ManifestProps } from '../../mesh/manifest-props';
import { Mesh } from '../../mesh/mesh';
import { invalid, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { derivedPolicy } from '../authorization/derived-policy';
import { EnforcementChecks } from '../enforcement-checks';

/**
 * Denies all requests to the pods of a namespace that no policy allows, so that a workload without a policy is not accessible.
 *
 * It is enforced only by pods with a sidecar and in ambient namespaces. Do not use it in the namespace of a gateway, whose callers are
 * outside the mesh: there, use a `GatewayAccessPolicy` that denies access to models.
 *
 * @example
 * new DenyByDefault(chart, 'deny-by-default', { namespace: 'models' });
 */
export class DenyByDefault extends KubernetesObject {
  /**
   * Creates an AuthorizationPolicy that denies all requests.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one.
   * @param props Namespace and metadata.
   * @throws an error when no namespace is specified, or when it is the mesh's root namespace, where the policy would apply to the whole
   * mesh. The app does not synthesize when one of its Gateways has its pods in the namespace.
   */
  public constructor(scope: Construct, id: string, props: ManifestProps = {}) {
    super(scope, id);
    checkProps(this, 'ManifestProps', props, DenyByDefault);
    const namespace = namespaceOf(this, props);
    const { rootNamespace } = Mesh.of(this);
    if (namespace === undefined) throw invalid(this, 'deny by default without a namespace', 'set the namespace');
    if (namespace === rootNamespace) {
      throw invalid(this, `deny by default in the root namespace ${show(rootNamespace)}`, 'it would deny all requests in the mesh. Set another namespace');
    }
    EnforcementChecks.of(this).denyByDefault(this, namespace);
    derivedPolicy(this, 'Resource', { namespace, metadata: { ...props.metadata, name: nameOf(this, props) } });
  }
}
