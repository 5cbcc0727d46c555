import { RuleRequest, RuleRequests } from './rule-requests';
import { EndpointExample, endpointExamples, exampleAmong, isCertain } from '../../answers/endpoints/examples';
import { RouteRow, rowsOf } from '../../answers/endpoints/routes-table';
import { TrafficModel } from '../../answers/traffic-model';
import { showPath } from '../../cluster/json';
import { inputOf } from '../requests/input-of';

/**
 * An example for a match, and what a search found if typical requests did not reach it for certain.
 *
 * @internal
 */
export interface FoundExample {
  /** The example. */
  readonly example: EndpointExample;
  /** What the search found; undefined if it was not needed, or is not possible for requests of workloads. */
  readonly searched?: RuleRequest;
}

/**
 * A request for each match of each rule: a typical one, or else one that is searched for among all requests.
 *
 * @param trace Whether the answers have traces.
 * @internal
 */
export function routeExamples(model: TrafficModel, trace: boolean = false): readonly FoundExample[] {
  const requests = new RuleRequests(model.cluster);
  return endpointExamples(model, trace).map((example) => completed(example, model, requests, trace));
}

function completed(example: EndpointExample, model: TrafficModel, requests: RuleRequests, trace: boolean): FoundExample {
  const { endpoint } = example;
  if (isCertain(example) || endpoint.kind !== undefined) return { example };
  const searched = requests.find(endpoint);
  const input = searched === undefined || searched === 'undecided' || !('request' in searched) ? undefined : inputOf(searched.request);
  return { example: (input === undefined ? undefined : exampleAmong(model, endpoint, [input], trace)) ?? example, searched };
}

/**
 * Why no request reaches a match, as a clause; undefined if one was found, or it is not known whether one does.
 *
 * @internal
 */
export function whyUnreached({ example: { endpoint, input }, searched }: FoundExample): string | undefined {
  // All connections to a port are alike.
  if (endpoint.kind === 'tcp' && input === undefined) return 'no request reaches the rule';
  if (searched === undefined || searched === 'undecided' || !('hiddenBy' in searched)) return undefined;
  const names = [...new Set(searched.hiddenBy.map(({ written: { object, field } }) => `${object.toString()} ${showPath(field)}`))];
  return `no request reaches the rule${names.length === 0 ? '' : `, since ${names.join(' and ')} ${names.length === 1 ? 'gets' : 'get'} all of them`}`;
}

/**
 * The table of all routes.
 *
 * @internal
 */
export function routeRows(model: TrafficModel): readonly RouteRow[] {
  return rowsOf(routeExamples(model, true).map((found) => ({ example: found.example, reason: whyUnreached(found) })));
}
