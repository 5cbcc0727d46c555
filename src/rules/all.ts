import { acceptanceWithoutReason } from './acceptances/acceptance-without-reason';
import { unknownAcceptance } from './acceptances/unknown-acceptance';
import { unusedAcceptance } from './acceptances/unused-acceptance';
import { droppedDelegate } from './routes/dropped-delegate';
import { grpcWithoutModelHeader } from './routes/grpc-without-model-header';
import { hiddenHost } from './routes/hidden-host';
import { impossiblePath } from './routes/impossible-path';
import { lostMeshRoutes } from './routes/lost-mesh-routes';
import { meshWithoutCatchAll } from './routes/mesh-without-catch-all';
import { mirrorOfCore2Model } from './routes/mirror-of-core2-model';
import { overlappingEndpoints } from './routes/overlapping-endpoints';
import { prefixTakesNeighbour } from './routes/prefix-takes-neighbour';
import { repeatedHeaderOverlap } from './routes/repeated-header-overlap';
import { stickyHeaderKept } from './routes/sticky-header-kept';
import { unknownModel } from './routes/unknown-model';
import { unreachableRule } from './routes/unreachable-rule';
import { Rule } from './rule';

/** The rules about objects, ordered by name. */
const CHECKS: readonly Rule[] = [
  droppedDelegate,
  grpcWithoutModelHeader,
  hiddenHost,
  impossiblePath,
  lostMeshRoutes,
  meshWithoutCatchAll,
  mirrorOfCore2Model,
  overlappingEndpoints,
  prefixTakesNeighbour,
  repeatedHeaderOverlap,
  stickyHeaderKept,
  unknownModel,
  unreachableRule,
];

const unused = unusedAcceptance(CHECKS);
const unknown = unknownAcceptance([...CHECKS, unused].map(({ id }) => id));

/**
 * All rules, ordered by name.
 *
 * @internal
 */
export const RULES: readonly Rule[] = [...CHECKS, acceptanceWithoutReason, unknown, unused].sort((a, b) => (a.id < b.id ? -1 : 1));
