import { Construct } from 'constructs';
import { EgressRegistry } from './egress-registry';
import { checkSidecar } from './sidecar-checks';
import { toSidecarSpec } from './sidecar-json';
import { SidecarProps } from './sidecar-props';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { Mesh } from '../../mesh/mesh';
import { checkProps } from '../../plan/checks/props';

export * from './sidecar-props';

/**
 * An Istio `Sidecar`: limits the hosts and ports in the configuration of the pods' proxies. `SidecarScope` creates a common one.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/
 */
export class Sidecar extends KubernetesObject {
  /**
   * Creates a Sidecar.
   *
   * @param scope The chart or construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata set another one.
   * @param props Pods, and what they may call.
   * @throws an error when Istio would reject a value or warn about it, when the specified release does not support a field, or when
   * another Sidecar selects the same pods.
   */
  constructor(scope: Construct, id: string, props: SidecarProps = {}) {
    super(scope, id);
    checkProps(this, 'SidecarProps', props, Sidecar);
    writeSidecar(this, props);
  }
}

/**
 * Checks and writes a Sidecar.
 *
 * @internal
 */
export function writeSidecar(at: Construct, props: SidecarProps): void {
  const release = Mesh.of(at)._release;
  const namespace = namespaceOf(at, props);
  checkSidecar({ at, release, namespace }, props);
  EgressRegistry.of(at).addSidecar(at, namespace, props.workloadSelector);
  writeManifest(at, { apiVersion: release.apiVersion(at, 'Sidecar'), kind: 'Sidecar', spec: () => toSidecarSpec(props) }, props);
}
