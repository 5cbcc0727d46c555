import { isDeepStrictEqual } from 'util';
import { IConstruct } from 'constructs';
import { toTrafficPolicy } from './destination-rule-json';
import type { PortTrafficPolicy, TrafficPolicy } from './traffic-policy';
import { invalid, pathOf } from '../../plan/checks/errors';
import { computeIfAbsent } from '../../plan/groups';

/** A part of a policy, such as its load balancing, and all constructs that set it. */
interface Setting {
  readonly by: IConstruct[];
  readonly json: unknown;
}

/** The scope of a part: the whole host, or a port. */
type Port = number | undefined;

/** Parts of a policy that can be set both for one port and for all. */
const COMMON = ['loadBalancer', 'connectionPool', 'outlierDetection', 'tls'] as const;

/**
 * The policy for a host or a subset, merged from several constructs, which must not set one part to different values. Istio applies one
 * DestinationRule for a host, so all policies are written into it.
 *
 * A port with its own settings inherits nothing from the host. A construct that sets both is expected to take that into account. But
 * where one construct has settings for the port and another one for the host, those of the latter are written for the port as well.
 *
 * @internal
 */
export class MergedPolicy {
  private readonly settings = new Map<Port, Map<string, Setting>>();
  /** The constructs that have settings for a port. */
  private readonly portOwners = new Map<number, Set<IConstruct>>();
  private parts: Omit<TrafficPolicy, 'portLevelSettings'> = {};
  private readonly ports = new Map<number, PortTrafficPolicy>();

  /** The ports for which the rule itself has settings, in its order. */
  private readonly ownPorts = new Set<number>();

  // The target is the host or subset, for messages; the owner is the rule.
  constructor(private readonly target: string, private readonly owner: IConstruct) {}

  /** The merged policy so far: the ports of the rule in its order, then those of other constructs by number. */
  public get policy(): TrafficPolicy {
    if (this.ports.size === 0) return this.parts;
    return { ...this.parts, portLevelSettings: this.portsInOrder().map((port) => ({ ...this.partsFor(port), ...this.ports.get(port)! })) };
  }

  /** Adds the policy of a construct. */
  public add(by: IConstruct, { portLevelSettings = [], ...parts }: TrafficPolicy): void {
    this.parts = { ...this.parts, ...this.newOnes(by, undefined, parts) };
    for (const { port, ...settings } of portLevelSettings) {
      if (by === this.owner) this.ownPorts.add(port);
      this.ports.set(port, { ...this.ports.get(port), port, ...this.newOnes(by, port, settings) });
      this.portOwners.set(port, (this.portOwners.get(port) ?? new Set()).add(by));
    }
  }

  private portsInOrder(): number[] {
    const others = [...this.ports.keys()].filter((port) => !this.ownPorts.has(port)).sort((a, b) => a - b);
    return [...this.ownPorts, ...others];
  }

  /** The settings for the host of constructs that have no settings for the port. */
  private partsFor(port: number): Omit<PortTrafficPolicy, 'port'> {
    const owners = this.portOwners.get(port)!;
    const settings = this.settings.get(undefined)!;
    const others = COMMON.filter((name) => this.parts[name] !== undefined && settings.get(name)!.by.some((one) => !owners.has(one)));
    return Object.fromEntries(others.map((name) => [name, this.parts[name]]));
  }

  private newOnes<T extends TrafficPolicy | Omit<PortTrafficPolicy, 'port'>>(by: IConstruct, port: Port, parts: T): Partial<T> {
    const found: Partial<T> = {};
    const settings = computeIfAbsent(this.settings, port, () => new Map<string, Setting>());
    for (const name of Object.keys(parts) as (keyof T & string)[]) {
      if (parts[name] === undefined) continue;
      const json = JSON.parse(JSON.stringify(toTrafficPolicy({ [name]: parts[name] })));
      const other = settings.get(name);
      if (other !== undefined && !isDeepStrictEqual(other.json, json)) {
        const where = port === undefined ? '' : ` of port ${port}`;
        throw invalid(by, `${name}${where} for ${this.target}, which ${pathOf(other.by[0])} sets to a different value`,
          'Istio applies one DestinationRule for a host, whichever construct creates it. Set it in one place, or to the same value everywhere');
      }
      if (other === undefined) settings.set(name, { by: [by], json });
      else other.by.push(by);
      found[name] = parts[name];
    }
    return found;
  }
}
