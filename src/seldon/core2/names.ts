import { IConstruct } from 'constructs';
import { Warnings } from '../../mesh/warnings';
import { CORE2_NAME, isCore2Name } from '../../objects/core2/core2-names';
import { ResourceType } from '../../plan/backend';
import { invalid, show } from '../../plan/checks/errors';

/** Maximum length of the name of a Kafka topic. */
const MAX_TOPIC = 249;

/**
 * Checks the name of a Model or a Pipeline. Kubernetes accepts dots, and Seldon's scheduler rejects them only after the apply, in a
 * status condition.
 *
 * @internal
 */
export function checkCore2Name(at: IConstruct, what: string, name: string): void {
  if (!isCore2Name(name)) throw invalid(at, `${what} ${show(name)}`, CORE2_NAME);
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
