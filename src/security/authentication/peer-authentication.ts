import { Construct } from 'constructs';
import type * as security from '../../../imports/security.istio.io';
import { checkPolicyTarget, targetToJson } from '../../istio/common/policy-target';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { ManifestProps } from '../../mesh/manifest-props';
import { Mesh } from '../../mesh/mesh';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { securityTypes } from '../security-types';

/** Whether pods accept connections with and without mutual TLS. */
export enum MtlsMode {
  /** Inherits the mode of the next wider policy: that of the namespace, then that of the mesh. */
  UNSET = 'UNSET',
  /** Plaintext only. */
  DISABLE = 'DISABLE',
  /** Both. Callers without mutual TLS have no identity. */
  PERMISSIVE = 'PERMISSIVE',
  /** Mutual TLS only. */
  STRICT = 'STRICT',
}

/** Properties for `PeerAuthentication`. */
export interface PeerAuthenticationProps extends ManifestProps {
  /**
   * Whether pods accept connections with and without mutual TLS.
   *
   * @default - the mode of the next wider policy; `portLevelMtls` is required then
   */
  readonly mtls?: MtlsMode;

  /**
   * Labels of the pods to which it applies, at least one.
   *
   * @default - all pods of the namespace
   */
  readonly selector?: { [label: string]: string };

  /**
   * Modes of single ports of the selected pods, by the port number on the pod (not on a Service), 1 to 65535.
   *
   * @default - none
   */
  readonly portLevelMtls?: { [port: string]: MtlsMode };

  /**
   * Whether it applies to the whole mesh. It is then written to the root namespace, whatever the namespace of the chart.
   *
   * @default false
   */
  readonly meshWide?: boolean;
}

/**
 * Sets whether pods accept connections without mutual TLS: for the mesh, a namespace, selected pods, or single ports of them. Rules about
 * service accounts and namespaces of callers need mutual TLS, since callers without it have neither.
 *
 * Pods without a sidecar, which those of Seldon Core 2 usually are, accept all connections regardless of it.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 *
 * @example
 * new PeerAuthentication(chart, 'strict', { namespace: 'models', mtls: MtlsMode.STRICT });
 */
export class PeerAuthentication extends KubernetesObject {
  /**
   * Creates a PeerAuthentication.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one.
   * @param props The modes, and the pods to which they apply.
   * @throws an error when neither `mtls` nor `portLevelMtls` is set; when `portLevelMtls` is set without a selector; when it is in the
   * root namespace without `meshWide`, or with a selector, which Istio ignores there; when the app has another one for the same pods.
   */
  public constructor(scope: Construct, id: string, props: PeerAuthenticationProps) {
    super(scope, id);
    checkProps(this, 'PeerAuthenticationProps', props, PeerAuthentication);
    const mesh = Mesh.of(this);
    const { mtls, selector, portLevelMtls, meshWide = false } = props;
    const hasNamespace = (props.namespace ?? props.metadata?.namespace) !== undefined;
    const placed = meshWide && !hasNamespace ? { ...props, namespace: mesh.rootNamespace } : props;
    const namespace = namespaceOf(this, placed);
    checkPolicyTarget(this, { namespace, selector });
    checkReach(this, namespace, selector !== undefined, meshWide);
    checkPorts(this, props);
    this.checkOnlyOne(namespace, selector);
    const spec = securityTypes().toJson_PeerAuthenticationSpec({
      ...targetToJson({ selector }),
      mtls: mtls === undefined ? undefined : { mode: mtls },
      portLevelMtls: portLevelMtls && Object.fromEntries(Object.entries(portLevelMtls).map(([port, mode]) => [port, { mode }])),
    } as security.PeerAuthenticationSpec);
    writeManifest(this, { apiVersion: mesh._release.apiVersion(this, 'PeerAuthentication'), kind: 'PeerAuthentication', spec: () => spec }, placed);
  }

  /** Of two for the same pods Istio applies only the older one, without an error. */
  private checkOnlyOne(namespace: string | undefined, selector: { [label: string]: string } = {}): void {
    const pods = JSON.stringify(Object.keys(selector).sort().map((label) => [label, selector[label]]));
    const byPods = Mesh.of(this)._part('peer-authentications', () => new Map<string, PeerAuthentication>());
    const key = `${namespace ?? ''} ${pods}`;
    const other = byPods.get(key);
    if (other !== undefined) {
      throw invalid(this, `a second PeerAuthentication for the same pods as ${pathOf(other)}`, 'Istio would apply only the older one. Combine them into one');
    }
    byPods.set(key, this);
  }
}

function checkReach(at: Construct, namespace: string | undefined, selects: boolean, meshWide: boolean): void {
  const { rootNamespace } = Mesh.of(at);
  if (meshWide && namespace !== rootNamespace) {
    throw invalid(at, `meshWide in namespace ${show(namespace)}`, `a policy for the whole mesh must be in its root namespace ${show(rootNamespace)}`);
  }
  if (meshWide && selects) throw invalid(at, 'meshWide with a selector', 'leave one of them out');
  if (meshWide || namespace !== rootNamespace) return;
  if (selects) {
    throw invalid(at, `a selector in the root namespace ${show(rootNamespace)}`, 'Istio ignores such a PeerAuthentication. Move it to the namespace of the pods');
  }
  throw invalid(at, `a PeerAuthentication in the root namespace ${show(rootNamespace)}`, 'it would apply to the whole mesh. Set meshWide if that is intended, otherwise another namespace');
}

function checkPorts(at: Construct, { mtls, selector, portLevelMtls }: PeerAuthenticationProps): void {
  if (portLevelMtls === undefined) {
    if (mtls === undefined) throw invalid(at, 'neither mtls nor portLevelMtls', 'set at least one of them');
    return;
  }
  if (selector === undefined) throw invalid(at, 'portLevelMtls without a selector', 'set a selector, since ports belong to pods');
  const ports = Object.keys(portLevelMtls);
  if (ports.length === 0) throw invalid(at, 'an empty portLevelMtls', 'set the mode of a port, or leave it out');
  for (const port of ports) {
    if (!/^[1-9]\d{0,4}$/.test(port) || Number(port) > 65535) {
      throw invalid(at, `port ${show(port)} of portLevelMtls`, 'expected a port number of the pods, from 1 to 65535');
    }
  }
}
