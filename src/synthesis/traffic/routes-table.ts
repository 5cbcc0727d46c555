import { IConstruct } from 'constructs';
import { routeRows } from '../../answers/endpoints/routes-table';
import { TrafficModel } from '../../answers/traffic-model';
import { Cluster, ClusterSettings } from '../../cluster/cluster';
import { renderRoutes } from '../../report/answers/routes';
import { objectsIn } from '../app-objects';

/**
 * Constructs of one cluster.
 *
 * @internal
 */
export interface ClusterConstructs {
  /** The constructs. */
  readonly constructs: readonly IConstruct[];
  /** What their objects do not tell. */
  readonly facts: ClusterSettings;
}

/**
 * Reads the objects of constructs as they are now.
 *
 * @internal
 */
export function modelOf({ constructs, facts }: ClusterConstructs): TrafficModel {
  return new TrafficModel(new Cluster(objectsIn(constructs, () => false, false).map(({ object }) => object), facts));
}

/**
 * The table of all routes among the objects of constructs.
 *
 * @internal
 */
export function tableOf(contents: ClusterConstructs): string {
  return renderRoutes(routeRows(modelOf(contents)));
}
