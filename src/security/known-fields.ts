import { IConstruct } from 'constructs';
import { invalid, show } from '../plan/errors';

/**
 * Refuses fields that nothing reads: a misspelt one would leave a policy wider than it looks. The compiler sees to it in TypeScript.
 *
 * @internal
 */
export function checkFields(at: IConstruct, what: string, value: object, fields: readonly string[]): void {
  const unknown = Object.keys(value).find((field) => !fields.includes(field));
  if (unknown === undefined) return;
  const near = fields.find((field) => field.toLowerCase() === unknown.toLowerCase() || field === `${unknown}s` || `${field}s` === unknown);
  throw invalid(at, `field ${show(unknown)} of ${what}`, near === undefined ? `nothing reads it: expected ${fields.join(', ')}` : `nothing reads it: did you mean ${near}?`);
}

/** Fields of every object. @internal */
export const MANIFEST_FIELDS = ['namespace', 'metadata'];
