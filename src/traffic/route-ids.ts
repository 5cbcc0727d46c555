import { Construct, IConstruct } from 'constructs';
import { Warnings } from '../mesh/warnings';
import { BackendTarget } from '../plan/backend';
import { invalid, pathOf, show } from '../plan/checks/errors';
import { InferenceEndpoint } from '../plan/endpoint';
import { inferencePaths } from '../plan/endpoint-defaults';

/** The usual suffix that distinguishes a route from its backend. */
const ROUTE = '-route';

/**
 * The scope of a new rollout, unless it has a construct of that id: a model and its route tend to get the same one.
 *
 * @internal
 */
export function scopeFor(scope: Construct, id: string): Construct {
  const other = scope?.node?.tryFindChild(id);
  if (other === undefined) return scope;
  throw invalid(other, `a second construct with id ${show(id)}, which ${other.constructor.name} ${pathOf(other)} has`,
    `choose another id, such as ${show(`${id}-route`)}, and set endpoint: ${show(id)} so that callers ask for that name`);
}

/**
 * Warns of an endpoint whose name has a suffix only to distinguish the route from its backend, since callers have to use that name.
 *
 * @internal
 */
export function warnOfRouteName(at: IConstruct, endpoint: InferenceEndpoint, backends: readonly BackendTarget[]): void {
  if (!endpoint.name.endsWith(ROUTE)) return;
  const meant = inferredEndpoint(endpoint.name, backends.flatMap(namesOf));
  // The backends' own paths do not contain the name.
  if (meant === undefined || endpoint.paths.join() !== inferencePaths(endpoint.name).join()) return;
  Warnings._add(at, `callers have to ask for endpoint ${show(endpoint.name)}, the name of the route to ${show(meant.backend)}`,
    `set endpoint: ${show(meant.name)}, or endpoint: ${show(endpoint.name)} if that is intended`);
}

/** The probably intended name of an endpoint. @internal */
export interface InferredEndpoint {
  /** The name without the suffix. */
  readonly name: string;
  /** The backend of that name. */
  readonly backend: string;
}

/**
 * The name of an endpoint without `-route`, if a backend has that name, alone or with `-model`: both suffixes serve to distinguish two
 * constructs.
 *
 * @internal
 */
export function inferredEndpoint(endpoint: string, backends: readonly string[]): InferredEndpoint | undefined {
  if (!endpoint.endsWith(ROUTE)) return undefined;
  const name = endpoint.slice(0, -ROUTE.length);
  const backend = backends.find((each) => each === name || each === `${name}-model`);
  return backend === undefined ? undefined : { name, backend };
}

function namesOf({ seldon, host }: BackendTarget): string[] {
  return [seldon?.core2?.name, seldon?.experiment?.name, host.split('.')[0]].filter((name) => name !== undefined);
}
