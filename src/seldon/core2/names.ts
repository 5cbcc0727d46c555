import { IConstruct } from 'constructs';
import { Warnings } from '../../mesh/warnings';
import { ResourceType } from '../../plan/backend';
import { invalid, show } from '../../plan/checks/errors';

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Longest name that Kubernetes takes. */
const MAX_NAME = 253;

/** Longest name of a topic that Kafka takes. */
const MAX_TOPIC = 249;

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
 * Leaves a warning for a name that Kafka has no topic for: Seldon makes one of it and of what it is in.
 *
 * @internal
 */
export function warnOfTopic(at: IConstruct, type: ResourceType, namespace: string | undefined, name: string): void {
  if (namespace === undefined) return;
  const { length } = `seldon.${namespace}.${type}.${name}.outputs`;
  if (length <= MAX_TOPIC) return;
  Warnings._add(at, `name of ${kindOf(type)} with ${name.length} characters`,
    `its topic in Kafka would have ${length}, and Kafka takes ${MAX_TOPIC}: give it a shorter one, if it is used with Kafka`);
}

/**
 * The kind of an object that an Experiment names.
 *
 * @internal
 */
export function kindOf(type: ResourceType): string {
  return type === ResourceType.PIPELINE ? 'Pipeline' : 'Model';
}
