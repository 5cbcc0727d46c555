import { newWithTraffic } from './new-with-traffic';
import { removedWithTraffic } from './removed-with-traffic';
import { Rule } from '../rule';

/**
 * The rules about changes, ordered by name. They need an earlier state.
 *
 * @internal
 */
export const CHANGE_RULES: readonly Rule[] = [newWithTraffic, removedWithTraffic];
