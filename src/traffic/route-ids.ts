import { Construct, IConstruct } from 'constructs';
import { Warnings } from '../mesh/warnings';
import { BackendTarget } from '../plan/backend';
import { Endpoint } from '../plan/endpoint';
import { inferencePaths } from '../plan/endpoint-defaults';
import { invalid, pathOf, show } from '../plan/errors';

/**
 * The scope of a new rollout, unless it has a construct of that id: models and their routes want the same one.
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
 * Warns of an endpoint whose id was chosen to tell the route from its backend, and which callers have to know now.
 *
 * @internal
 */
export function warnOfRouteName(at: IConstruct, endpoint: Endpoint, backends: readonly BackendTarget[]): void {
  const meant = backendMeant(endpoint.name, backends.flatMap(namesOf));
  // Where the backends have paths of their own, the name is not part of them.
  if (meant === undefined || endpoint.paths.join() !== inferencePaths(endpoint.name).join()) return;
  Warnings._add(at, `callers have to ask for endpoint ${show(endpoint.name)}, the id of the route to ${show(meant)}`,
    `set endpoint: ${show(meant)}, or endpoint: ${show(endpoint.name)} if that is meant`);
}

/**
 * The backend that an endpoint's name adds `-route` to.
 *
 * @internal
 */
export function backendMeant(endpoint: string, backends: readonly string[]): string | undefined {
  return backends.find((name) => endpoint === `${name}-route`);
}

function namesOf({ core2, experiment, host }: BackendTarget): string[] {
  return [core2?.name, experiment?.name, host.split('.')[0]].filter((name) => name !== undefined);
}
