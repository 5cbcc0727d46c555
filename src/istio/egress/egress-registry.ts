import { IConstruct } from 'constructs';
import { Mesh } from '../../mesh/mesh';
import { Warnings } from '../../mesh/warnings';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { objectKey } from '../../plan/object-key';
import { podsKey } from '../../plan/pod-selectors';
import { overlap, sees, Visibility } from '../common/export-to';

/** A port for which proxies originate TLS, or which bypasses them. */
interface PortUse {
  readonly port: number;
  readonly visibility: Visibility;
}

/** A setting that only sidecars read. */
interface SidecarSetting {
  readonly at: IConstruct;
  /** Its name in messages. */
  readonly what: string;
  readonly remedy: string;
  /** Whether waypoints read it, too. */
  readonly byWaypoint: boolean;
  /** Whether it applies to the pods of a namespace. */
  readonly appliesTo: (namespace: string) => boolean;
}

/**
 * The external hosts of a mesh, and which of their ports go through proxies. A namespace that sees two entries for one host gets one of
 * them or a mixture, and proxies cannot originate TLS for ports that bypass them.
 *
 * @internal
 */
export class EgressRegistry {
  public static of(construct: IConstruct): EgressRegistry {
    return Mesh.of(construct)._part('egress', () => new EgressRegistry());
  }

  private readonly hosts = new Map<string, Visibility[]>();
  private readonly originations: PortUse[] = [];
  private readonly exclusions: PortUse[] = [];
  private readonly sidecars = new Map<string, IConstruct>();
  private readonly ambient = new Map<string, string | undefined>();
  private readonly settings: SidecarSetting[] = [];

  /** Adds an entry for a host. */
  public addHost(host: string, entry: Visibility): void {
    const name = host.toLowerCase().replace(/\.$/, '');
    const others = this.hosts.get(name) ?? [];
    const other = others.find((one) => overlap(one, entry));
    if (other !== undefined) {
      throw invalid(entry.by, `a second entry for host ${show(host)}, which has ${pathOf(other.by)}`,
        'a namespace that sees both gets one of them, or a mixture. Put everything about the host into one entry, or export them to different namespaces');
    }
    this.hosts.set(name, [...others, entry]);
  }

  /** Records that proxies originate TLS for a port. */
  public addOrigination(port: number, visibility: Visibility): void {
    const bypass = this.exclusions.find((one) => one.port === port && sees(visibility, one.visibility.namespace));
    if (bypass !== undefined) throw excluded(visibility.by, port, visibility.by, bypass.visibility.by);
    this.originations.push({ port, visibility });
    this.addSetting({
      at: visibility.by,
      what: 'tlsOrigination',
      remedy: 'no proxy originates TLS there, so calls leave in plain text. Configure a waypoint for the namespace, or use sidecars',
      byWaypoint: true,
      appliesTo: (namespace) => sees(visibility, namespace),
    });
  }

  /** Records that the pods of a namespace have no sidecars. */
  public addAmbient(namespace: string, waypoint: string | undefined): void {
    this.ambient.set(namespace, waypoint);
    for (const setting of this.settings) warn(setting, namespace, waypoint);
  }

  /** Records an annotation of pods that only sidecars read. */
  public addAnnotation(at: IConstruct, annotation: string, own: string | undefined): void {
    const remedy = 'its pods have no sidecars, so it has no effect. Leave it out';
    this.addSetting({ at, what: `annotation ${annotation}`, remedy, byWaypoint: false, appliesTo: (namespace) => namespace === own });
  }

  /** Records that calls to a port bypass the proxies of some pods of a namespace. */
  public addExclusion(at: IConstruct, port: number, namespace: string | undefined): void {
    const origination = this.originations.find((one) => one.port === port && sees(one.visibility, namespace));
    if (origination !== undefined) throw excluded(at, port, origination.visibility.by, at);
    this.exclusions.push({ port, visibility: { by: at, namespace, exportTo: undefined } });
  }

  /** Adds a Sidecar for pods of a namespace. */
  public addSidecar(at: IConstruct, namespace: string | undefined, selector: { readonly [label: string]: string } = {}): void {
    const key = objectKey(namespace, podsKey(selector));
    const other = this.sidecars.get(key);
    if (other !== undefined) {
      const whom = Object.keys(selector).length === 0 ? 'all pods' : 'the same pods';
      throw invalid(at, `a second Sidecar for ${whom} of ${namespace === undefined ? 'the namespace' : `namespace ${show(namespace)}`}, which has ${pathOf(other)}`,
        'Istio uses only one of them. Put everything into one Sidecar, or select other pods');
    }
    this.sidecars.set(key, at);
    const remedy = 'its pods have no sidecars, so it has no effect. Leave it out, or use sidecars';
    this.addSetting({ at, what: 'a Sidecar', remedy, byWaypoint: false, appliesTo: (one) => one === namespace });
  }

  private addSetting(setting: SidecarSetting): void {
    this.settings.push(setting);
    for (const [namespace, waypoint] of this.ambient) warn(setting, namespace, waypoint);
  }
}

function warn({ at, what, remedy, byWaypoint, appliesTo }: SidecarSetting, namespace: string, waypoint: string | undefined): void {
  if (!appliesTo(namespace) || (byWaypoint && waypoint !== undefined)) return;
  Warnings._add(at, `${what} for namespace ${show(namespace)}, which is in ambient mode${byWaypoint ? ' without a waypoint' : ''}`, remedy);
}

function excluded(at: IConstruct, port: number, egress: IConstruct, pods: IConstruct): Error {
  return invalid(at, `port ${port} is excluded from the proxy (by ${pathOf(pods)}), and ${pathOf(egress)} makes the proxy originate TLS on it`,
    'calls would leave in plain text. Use native sidecars, or let the clients use HTTPS');
}
