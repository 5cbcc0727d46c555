import { IConstruct } from 'constructs';
import { invalid, show } from '../../plan/checks/errors';
import { PodJson } from '../pods/pod-json';

/**
 * The environment variable by which the agent of a Server tells what it can do.
 *
 * @internal
 */
export const CAPABILITIES_VARIABLE = 'SELDON_SERVER_CAPABILITIES';

/**
 * Checks what a Server can do. Seldon writes the list as one text with commas, and ignores an empty one.
 *
 * @internal
 */
export function checkCapabilities(at: IConstruct | string, what: string, capabilities: readonly string[]): void {
  if (capabilities.length === 0) throw invalid(at, `empty ${what}`, 'Seldon ignores an empty list: name what the Server can do, or leave it out');
  for (const capability of capabilities) {
    if (capability === '' || /[,\s]/.test(capability)) {
      throw invalid(at, `${show(capability)} in ${what}`, 'expected a name without commas and spaces: Seldon joins them with commas');
    }
  }
}

/**
 * Whether some container of a pod tells what the Server can do.
 *
 * @internal
 */
export function declaresCapabilities(pod: PodJson): boolean {
  return (pod.containers ?? []).some(({ env }) => (env ?? []).some(({ name }) => name === CAPABILITIES_VARIABLE));
}

/**
 * What a pod says that it can do: undefined where it takes that from elsewhere, or says nothing.
 *
 * @internal
 */
export function capabilitiesOf(pod: PodJson): string[] | undefined {
  const told = (pod.containers ?? []).flatMap(({ env }) => (env ?? []).filter(({ name }) => name === CAPABILITIES_VARIABLE));
  // Where several containers have the variable, it is the agent's that counts, and nobody knows which one it is.
  const [first, ...others] = told.map(({ value }) => value);
  if (first === undefined || others.some((other) => other !== first)) return undefined;
  return first.split(',').map((capability) => capability.trim()).filter((capability) => capability !== '');
}
