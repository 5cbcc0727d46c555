import { IConstruct } from 'constructs';
import { TrafficModel } from '../../answers/traffic-model';
import { findRejections } from '../../cli/load-rejections';
import { Cluster, ClusterSettings } from '../../cluster/cluster';
import { routeRows } from '../../proofs/queries/route-examples';
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
  return new TrafficModel(new Cluster(objectsIn(constructs, () => false, false).map(({ object }) => object), facts), findRejections);
}

/**
 * The table of all routes among the objects of constructs.
 *
 * @internal
 */
export function tableOf(contents: ClusterConstructs): string {
  return renderRoutes(routeRows(modelOf(contents)));
}
