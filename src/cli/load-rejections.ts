import type { FindNotes } from '../answers/traffic-model';
import type * as RejectionNotes from '../rules/rejection-notes';

/**
 * Finds the objects of an answer that are rejected. The rules are loaded with the first answer.
 *
 * @internal
 */
export const findRejections: FindNotes = (cluster, answer) => (
  (require('../rules/rejection-notes') as typeof RejectionNotes).rejectionNotes(cluster, answer)
);
