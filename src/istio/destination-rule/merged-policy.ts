import { isDeepStrictEqual } from 'util';
import { IConstruct } from 'constructs';
import { toTrafficPolicy } from './destination-rule-json';
import type { PortTrafficPolicy, TrafficPolicy } from './traffic-policy';
import { invalid, pathOf } from '../../plan/checks/errors';

/** A part of a policy, such as its load balancing, and all who said it. */
interface Setting {
  readonly by: IConstruct[];
  readonly json: unknown;
}

/** Where a part was said: for the host as a whole, or for a port. */
type Port = number | undefined;

/** What a policy can say for one port as well as for all. */
const COMMON = ['loadBalancer', 'connectionPool', 'outlierDetection', 'tls'] as const;

/**
 * What several constructs say about how a host or a subset is called: each part is said once, or alike. Istio reads one
 * DestinationRule for a host, so all that they say ends there.
 *
 * A port with settings takes nothing over from the host. Who writes both knows that; but where one construct speaks of the port
 * and another one of the host, what the latter says is written for the port as well.
 *
 * @internal
 */
export class MergedPolicy {
  private readonly settings = new Map<Port, Map<string, Setting>>();
  private readonly speakers = new Map<number, Set<IConstruct>>();
  private parts: Omit<TrafficPolicy, 'portLevelSettings'> = {};
  private readonly ports = new Map<number, PortTrafficPolicy>();

  // Messages name what the policy is for.
  constructor(private readonly whose: string) {}

  /** What was said so far. */
  public get policy(): TrafficPolicy {
    if (this.ports.size === 0) return this.parts;
    return { ...this.parts, portLevelSettings: [...this.ports.values()].map((settings) => ({ ...this.partsFor(settings.port), ...settings })) };
  }

  /** Adds what a construct says. */
  public add(by: IConstruct, { portLevelSettings = [], ...parts }: TrafficPolicy): void {
    this.parts = { ...this.parts, ...this.newOnes(by, undefined, parts) };
    for (const { port, ...settings } of portLevelSettings) {
      this.ports.set(port, { ...this.ports.get(port), port, ...this.newOnes(by, port, settings) });
      this.speakers.set(port, (this.speakers.get(port) ?? new Set()).add(by));
    }
  }

  /** What those say about the host who do not speak of the port. */
  private partsFor(port: number): Omit<PortTrafficPolicy, 'port'> {
    const speakers = this.speakers.get(port)!;
    const settings = this.settings.get(undefined)!;
    const others = COMMON.filter((name) => this.parts[name] !== undefined && settings.get(name)!.by.some((one) => !speakers.has(one)));
    return Object.fromEntries(others.map((name) => [name, this.parts[name]]));
  }

  private newOnes<T extends TrafficPolicy | Omit<PortTrafficPolicy, 'port'>>(by: IConstruct, port: Port, parts: T): Partial<T> {
    const found: Partial<T> = {};
    const settings = this.settings.get(port) ?? new Map<string, Setting>();
    this.settings.set(port, settings);
    for (const name of Object.keys(parts) as (keyof T & string)[]) {
      if (parts[name] === undefined) continue;
      const json = JSON.parse(JSON.stringify(toTrafficPolicy({ [name]: parts[name] })));
      const other = settings.get(name);
      if (other !== undefined && !isDeepStrictEqual(other.json, json)) {
        const where = port === undefined ? '' : ` of port ${port}`;
        throw invalid(by, `${name}${where} for ${this.whose}, about which ${pathOf(other.by[0])} says something else`,
          'Istio reads one DestinationRule for a host, whichever construct asks for it: set it in one place, or to the same value everywhere');
      }
      if (other === undefined) settings.set(name, { by: [by], json });
      else other.by.push(by);
      found[name] = parts[name];
    }
    return found;
  }
}
