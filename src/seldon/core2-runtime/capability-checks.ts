import { IConstruct } from 'constructs';
import { invalid, show } from '../../plan/checks/errors';
import { PodJson } from '../pods/pod-json';

/**
 * The environment variable by which the agent of a Server reports its capabilities.
 *
 * @internal
 */
export const CAPABILITIES_VARIABLE = 'SELDON_SERVER_CAPABILITIES';

/**
 * Checks capabilities of a Server. Seldon joins the list with commas, and ignores an empty one.
 *
 * @internal
 */
export function checkCapabilities(at: IConstruct | string, what: string, capabilities: readonly string[]): void {
  if (capabilities.length === 0) throw invalid(at, `empty ${what}`, 'Seldon ignores an empty list. List the capabilities, or leave it out');
  for (const capability of capabilities) {
    if (capability === '' || /[,\s]/.test(capability)) {
      throw invalid(at, `${show(capability)} in ${what}`, 'expected a name without commas and spaces, since Seldon joins capabilities with commas');
    }
  }
}

/**
 * Whether a container of a pod declares the Server's capabilities.
 *
 * @internal
 */
export function declaresCapabilities(pod: PodJson): boolean {
  return (pod.containers ?? []).some(({ env }) => (env ?? []).some(({ name }) => name === CAPABILITIES_VARIABLE));
}

/**
 * The capabilities that a pod declares; undefined if it reads them from a ConfigMap or Secret, or declares none.
 *
 * @internal
 */
export function capabilitiesOf(pod: PodJson): string[] | undefined {
  const declared = (pod.containers ?? []).flatMap(({ env }) => (env ?? []).filter(({ name }) => name === CAPABILITIES_VARIABLE));
  // If several containers have the variable, the agent's counts, and which one is the agent is not known.
  const [first, ...others] = declared.map(({ value }) => value);
  if (first === undefined || others.some((other) => other !== first)) return undefined;
  return first.split(',').map((capability) => capability.trim()).filter((capability) => capability !== '');
}
