import { Construct } from 'constructs';
import { nameOf } from '../../mesh/default-name';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf } from '../../mesh/manifest';
import { ManifestProps } from '../../mesh/manifest-props';
import { Mesh } from '../../mesh/mesh';
import { invalid, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { AuthorizationPolicy } from '../authorization/authorization-policy';
import { EnforcementChecks } from '../enforcement-checks';

/**
 * Denies every call to the pods of a namespace that no policy allows: policies that allow something are the exceptions, and a workload
 * that nobody thought of stays closed.
 *
 * Only pods with a sidecar and those of an ambient namespace heed it. It is not for the namespace of a gateway, whose callers come
 * from outside: there a `ModelAccessPolicy` denies what is not for them.
 *
 * @example
 * new DenyByDefault(chart, 'deny-by-default', { namespace: 'models' });
 */
export class DenyByDefault extends KubernetesObject {
  /**
   * Denies by default.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata says otherwise.
   * @param props Namespace and metadata.
   * @throws an error when the namespace is the mesh's root namespace, from where it would hold for the whole mesh, or nobody said one;
   * before anything is written, when a Gateway of the app has its pods there.
   */
  public constructor(scope: Construct, id: string, props: ManifestProps = {}) {
    super(scope, id);
    checkProps(this, 'ManifestProps', props, DenyByDefault);
    const namespace = namespaceOf(this, props);
    const { rootNamespace } = Mesh.of(this);
    if (namespace === undefined) throw invalid(this, 'deny by default without a namespace', 'say which one');
    if (namespace === rootNamespace) {
      throw invalid(this, `deny by default in the root namespace ${show(rootNamespace)}`, 'it would deny every request of the whole mesh: say single namespaces');
    }
    EnforcementChecks.of(this).close(this, namespace);
    new AuthorizationPolicy(this, 'Resource', { namespace, metadata: { ...props.metadata, name: nameOf(this, props) } });
  }
}
