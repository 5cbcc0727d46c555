import { KnownModel, KnownServer } from './known-servers';
import { show } from '../../plan/checks/errors';
import { computeIfAbsent } from '../../plan/groups';

/** How a Model fits the Servers of its namespace. @internal */
export interface Fit {
  /** Why none of them can load it; undefined if one can. */
  readonly problem?: string;
  /** What to do about it. */
  readonly remedy: string;
  /** Without a problem: whether enough is known to be certain. */
  readonly isSure?: boolean;
}

/** Servers with the same capabilities. */
interface Group {
  readonly capabilities?: ReadonlySet<string>;
  readonly servers: KnownServer[];
}

/** Maximum number of names that a message lists. */
const LISTED = 5;

/**
 * Compares Models with the Servers of a namespace, as Seldon's scheduler does: one Server must have all capabilities that a Model
 * requires, and each replica of the Model needs a different replica of the Server.
 *
 * Servers with the same capabilities are compared once, and so are Models with the same requirements.
 *
 * @internal
 */
export class ServerMatcher {
  private readonly byName = new Map<string, KnownServer>();
  private readonly groups = new Map<string, Group>();
  private readonly found = new Map<string, KnownServer[]>();

  /**
   * Creates a matcher for the Servers of a namespace.
   *
   * @param label The namespace, for messages.
   * @param servers The known Servers.
   * @param isComplete Whether there are no others.
   */
  public constructor(private readonly label: string, servers: readonly KnownServer[], private readonly isComplete: boolean) {
    for (const server of servers) {
      this.byName.set(server.name, server);
      const key = server.capabilities === undefined ? '?' : [...server.capabilities].sort().join(',');
      computeIfAbsent(this.groups, key, () => groupLike(server)).servers.push(server);
    }
  }

  /** Returns how a Model with a number of replicas fits. */
  public judge(model: KnownModel, replicas: number): Fit {
    const { name, requirements, server } = model;
    const candidates = server === undefined ? undefined : this.byName.get(server);
    if (server !== undefined && candidates === undefined) {
      const known = list([...this.byName.keys()].map(show));
      return {
        problem: `Model ${show(name)} names Server ${show(server)}, which ${this.isComplete ? `${this.label} does not have` : `the app does not know in ${this.label}`}`,
        remedy: known === '' ? 'it has no Server' : `expected one of ${known}`,
      };
    }
    const matching = candidates === undefined ? this.matching(requirements) : missingFrom(candidates, requirements).length === 0 ? [candidates] : [];
    if (matching.length === 0) return this.unmet(model, candidates);
    const largest = matching.reduce((a, b) => maximumOf(b) > maximumOf(a) ? b : a);
    if (maximumOf(largest) < replicas) {
      return {
        problem: `Model ${show(name)} may have ${replicas} replicas, and Server ${show(largest.name)}, the largest that satisfies its requirements, `
          + `at most ${maximumOf(largest)}`,
        remedy: 'each replica of a Model needs a replica of the Server. Reduce the replicas of the Model, or increase those of the Server',
      };
    }
    const sure = matching.filter(({ capabilities }) => capabilities !== undefined);
    return { remedy: '', isSure: sure.some((each) => each.maximum === undefined || each.maximum >= replicas) };
  }

  private matching(requirements: readonly string[]): KnownServer[] {
    const key = [...requirements].sort().join(',');
    return computeIfAbsent(this.found, key, () => [...this.groups.values()]
      .filter(({ capabilities }) => capabilities === undefined || requirements.every((each) => capabilities.has(each)))
      .map(({ servers }) => servers.reduce((a, b) => maximumOf(b) > maximumOf(a) ? b : a)));
  }

  private unmet({ name, requirements }: KnownModel, server: KnownServer | undefined): Fit {
    if (this.byName.size === 0) {
      const remedy = 'add one, or refer to an existing one by Server.fromServerName';
      const problem = this.isComplete ? `${this.label} has no Server for Model ${show(name)}` : `the app knows no Server in ${this.label}`;
      return { problem, remedy };
    }
    const compared = server === undefined ? [...this.groups.values()].map(({ servers: [first] }) => first) : [server];
    const why = list(compared.map((each) => `${show(each.name)} does not have ${missingFrom(each, requirements).map(show).join(' and ')}`), '; ');
    const who = server === undefined ? `no Server ${this.isComplete ? 'in' : 'that the app knows in'} ${this.label} has all required capabilities` : `Server ${show(server.name)} does not have all required capabilities`;
    return {
      problem: `Model ${show(name)} requires ${requirements.map(show).join(', ')}, and ${who} (${why})`,
      remedy: 'give a Server the capabilities, or change the requirements',
    };
  }
}

function groupLike({ capabilities }: KnownServer): Group {
  return { capabilities: capabilities && new Set(capabilities), servers: [] };
}

function maximumOf({ maximum }: KnownServer): number {
  return maximum ?? Infinity;
}

function missingFrom({ capabilities }: KnownServer, requirements: readonly string[]): string[] {
  return capabilities === undefined ? [] : requirements.filter((each) => !capabilities.includes(each));
}

function list(items: readonly string[], separator = ', '): string {
  return items.length <= LISTED ? items.join(separator) : `${items.slice(0, LISTED).join(separator)}${separator}…`;
}
