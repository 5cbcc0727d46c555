import { KnownModel, KnownServer } from './known-servers';
import { show } from '../../plan/checks/errors';

/** How a Model fits the Servers of its namespace. @internal */
export interface Fit {
  /** Why none of them can load it; undefined when one can. */
  readonly problem?: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Where there is no problem: whether all is known that it takes to be sure. */
  readonly isSure?: boolean;
}

/** Servers that can do the same. */
interface Group {
  readonly capabilities?: ReadonlySet<string>;
  readonly servers: KnownServer[];
}

/** Names that a message lists at most. */
const LISTED = 5;

/**
 * Compares Models with the Servers of a namespace, as Seldon's scheduler does: one Server must be able to do all that a Model
 * requires, and a Model has one replica on each of its replicas.
 *
 * Servers that can do the same are looked at once, and so are Models that require the same.
 *
 * @internal
 */
export class ServerMatcher {
  private readonly byName = new Map<string, KnownServer>();
  private readonly groups = new Map<string, Group>();
  private readonly found = new Map<string, KnownServer[]>();

  /**
   * Compares with the Servers of a namespace.
   *
   * @param label The namespace, for messages.
   * @param servers Those that are known.
   * @param isComplete Whether there are no others.
   */
  public constructor(private readonly label: string, servers: readonly KnownServer[], private readonly isComplete: boolean) {
    for (const server of servers) {
      this.byName.set(server.name, server);
      const key = server.capabilities === undefined ? '?' : [...server.capabilities].sort().join(',');
      const group = this.groups.get(key);
      if (group === undefined) {
        this.groups.set(key, { capabilities: server.capabilities && new Set(server.capabilities), servers: [server] });
      } else {
        group.servers.push(server);
      }
    }
  }

  /** Says how a Model with so many replicas fits. */
  public judge(model: KnownModel, replicas: number): Fit {
    const { name, requirements, server } = model;
    const candidates = server === undefined ? undefined : this.byName.get(server);
    if (server !== undefined && candidates === undefined) {
      const known = list([...this.byName.keys()].map(show));
      return {
        problem: `Model ${show(name)} is for Server ${show(server)}, which ${this.isComplete ? `${this.label} does not have` : `the app does not know in ${this.label}`}`,
        remedy: known === '' ? 'it has none' : `expected one of ${known}`,
      };
    }
    const matching = candidates === undefined ? this.matching(requirements) : lacks(candidates, requirements).length === 0 ? [candidates] : [];
    if (matching.length === 0) return this.unmet(model, candidates);
    const largest = matching.reduce((a, b) => maximumOf(b) > maximumOf(a) ? b : a);
    if (maximumOf(largest) < replicas) {
      return {
        problem: `Model ${show(name)} may have ${replicas} replicas, and Server ${show(largest.name)}, the largest that meets it, `
          + `at most ${maximumOf(largest)}`,
        remedy: 'a Model takes one replica of one Server for each of its own: let it have fewer, or the Server more',
      };
    }
    const sure = matching.filter(({ capabilities }) => capabilities !== undefined);
    return { remedy: '', isSure: sure.some((each) => each.maximum === undefined || each.maximum >= replicas) };
  }

  private matching(requirements: readonly string[]): KnownServer[] {
    const key = [...requirements].sort().join(',');
    let found = this.found.get(key);
    if (found === undefined) {
      found = [...this.groups.values()]
        .filter(({ capabilities }) => capabilities === undefined || requirements.every((each) => capabilities.has(each)))
        .map(({ servers }) => servers.reduce((a, b) => maximumOf(b) > maximumOf(a) ? b : a));
      this.found.set(key, found);
    }
    return found;
  }

  private unmet({ name, requirements }: KnownModel, server: KnownServer | undefined): Fit {
    if (this.byName.size === 0) {
      const remedy = 'make one, or name one that lives elsewhere by Server.fromServerName';
      const problem = this.isComplete ? `${this.label} has no Server for Model ${show(name)}` : `the app knows no Server of ${this.label}`;
      return { problem, remedy };
    }
    const looked = server === undefined ? [...this.groups.values()].map(({ servers: [first] }) => first) : [server];
    const why = list(looked.map((each) => `${show(each.name)} lacks ${lacks(each, requirements).map(show).join(' and ')}`), '; ');
    const who = server === undefined ? `no Server ${this.isComplete ? 'of' : 'that the app knows in'} ${this.label} can do all of it` : `Server ${show(server.name)} cannot do all of it`;
    return {
      problem: `Model ${show(name)} requires ${requirements.map(show).join(', ')}, and ${who} (${why})`,
      remedy: 'give a Server the capabilities, or change the requirements',
    };
  }
}

function maximumOf({ maximum }: KnownServer): number {
  return maximum ?? Infinity;
}

function lacks({ capabilities }: KnownServer, requirements: readonly string[]): string[] {
  return capabilities === undefined ? [] : requirements.filter((each) => !capabilities.includes(each));
}

function list(items: readonly string[], separator = ', '): string {
  return items.length <= LISTED ? items.join(separator) : `${items.slice(0, LISTED).join(separator)}${separator}…`;
}
