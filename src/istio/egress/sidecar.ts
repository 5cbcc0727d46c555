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
 * Says which hosts and ports the proxies of pods know. `SidecarScope` writes the usual one.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/
 */
export class Sidecar extends KubernetesObject {
  /**
   * Makes a Sidecar.
   *
   * @param scope The chart or construct that it belongs to.
   * @param id The construct id, and the object's name unless the metadata says another.
   * @param props What it says.
   * @throws an error when Istio would refuse a value or warn of it, when the stated release does not know a field, or when another
   * Sidecar selects the same pods.
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
