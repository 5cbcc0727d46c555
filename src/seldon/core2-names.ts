import { IConstruct } from 'constructs';
import { ResourceType } from '../plan/backend';
import { invalid, show } from '../plan/errors';

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Longest name that Kubernetes takes. */
const MAX_NAME = 253;

/**
 * Checks the name of a Model or a Pipeline: Kubernetes takes dots, and Seldon's scheduler refuses them later, in a status
 * condition that nobody sees on apply.
 *
 * @internal
 */
export function checkCore2Name(at: IConstruct, what: string, name: string): void {
  if (typeof name !== 'string' || name.length > MAX_NAME || !NAME.test(name)) {
    throw invalid(at, `${what} ${show(name)}`,
      'Seldon Core 2 takes lower-case letters, digits and hyphens, with no hyphen at the ends: no dots, capitals or underscores');
  }
}

/**
 * The kind of an object that an Experiment names.
 *
 * @internal
 */
export function kindOf(type: ResourceType): string {
  return type === ResourceType.PIPELINE ? 'Pipeline' : 'Model';
}
