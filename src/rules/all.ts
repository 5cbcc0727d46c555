import { acceptanceWithoutReason } from './acceptances/acceptance-without-reason';
import { unknownAcceptance } from './acceptances/unknown-acceptance';
import { unusedAcceptance } from './acceptances/unused-acceptance';
import { ACCESS_RULES } from './access/all';
import { CHANGE_RULES } from './changes/all';
import { DESTINATION_RULES } from './destinations/all';
import { GATEWAY_RULES } from './gateways/all';
import { competingDefaults } from './objects/competing-defaults';
import { duplicateKey } from './objects/duplicate-key';
import { REJECTION_RULES } from './rejections/all';
import { ROUTE_RULES } from './routes/all';
import { Rule } from './rule';
import { SCHEMA_RULES } from './schemas/all';
import { SELDON_RULES } from './seldon/all';

/** The rules about objects. */
const CHECKS: readonly Rule[] = [
  ...ACCESS_RULES, ...CHANGE_RULES, ...DESTINATION_RULES, ...GATEWAY_RULES, ...ROUTE_RULES, ...SCHEMA_RULES, ...SELDON_RULES,
  ...REJECTION_RULES, competingDefaults, duplicateKey,
];

const unused = unusedAcceptance(CHECKS);
const unknown = unknownAcceptance([...CHECKS, acceptanceWithoutReason, unused].map(({ id }) => id));

/**
 * All rules, ordered by name.
 *
 * @internal
 */
export const RULES: readonly Rule[] = [...CHECKS, acceptanceWithoutReason, unknown, unused].sort((a, b) => (a.id < b.id ? -1 : 1));
