import { isDeepStrictEqual } from 'util';
import { IConstruct } from 'constructs';
import { toTrafficPolicy } from './destination-rule-json';
import type { PortTrafficPolicy, TrafficPolicy } from './traffic-policy';
import { invalid, pathOf } from '../../plan/checks/errors';

/** A part of a policy, such as its load balancing, and all who said it. */
interface Said {
  readonly by: IConstruct[];
  readonly json: unknown;
}

/** Where a part was said: for the host as a whole, or for a port. */
type Place = number | undefined;

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
  private readonly said = new Map<Place, Map<string, Said>>();
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
    const said = this.said.get(undefined)!;
    const others = COMMON.filter((name) => this.parts[name] !== undefined && said.get(name)!.by.some((one) => !speakers.has(one)));
    return Object.fromEntries(others.map((name) => [name, this.parts[name]]));
  }

  private newOnes<T extends TrafficPolicy | Omit<PortTrafficPolicy, 'port'>>(by: IConstruct, place: Place, parts: T): Partial<T> {
    const found: Partial<T> = {};
    const said = this.said.get(place) ?? new Map<string, Said>();
    this.said.set(place, said);
    for (const name of Object.keys(parts) as (keyof T & string)[]) {
      if (parts[name] === undefined) continue;
      const json = JSON.parse(JSON.stringify(toTrafficPolicy({ [name]: parts[name] })));
      const other = said.get(name);
      if (other !== undefined && !isDeepStrictEqual(other.json, json)) {
        const where = place === undefined ? '' : ` of port ${place}`;
        throw invalid(by, `${name}${where} for ${this.whose}, about which ${pathOf(other.by[0])} says something else`,
          'Istio reads one DestinationRule for a host, whichever construct asks for it: set it in one place, or to the same value everywhere');
      }
      if (other === undefined) said.set(name, { by: [by], json });
      else other.by.push(by);
      found[name] = parts[name];
    }
    return found;
  }
}
