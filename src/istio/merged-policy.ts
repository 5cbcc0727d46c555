import { isDeepStrictEqual } from 'util';
import { IConstruct } from 'constructs';
import { toTrafficPolicy } from './destination-rule-json';
import type { PortTrafficPolicy, TrafficPolicy } from './traffic-policy';
import { invalid } from '../plan/errors';

/** A part of a policy, such as its load balancing, and who said it. */
interface Said {
  readonly by: IConstruct;
  readonly json: unknown;
}

/**
 * What several constructs say about how a host or a subset is called: each part is said once, or alike. Istio reads one
 * DestinationRule for a host, so all that they say ends there.
 *
 * @internal
 */
export class MergedPolicy {
  private readonly said = new Map<string, Said>();
  private merged: TrafficPolicy = {};

  // Messages name what the policy is for.
  constructor(private readonly whose: string) {}

  /** What was said so far. */
  public get policy(): TrafficPolicy {
    return this.merged;
  }

  /** Adds what a construct says. */
  public add(by: IConstruct, { portLevelSettings, ...parts }: TrafficPolicy): void {
    const { portLevelSettings: known = [], ...rest } = this.merged;
    const all = { ...rest, ...this.newOnes(by, '', parts) };
    const ports = new Map(known.map((settings) => [settings.port, settings]));
    for (const { port, ...settings } of portLevelSettings ?? []) {
      ports.set(port, { ...ports.get(port), port, ...this.newOnes(by, ` of port ${port}`, settings) });
    }
    this.merged = ports.size === 0 ? all : { ...all, portLevelSettings: [...ports.values()] };
  }

  private newOnes<T extends TrafficPolicy | Omit<PortTrafficPolicy, 'port'>>(by: IConstruct, where: string, parts: T): Partial<T> {
    const found: Partial<T> = {};
    for (const name of Object.keys(parts) as (keyof T & string)[]) {
      if (parts[name] === undefined) continue;
      const json = JSON.parse(JSON.stringify(toTrafficPolicy({ [name]: parts[name] })));
      const other = this.said.get(name + where);
      if (other !== undefined && !isDeepStrictEqual(other.json, json)) {
        throw invalid(by, `${name}${where} for ${this.whose}, about which ${other.by.node.path} says something else`,
          'Istio reads one DestinationRule for a host, whoever asks for it: say it once, or alike');
      }
      if (other === undefined) this.said.set(name + where, { by, json });
      found[name] = parts[name];
    }
    return found;
  }
}
