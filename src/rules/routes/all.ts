import { addedModelHeader } from './added-model-header';
import { droppedDelegate } from './dropped-delegate';
import { grpcWithoutModelHeader } from './grpc-without-model-header';
import { hiddenHost } from './hidden-host';
import { impossibleAuthority } from './impossible-authority';
import { impossiblePath } from './impossible-path';
import { lostMeshRoutes } from './lost-mesh-routes';
import { meshWithoutCatchAll } from './mesh-without-catch-all';
import { mirrorOfCore2Model } from './mirror-of-core2-model';
import { overlappingEndpoints } from './overlapping-endpoints';
import { prefixTakesNeighbour } from './prefix-takes-neighbour';
import { rejectedVirtualService } from './rejected-virtual-service';
import { repeatedHeaderOverlap } from './repeated-header-overlap';
import { stickyHeaderKept } from './sticky-header-kept';
import { twoCore1RouteOwners } from './two-core1-route-owners';
import { unknownModel } from './unknown-model';
import { unreachableConnectionRule } from './unreachable-connection-rule';
import { unreachableRule } from './unreachable-rule';
import { Rule } from '../rule';

/**
 * The rules about routes, ordered by name.
 *
 * @internal
 */
export const ROUTE_RULES: readonly Rule[] = [
  addedModelHeader,
  droppedDelegate,
  grpcWithoutModelHeader,
  hiddenHost,
  impossibleAuthority,
  impossiblePath,
  lostMeshRoutes,
  meshWithoutCatchAll,
  mirrorOfCore2Model,
  overlappingEndpoints,
  prefixTakesNeighbour,
  rejectedVirtualService,
  repeatedHeaderOverlap,
  stickyHeaderKept,
  twoCore1RouteOwners,
  unknownModel,
  unreachableConnectionRule,
  unreachableRule,
];
