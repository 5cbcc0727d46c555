import { acceptanceWithoutReason } from './acceptances/acceptance-without-reason';
import { unknownAcceptance } from './acceptances/unknown-acceptance';
import { unusedAcceptance } from './acceptances/unused-acceptance';
import { competingDestinationRules } from './destinations/competing-destination-rules';
import { emptySubset } from './destinations/empty-subset';
import { grpcOverHttp1 } from './destinations/grpc-over-http1';
import { hiddenSubsets } from './destinations/hidden-subsets';
import { invalidServiceEntry } from './destinations/invalid-service-entry';
import { invalidWeights } from './destinations/invalid-weights';
import { limitsOnSharedService } from './destinations/limits-on-shared-service';
import { missingDestinationPort } from './destinations/missing-destination-port';
import { unknownDestinationHost } from './destinations/unknown-destination-host';
import { unknownDestinationPort } from './destinations/unknown-destination-port';
import { unknownRuleHost } from './destinations/unknown-rule-host';
import { unknownSubset } from './destinations/unknown-subset';
import { unseenSubset } from './destinations/unseen-subset';
import { certificateInWrongNamespace } from './gateways/certificate-in-wrong-namespace';
import { clientCertificateBypass } from './gateways/client-certificate-bypass';
import { conflictingGatewayProtocols } from './gateways/conflicting-gateway-protocols';
import { crashingGatewayHosts } from './gateways/crashing-gateway-hosts';
import { duplicateTlsHost } from './gateways/duplicate-tls-host';
import { invalidGatewayHost } from './gateways/invalid-gateway-host';
import { invalidGatewayPort } from './gateways/invalid-gateway-port';
import { invalidGatewayTls } from './gateways/invalid-gateway-tls';
import { maskedTlsHost } from './gateways/masked-tls-host';
import { redirectedGatewayHost } from './gateways/redirected-gateway-host';
import { redirectedRoute } from './gateways/redirected-route';
import { sharedGatewayHost } from './gateways/shared-gateway-host';
import { unknownGateway } from './gateways/unknown-gateway';
import { unservedHost } from './gateways/unserved-host';
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
import { twoCore1RouteOwners } from './routes/two-core1-route-owners';
import { unknownModel } from './routes/unknown-model';
import { unreachableRule } from './routes/unreachable-rule';
import { Rule } from './rule';

/** The rules about objects, ordered by name. */
const CHECKS: readonly Rule[] = [
  certificateInWrongNamespace,
  clientCertificateBypass,
  competingDestinationRules,
  conflictingGatewayProtocols,
  crashingGatewayHosts,
  droppedDelegate,
  duplicateTlsHost,
  emptySubset,
  grpcOverHttp1,
  grpcWithoutModelHeader,
  hiddenHost,
  hiddenSubsets,
  impossiblePath,
  invalidGatewayHost,
  invalidGatewayPort,
  invalidGatewayTls,
  invalidServiceEntry,
  invalidWeights,
  limitsOnSharedService,
  lostMeshRoutes,
  maskedTlsHost,
  meshWithoutCatchAll,
  mirrorOfCore2Model,
  missingDestinationPort,
  overlappingEndpoints,
  prefixTakesNeighbour,
  redirectedGatewayHost,
  redirectedRoute,
  repeatedHeaderOverlap,
  sharedGatewayHost,
  stickyHeaderKept,
  twoCore1RouteOwners,
  unknownDestinationHost,
  unknownDestinationPort,
  unknownGateway,
  unknownModel,
  unknownRuleHost,
  unknownSubset,
  unreachableRule,
  unseenSubset,
  unservedHost,
];

const unused = unusedAcceptance(CHECKS);
const unknown = unknownAcceptance([...CHECKS, unused].map(({ id }) => id));

/**
 * All rules, ordered by name.
 *
 * @internal
 */
export const RULES: readonly Rule[] = [...CHECKS, acceptanceWithoutReason, unknown, unused].sort((a, b) => (a.id < b.id ? -1 : 1));
