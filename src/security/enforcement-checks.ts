import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Finding, reportFindings } from '../mesh/findings';
import { Mesh } from '../mesh/mesh';
import { objectsOf } from '../mesh/objects';
import { inSentences, pathOf } from '../plan/checks/errors';
import { IGateway } from '../plan/gateway-ref';

/** A policy that sidecars enforce. @internal */
export interface SidecarUse {
  /** The construct of the policy. */
  readonly at: IConstruct;
  /** Namespace of the pods. */
  readonly namespace?: string;
  /** Labels of the pods. */
  readonly selector: { readonly [label: string]: string };
  /** Whether it identifies callers by their certificates. */
  readonly certificates: boolean;
}

interface PeerManifest {
  readonly spec?: { readonly selector?: { readonly matchLabels: { readonly [label: string]: string } }; readonly mtls?: { readonly mode?: string } };
}

/**
 * Checks whether policies are enforced, by other objects of the app: a policy that is not enforced looks like one that is.
 *
 * @internal
 */
export class EnforcementChecks {
  /** Those of a construct's mesh. */
  public static of(construct: IConstruct): EnforcementChecks {
    return Mesh.of(construct)._part('enforcement-checks', (scope) => new EnforcementChecks(scope));
  }

  private readonly sidecars: SidecarUse[] = [];
  private readonly deniedByDefault: { readonly at: IConstruct; readonly namespace: string }[] = [];

  private constructor(private readonly scope: IConstruct) {
    reportFindings(scope, () => this.validate());
  }

  /** Adds a policy that the sidecars of pods must enforce. */
  public useSidecars(use: SidecarUse): void {
    this.sidecars.push(use);
  }

  /** Adds a namespace in which all requests are denied by default. */
  public denyByDefault(at: IConstruct, namespace: string): void {
    this.deniedByDefault.push({ at, namespace });
  }

  /** The Namespace of the app with this name, if it is in ambient mode. */
  public ambient(namespace: string | undefined): ApiObject | undefined {
    return objectsOf(this.scope, 'core', 'Namespace').find((object) => object.name === namespace && object.metadata.getLabel('istio.io/dataplane-mode') === 'ambient');
  }

  private validate(): Finding[] {
    if (this.sidecars.length + this.deniedByDefault.length === 0) return [];
    return [...this.sidecars.flatMap((use) => this.findNoSidecars(use).map((text) => ({ at: use.at, text }))), ...this.findDeniedGateways()];
  }

  private findNoSidecars({ at, namespace, selector, certificates }: SidecarUse): string[] {
    const ambient = this.ambient(namespace);
    if (ambient !== undefined) {
      return [inSentences(`${pathOf(at)} relies on sidecars in namespace "${namespace}", and ${pathOf(ambient)} enables ambient mode there, which has no sidecars`,
        'set enforcedBy: AccessEnforcer.WAYPOINT')];
    }
    if (!certificates) return [];
    const plain = this.peerAuthentications(namespace, selector).find((object) => (object.toJson() as PeerManifest).spec?.mtls?.mode === 'DISABLE');
    if (plain === undefined) return [];
    return [inSentences(`${pathOf(at)} identifies callers by their certificates, and ${pathOf(plain)} disables mutual TLS for these pods`,
      'set another mode there, since no caller would have a certificate')];
  }

  /** The PeerAuthentications that apply to pods: the most specific ones. */
  private peerAuthentications(namespace: string | undefined, labels: SidecarUse['selector']): ApiObject[] {
    const { rootNamespace } = Mesh.of(this.scope);
    const all = objectsOf(this.scope, 'security.istio.io', 'PeerAuthentication')
      .map((object) => ({ object, selector: (object.toJson() as PeerManifest).spec?.selector?.matchLabels }));
    const here = all.filter(({ object }) => object.metadata.namespace === namespace);
    const ofPods = here.filter(({ selector }) => selector !== undefined
      && Object.entries(selector).every(([label, value]) => labels[label] === value));
    const ofNamespace = here.filter(({ selector }) => selector === undefined);
    const ofMesh = all.filter(({ object, selector }) => object.metadata.namespace === rootNamespace && selector === undefined);
    return (ofPods.length > 0 ? ofPods : ofNamespace.length > 0 ? ofNamespace : ofMesh).map(({ object }) => object);
  }

  private findDeniedGateways(): Finding[] {
    if (this.deniedByDefault.length === 0) return [];
    return objectsOf(this.scope, 'networking.istio.io', 'Gateway').flatMap((gateway) => {
      const { gatewayPodNamespace, gatewayNamespace } = gateway.node.scope as Partial<IGateway>;
      const namespace = gatewayPodNamespace ?? gatewayNamespace ?? gateway.metadata.namespace;
      return this.deniedByDefault.filter((each) => each.namespace === namespace).map(({ at }) => ({
        at,
        text: inSentences(`${pathOf(at)} denies all requests by default in namespace "${namespace}", where Gateway ${pathOf(gateway)} has its pods`,
          'the gateway would accept no requests. Use it only in namespaces without gateways, and restrict access to models at the gateway with GatewayAccessPolicy'),
      }));
    });
  }
}
