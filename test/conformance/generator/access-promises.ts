import { Caller } from './callers';
import { Endpoint, endpointsOf, Target, targetsOf } from './promises';
import { Slot } from './slot';
import { AppSpec } from './spec';
import { exact, Match, prefix } from './values';

// What policies at gateways promise: who gets in where, derived from the props of the policies.

/** A policy, and what it closes to all but its callers. */
export interface Policy {
  /** Groups of which callers have one; undefined where any token will do. */
  readonly groups?: readonly string[];
  /** Positions of the routes whose endpoints it closes. */
  readonly routes: ReadonlySet<number>;
  /** What must not answer anyone else, by `keyOf`. */
  readonly targets: ReadonlySet<string>;
  /** Headers that name what it closes. */
  readonly names: readonly (readonly [string, string])[];
  /** Paths that name what it closes. */
  readonly paths: readonly Match[];
}

/** A text that is the same for targets that answer alike. */
export const keyOf = ({ service, headers, core2 }: Target): string => core2 ? `${service} ${headers['seldon-model']}` : service;

/** Paths under which Seldon Core 2 serves what a header names. */
function modelPaths({ headers, core2 }: Target): Match[] {
  if (!core2) return [];
  const model = headers['seldon-model'];
  const pipeline = model.endsWith('.pipeline') ? [`/v2/pipelines/${model.slice(0, -'.pipeline'.length)}`] : [];
  return [`/v2/models/${model}`, ...pipeline].flatMap((path) => [exact(path), prefix(`${path}/`)]);
}

const callsOf = ({ calls }: Endpoint) => calls?.sets ?? [];
/** An endpoint without headers for its calls takes those of its whole host, by their path. */
const callPaths = (endpoint: Endpoint): Match[] => callsOf(endpoint).some((set) => Object.keys(set).length === 0) ? [endpoint.calls!.methods] : [];

/** The policies of an app. */
export function policiesOf(app: AppSpec, slot: Slot): Policy[] {
  const endpoints = endpointsOf(app, slot);
  return app.access.map(({ routes = [], models = [], groups, sharesModels }) => {
    const closed = endpoints.filter(({ route }) => routes.includes(route));
    const named = [...targetsOf(app, models, slot), ...closed.flatMap(({ arms }) => arms.map(({ target }) => target))];
    const also = routes.flatMap((position) => targetsOf(app, app.routes[position]?.arms.map(({ backend }) => backend) ?? [], slot));
    const all = [...named, ...also];
    return {
      groups,
      routes: new Set(routes),
      targets: new Set(sharesModels ? [] : named.map(keyOf)),
      names: [...closed.flatMap(callsOf), ...all.flatMap(({ headers, callHeaders = {} }) => [headers, callHeaders])]
        .flatMap((set) => Object.entries(set)),
      paths: [
        ...closed.flatMap((endpoint) => [...endpoint.paths, ...callPaths(endpoint)]),
        ...all.flatMap((target) => [...modelPaths(target), ...target.paths ?? []]),
      ],
    };
  });
}

/** Whether a policy lets a caller in. */
export function allows({ groups }: Policy, { groups: own, isForged }: Caller): boolean {
  if (isForged || own === undefined) return false;
  return groups === undefined || groups.some((group) => own.includes(group));
}
