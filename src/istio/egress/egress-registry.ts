import { IConstruct } from 'constructs';
import { Mesh } from '../../mesh/mesh';
import { Warnings } from '../../mesh/warnings';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { overlap, sees, Visibility } from '../common/export-to';

/** Ports of callers that a proxy must see, or must not. */
interface PortUse {
  readonly port: number;
  readonly visibility: Visibility;
}

/** Something that sidecars do. */
interface SidecarWork {
  readonly at: IConstruct;
  /** What messages call it. */
  readonly what: string;
  readonly remedy: string;
  /** Whether waypoints do it, too. */
  readonly byWaypoint: boolean;
  /** Whose pods it is for. */
  readonly holdsFor: (namespace: string) => boolean;
}

/**
 * Hosts outside the cluster that the mesh knows, and what of them goes through proxies. Of two entries for one host a
 * namespace gets one, or a mixture; and TLS that a proxy starts is not started for ports that pass it by.
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
  private readonly work: SidecarWork[] = [];

  /** Adds an entry for a host. */
  public addHost(host: string, entry: Visibility): void {
    const name = host.toLowerCase().replace(/\.$/, '');
    const others = this.hosts.get(name) ?? [];
    const other = others.find((one) => overlap(one, entry));
    if (other !== undefined) {
      throw invalid(entry.by, `a second entry for host ${show(host)}, which has ${pathOf(other.by)}`,
        'a namespace that sees both gets one of them, or a mixture: say everything about a host in one entry, or export them to different namespaces');
    }
    this.hosts.set(name, [...others, entry]);
  }

  /** Says that proxies start TLS for callers of a port. */
  public addOrigination(port: number, visibility: Visibility): void {
    const bypass = this.exclusions.find((one) => one.port === port && sees(visibility, one.visibility.namespace));
    if (bypass !== undefined) throw excluded(visibility.by, port, visibility.by, bypass.visibility.by);
    this.originations.push({ port, visibility });
    this.addWork({
      at: visibility.by,
      what: 'tlsOrigination',
      remedy: 'nothing starts TLS there, and calls leave in plain text: have the namespace use a waypoint, or sidecars',
      byWaypoint: true,
      holdsFor: (namespace) => sees(visibility, namespace),
    });
  }

  /** Says that the pods of a namespace have no sidecars. */
  public addAmbient(namespace: string, waypoint: string | undefined): void {
    this.ambient.set(namespace, waypoint);
    for (const work of this.work) warn(work, namespace, waypoint);
  }

  /** Says that an annotation of pods is for their sidecars. */
  public addAnnotation(at: IConstruct, annotation: string, own: string | undefined): void {
    const remedy = 'its pods have no sidecars, and nothing reads it: leave it out';
    this.addWork({ at, what: `annotation ${annotation}`, remedy, byWaypoint: false, holdsFor: (namespace) => namespace === own });
  }

  /** Says that calls to a port pass the proxies of some pods of a namespace by. */
  public addExclusion(at: IConstruct, port: number, namespace: string | undefined): void {
    const origination = this.originations.find((one) => one.port === port && sees(one.visibility, namespace));
    if (origination !== undefined) throw excluded(at, port, origination.visibility.by, at);
    this.exclusions.push({ port, visibility: { by: at, namespace, exportTo: undefined } });
  }

  /** Adds a Sidecar for pods of a namespace. */
  public addSidecar(at: IConstruct, namespace: string | undefined, selector: { readonly [label: string]: string } | undefined): void {
    const labels = Object.entries(selector ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    const key = JSON.stringify([namespace, labels]);
    const other = this.sidecars.get(key);
    if (other !== undefined) {
      const whom = labels.length === 0 ? 'all pods' : 'the same pods';
      throw invalid(at, `a second Sidecar for ${whom} of ${namespace === undefined ? 'the namespace' : `namespace ${show(namespace)}`}, which has ${pathOf(other)}`,
        'Istio reads one of them: say everything in one, or select other pods');
    }
    this.sidecars.set(key, at);
    const remedy = 'its pods have no sidecars, and nothing reads it: leave it out, or use sidecars';
    this.addWork({ at, what: 'a Sidecar', remedy, byWaypoint: false, holdsFor: (one) => one === namespace });
  }

  private addWork(work: SidecarWork): void {
    this.work.push(work);
    for (const [namespace, waypoint] of this.ambient) warn(work, namespace, waypoint);
  }
}

function warn({ at, what, remedy, byWaypoint, holdsFor }: SidecarWork, namespace: string, waypoint: string | undefined): void {
  if (!holdsFor(namespace) || (byWaypoint && waypoint !== undefined)) return;
  Warnings._add(at, `${what} for namespace ${show(namespace)}, which is in ambient mode${byWaypoint ? ' without a waypoint' : ''}`, remedy);
}

function excluded(at: IConstruct, port: number, egress: IConstruct, pods: IConstruct): Error {
  return invalid(at, `port ${port} is excluded from the proxy (by ${pathOf(pods)}), and ${pathOf(egress)} has the proxy start TLS there`,
    'calls would leave in plain text: use native sidecars, or let the clients speak HTTPS');
}
