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

/** Whether pods take calls with and without mutual TLS. */
export enum MtlsMode {
  /** As the next wider policy says: the namespace's, then the mesh's. */
  UNSET = 'UNSET',
  /** Plain calls only. */
  DISABLE = 'DISABLE',
  /** Both; callers without TLS have no identity. */
  PERMISSIVE = 'PERMISSIVE',
  /** Mutual TLS only. */
  STRICT = 'STRICT',
}

/** What a PeerAuthentication says. */
export interface PeerAuthenticationProps extends ManifestProps {
  /**
   * Whether pods take calls with and without mutual TLS.
   *
   * @default - as the next wider policy says; something must be said for at least one port then
   */
  readonly mtls?: MtlsMode;

  /**
   * Labels of the pods that it is for, at least one.
   *
   * @default - all pods of the namespace
   */
  readonly selector?: { [label: string]: string };

  /**
   * What differs for single ports of the selected pods: by number of the port on the pod, not of a Service, 1 to 65535.
   *
   * @default - none
   */
  readonly portLevelMtls?: { [port: string]: MtlsMode };

  /**
   * Says it for the whole mesh, from the root namespace.
   *
   * @default false
   */
  readonly meshWide?: boolean;
}

/**
 * Says whether pods take calls without mutual TLS: for the mesh, a namespace, some pods, or single ports of theirs. Rules about
 * service accounts and namespaces of callers need mutual TLS, since plain callers have neither.
 *
 * Pods without a sidecar, as those of Seldon Core 2 usually are, take every call whatever it says.
 *
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 *
 * @example
 * new PeerAuthentication(chart, 'strict', { namespace: 'models', mtls: MtlsMode.STRICT });
 */
export class PeerAuthentication extends KubernetesObject {
  /**
   * Makes a PeerAuthentication.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata says otherwise.
   * @param props What it says, and for whom.
   * @throws an error when it says nothing; when single ports come without selector; when it would hold for the whole mesh and
   * nobody said so, or for nobody, as one with selector in the root namespace; when another one of the app is for the same pods.
   */
  public constructor(scope: Construct, id: string, props: PeerAuthenticationProps) {
    super(scope, id);
    checkProps(this, 'PeerAuthenticationProps', props, PeerAuthentication);
    const mesh = Mesh.of(this);
    const { mtls, selector, portLevelMtls, meshWide = false } = props;
    const isPlaced = (props.namespace ?? props.metadata?.namespace) !== undefined;
    const said = meshWide && !isPlaced ? { ...props, namespace: mesh.rootNamespace } : props;
    const namespace = namespaceOf(this, said);
    checkPolicyTarget(this, { namespace, selector });
    checkReach(this, namespace, selector !== undefined, meshWide);
    if (mtls !== undefined) checkMode(this, 'mtls', mtls);
    checkPorts(this, props);
    this.claim(namespace, selector);
    const spec = securityTypes().toJson_PeerAuthenticationSpec({
      ...targetToJson({ selector }),
      mtls: mtls === undefined ? undefined : { mode: mtls },
      portLevelMtls: portLevelMtls && Object.fromEntries(Object.entries(portLevelMtls).map(([port, mode]) => [port, { mode }])),
    } as security.PeerAuthenticationSpec);
    writeManifest(this, { apiVersion: mesh._release.apiVersion(this, 'PeerAuthentication'), kind: 'PeerAuthentication', spec: () => spec }, said);
  }

  /** Of two for the same pods Istio takes the older one, and says nothing. */
  private claim(namespace: string | undefined, selector: { [label: string]: string } = {}): void {
    const pods = JSON.stringify(Object.keys(selector).sort().map((label) => [label, selector[label]]));
    const claims = Mesh.of(this)._part('peer-authentications', () => new Map<string, PeerAuthentication>());
    const key = `${namespace ?? ''} ${pods}`;
    const other = claims.get(key);
    if (other !== undefined) {
      throw invalid(this, `a second PeerAuthentication for the same pods as ${pathOf(other)}`, 'Istio would heed the older one only: say everything in one');
    }
    claims.set(key, this);
  }
}

function checkReach(at: Construct, namespace: string | undefined, selects: boolean, meshWide: boolean): void {
  const { rootNamespace } = Mesh.of(at);
  if (meshWide && namespace !== rootNamespace) {
    throw invalid(at, `meshWide in namespace ${show(namespace)}`, `a policy for the whole mesh is in its root namespace, ${show(rootNamespace)}`);
  }
  if (meshWide && selects) throw invalid(at, 'meshWide with a selector', 'leave one of them out');
  if (meshWide || namespace !== rootNamespace) return;
  if (selects) {
    throw invalid(at, `a selector in the root namespace ${show(rootNamespace)}`, 'Istio passes over such a PeerAuthentication: it is for the pods of no namespace');
  }
  throw invalid(at, `a PeerAuthentication in the root namespace ${show(rootNamespace)}`, 'it would hold for the whole mesh: say meshWide if that is meant, else another namespace');
}

function checkMode(at: Construct, what: string, mode: MtlsMode): void {
  const modes: string[] = Object.values(MtlsMode);
  if (!modes.includes(mode)) throw invalid(at, `${what} ${show(mode)}`, `expected one of ${modes.join(', ')}`);
}

function checkPorts(at: Construct, { mtls, selector, portLevelMtls }: PeerAuthenticationProps): void {
  if (portLevelMtls === undefined) {
    if (mtls === undefined) throw invalid(at, 'neither mtls nor portLevelMtls', 'say whether calls need mutual TLS');
    return;
  }
  if (selector === undefined) throw invalid(at, 'portLevelMtls without a selector', 'ports belong to pods: select some');
  const ports = Object.keys(portLevelMtls);
  if (ports.length === 0) throw invalid(at, 'an empty portLevelMtls', 'name a port, or leave it out');
  for (const port of ports) {
    if (!/^[1-9]\d{0,4}$/.test(port) || Number(port) > 65535) {
      throw invalid(at, `port ${show(port)} of portLevelMtls`, 'expected the number of a port on the pods, from 1 to 65535');
    }
    checkMode(at, `mode of port ${port}`, portLevelMtls[port]);
  }
}
