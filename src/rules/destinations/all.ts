import { competingDestinationRules } from './competing-destination-rules';
import { conflictingEntryProtocols } from './conflicting-entry-protocols';
import { emptySubset } from './empty-subset';
import { grpcOverHttp1 } from './grpc-over-http1';
import { hiddenSubsets } from './hidden-subsets';
import { invalidServiceEntry } from './invalid-service-entry';
import { invalidWeights } from './invalid-weights';
import { limitsOnSharedService } from './limits-on-shared-service';
import { missingDestinationPort } from './missing-destination-port';
import { unknownDestinationHost } from './unknown-destination-host';
import { unknownDestinationPort } from './unknown-destination-port';
import { unknownRuleHost } from './unknown-rule-host';
import { unknownSubset } from './unknown-subset';
import { unseenSubset } from './unseen-subset';
import { Rule } from '../rule';

/**
 * The rules about destinations, ordered by name.
 *
 * @internal
 */
export const DESTINATION_RULES: readonly Rule[] = [
  competingDestinationRules,
  conflictingEntryProtocols,
  emptySubset,
  grpcOverHttp1,
  hiddenSubsets,
  invalidServiceEntry,
  invalidWeights,
  limitsOnSharedService,
  missingDestinationPort,
  unknownDestinationHost,
  unknownDestinationPort,
  unknownRuleHost,
  unknownSubset,
  unseenSubset,
];
