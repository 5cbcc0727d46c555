import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { Finding, reportFindings } from '../mesh/findings';
import { Mesh } from '../mesh/mesh';
import { objectsOf } from '../mesh/objects';
import { pathOf } from '../plan/checks/errors';
import { IGateway } from '../plan/gateway-ref';

/** Pods whose sidecars enforce a policy. @internal */
export interface SidecarUse {
  /** The construct that says so. */
  readonly at: IConstruct;
  /** Namespace of the pods. */
  readonly namespace?: string;
  /** Labels of the pods. */
  readonly selector: { readonly [label: string]: string };
  /** Whether callers are known by their certificates. */
  readonly certificates: boolean;
}

interface PeerManifest {
  readonly spec?: { readonly selector?: { readonly matchLabels: { readonly [label: string]: string } }; readonly mtls?: { readonly mode?: string } };
}

/**
 * What other objects of the app say of the places where policies hold: a policy that nobody enforces looks like one that somebody does.
 *
 * @internal
 */
export class EnforcementChecks {
  /** Those of a construct's mesh. */
  public static of(construct: IConstruct): EnforcementChecks {
    return Mesh.of(construct)._part('enforcement-checks', (scope) => new EnforcementChecks(scope));
  }

  private readonly sidecars: SidecarUse[] = [];
  private readonly closed: { readonly at: IConstruct; readonly namespace: string }[] = [];

  private constructor(private readonly scope: IConstruct) {
    reportFindings(scope, () => this.validate());
  }

  /** Adds pods whose sidecars are to enforce a policy. */
  public useSidecars(use: SidecarUse): void {
    this.sidecars.push(use);
  }

  /** Adds a namespace whose pods take nothing but what is allowed. */
  public close(at: IConstruct, namespace: string): void {
    this.closed.push({ at, namespace });
  }

  /** The Namespace of the app that puts pods into ambient mode. */
  public ambient(namespace: string | undefined): ApiObject | undefined {
    return objectsOf(this.scope, 'core', 'Namespace').find((object) => object.name === namespace && object.metadata.getLabel('istio.io/dataplane-mode') === 'ambient');
  }

  private validate(): Finding[] {
    if (this.sidecars.length + this.closed.length === 0) return [];
    return [...this.sidecars.flatMap((use) => this.findNoSidecars(use).map((text) => ({ at: use.at, text }))), ...this.findClosedGateways()];
  }

  private findNoSidecars({ at, namespace, selector, certificates }: SidecarUse): string[] {
    const ambient = this.ambient(namespace);
    if (ambient !== undefined) {
      return [`${pathOf(at)} leaves calls to the sidecars of namespace "${namespace}", and ${pathOf(ambient)} puts it into ambient mode, without any: `
        + 'say enforcedBy: AccessEnforcer.WAYPOINT'];
    }
    if (!certificates) return [];
    const plain = this.peerAuthentications(namespace, selector).find((object) => (object.toJson() as PeerManifest).spec?.mtls?.mode === 'DISABLE');
    if (plain === undefined) return [];
    return [`${pathOf(at)} knows callers by their certificates, and ${pathOf(plain)} turns mutual TLS off for these pods: `
      + 'no caller would have one, so say another mode there'];
  }

  /** Those that decide for pods: the nearest does. */
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

  private findClosedGateways(): Finding[] {
    if (this.closed.length === 0) return [];
    return objectsOf(this.scope, 'networking.istio.io', 'Gateway').flatMap((gateway) => {
      const { gatewayPodNamespace, gatewayNamespace } = gateway.node.scope as Partial<IGateway>;
      const namespace = gatewayPodNamespace ?? gatewayNamespace ?? gateway.metadata.namespace;
      return this.closed.filter((each) => each.namespace === namespace).map(({ at }) => ({
        at,
        text: `${pathOf(at)} denies by default in namespace "${namespace}", where Gateway ${pathOf(gateway)} has its pods: `
          + 'nobody from outside would come in, so leave namespaces of gateways out; there a ModelAccessPolicy closes models',
      }));
    });
  }
}
