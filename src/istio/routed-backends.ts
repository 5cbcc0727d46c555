import { IConstruct } from 'constructs';
import { findForeignSubset } from './shared-destination-rules';
import { findWildcardsOnSharedService } from './shared-service-checks';
import { Mesh } from '../mesh/mesh';
import { BackendTarget } from '../plan/backend';

/** A backend that a route leads to. */
interface Routed {
  readonly at: IConstruct;
  readonly target: BackendTarget;
}

/**
 * The hosts and subsets that routes lead to. DestinationRules may come after the routes, so both are compared before anything is
 * written.
 *
 * @internal
 */
export class RoutedBackends {
  public static of(construct: IConstruct): RoutedBackends {
    return Mesh.of(construct)._part('routed-backends', (scope) => new RoutedBackends(scope));
  }

  private readonly hosts = new Map<string, Routed>();
  private readonly subsets: Routed[] = [];

  private constructor(scope: IConstruct) {
    scope.node.addValidation({ validate: () => this.validate() });
  }

  public add(at: IConstruct, target: BackendTarget): void {
    this.hosts.set(target.host, { at, target });
    if (target.subset !== undefined) this.subsets.push({ at, target });
  }

  private validate(): string[] {
    return [
      ...[...this.hosts.values()].flatMap(({ at, target }) => findWildcardsOnSharedService(at, target)),
      ...this.subsets.flatMap(({ at, target }) => findForeignSubset(at, target)?.message ?? []),
    ];
  }
}
