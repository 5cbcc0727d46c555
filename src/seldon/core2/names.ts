import { IConstruct } from 'constructs';
import { Warnings } from '../../mesh/warnings';
import { ResourceType } from '../../plan/backend';
import { invalid, show } from '../../plan/checks/errors';

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Maximum length of a name in Kubernetes. */
const MAX_NAME = 253;

/** Maximum length of the name of a Kafka topic. */
const MAX_TOPIC = 249;

/**
 * Checks the name of a Model or a Pipeline. Kubernetes accepts dots, and Seldon's scheduler rejects them only after the apply, in a
 * status condition.
 *
 * @internal
 */
export function checkCore2Name(at: IConstruct, what: string, name: string): void {
  if (typeof name !== 'string' || name.length > MAX_NAME || !NAME.test(name)) {
    throw invalid(at, `${what} ${show(name)}`,
      'expected lower-case letters, digits and hyphens, with no hyphen at the ends, since Seldon Core 2 accepts no dots, capitals or underscores');
  }
}

/**
 * Warns of a name that is too long for a Kafka topic, whose name Seldon derives from it and from the namespace.
 *
 * @internal
 */
export function warnOfTopic(at: IConstruct, type: ResourceType, namespace: string | undefined, name: string): void {
  if (namespace === undefined) return;
  const { length } = `seldon.${namespace}.${type}.${name}.outputs`;
  if (length <= MAX_TOPIC) return;
  Warnings._add(at, `name of ${kindOf(type)} with ${name.length} characters`,
    `the name of its Kafka topic would have ${length} characters, and Kafka accepts at most ${MAX_TOPIC}. Use a shorter name if it is used with Kafka`);
}

/**
 * The kind of an object that an Experiment refers to.
 *
 * @internal
 */
export function kindOf(type: ResourceType): string {
  return type === ResourceType.PIPELINE ? 'Pipeline' : 'Model';
}
