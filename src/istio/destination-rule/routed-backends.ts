import { IConstruct } from 'constructs';
import { findPortProblems, RouteUse } from './routed-ports';
import { findForeignSubset } from './shared-destination-rules';
import { findWildcardsOnSharedService } from './shared-service-checks';
import { Finding, reportFindings } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { BackendTarget } from '../../plan/backend';
import { computeIfAbsent } from '../../plan/groups';
import { targetPorts } from '../../plan/target-ports';

/** A backend of a route. */
interface Routed {
  readonly at: IConstruct;
  readonly target: BackendTarget;
}

/**
 * The hosts, subsets and ports of routes. DestinationRules and ports of Services may be created after the routes, so they are compared
 * before any manifest is written.
 *
 * @internal
 */
export class RoutedBackends {
  public static of(construct: IConstruct): RoutedBackends {
    return Mesh.of(construct)._part('routed-backends', (scope) => new RoutedBackends(scope));
  }

  private readonly hosts = new Map<string, Routed>();
  private readonly ports = new Map<string, Set<number>>();
  private readonly subsets: Routed[] = [];
  private readonly uses: RouteUse[] = [];
  private checked = { uses: 0, problems: [] as Finding[] };

  private constructor(private readonly scope: IConstruct) {
    reportFindings(scope, () => this.validate());
  }

  public add(at: IConstruct, target: BackendTarget, endpoint: RouteUse['endpoint']): void {
    this.hosts.set(target.host, { at, target });
    const ports = computeIfAbsent(this.ports, target.host.toLowerCase(), () => new Set());
    for (const port of targetPorts(target)) ports.add(port);
    this.uses.push({ at, target, endpoint });
    if (target.subset !== undefined) this.subsets.push({ at, target });
  }

  /**
   * The ports of a Service, as far as routes of any kind lead to it.
   *
   * @param host Its host in lower case.
   */
  public portsOf(host: string): number[] {
    return [...this.ports.get(host) ?? []].sort((a, b) => a - b);
  }

  private validate(): Finding[] {
    return [
      ...[...this.hosts.values()].flatMap(({ at, target }) => findWildcardsOnSharedService(at, target).map((text) => ({ at, text }))),
      ...this.subsets.flatMap(({ at, target }) => messageOf(findForeignSubset(at, target)).map((text) => ({ at, text }))),
      ...this.portProblems(),
    ];
  }

  /** Each chart of an app validates the whole app, so the result is cached until something is added. */
  private portProblems(): Finding[] {
    const uses = this.uses.length;
    if (this.checked.uses !== uses) this.checked = { uses, problems: findPortProblems(this.scope, this.uses) };
    return this.checked.problems;
  }
}

function messageOf(error: Error | undefined): string[] {
  return error === undefined ? [] : [error.message];
}
