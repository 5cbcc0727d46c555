import { rejectedDestinationRule } from './rejected-destination-rule';
import { rejectedSidecar } from './rejected-sidecar';
import { rejectedTelemetry } from './rejected-telemetry';
import { Rule } from '../rule';

/**
 * The rules about objects of Istio that its webhook rejects, for kinds of which no other rule does.
 *
 * @internal
 */
export const REJECTION_RULES: readonly Rule[] = [rejectedDestinationRule, rejectedSidecar, rejectedTelemetry];
