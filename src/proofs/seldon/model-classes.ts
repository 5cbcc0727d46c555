import { FoundPaths, modelSources } from './model-sources';
import { modelNames } from './named-models';
import { Cluster } from '../../cluster/cluster';
import { Services } from '../../cluster/services';
import { CORE2_SERVICE, ROUTE_HEADER } from '../../plan/core2-service';
import { Work } from '../../plan/expressions/work';
import { NamingPaths } from '../paths/path-set';
import { Cube } from '../requests/cube';
import { headerField } from '../requests/field';
import { TOO_MUCH_WORK } from '../rules/list-comparison';
import { Rule } from '../rules/rule';
import { Side } from '../rules/side';
import { testFor } from '../words/string-test';

/**
 * A part of a class of requests that Seldon Core 2's Envoy treats alike.
 *
 * @internal
 */
export interface ModelClass {
  readonly cube: Cube;
  /** The path of an example; one of the class if undefined. */
  readonly path?: string;
  /** Whether the path names a Model or a Pipeline, which is what they have in common. @default false */
  readonly isNamedByPath?: boolean;
}

/**
 * The classes of models, and why requests may name other models, as a clause; undefined if they do not.
 *
 * @internal
 */
export interface ModelClasses {
  readonly classes: readonly ModelClass[];
  readonly reason?: string;
}

const ROUTE = headerField(ROUTE_HEADER);
const NONE: ModelClasses = { classes: [] };

/**
 * Divides the requests that some rules send to Seldon Core 2 by the models that they name. The requests that name none are not among the parts.
 *
 * @param paths Their paths.
 * @param hasAll Whether to divide by all names, not only by those whose routes differ and by examples of the others.
 * @internal
 */
export function modelClasses(
  cube: Cube, paths: NamingPaths, rules: readonly (readonly [Side, readonly Rule[]])[], work: Work, hasAll: boolean = false,
): ModelClasses {
  const reached = rules.map(([side, own]) => {
    const leading = own.filter((rule) => runtimesOf(side, rule).length > 0);
    return { cluster: side.resolver.cluster, leading, namespaces: new Set(leading.flatMap((rule) => runtimesOf(side, rule))) };
  });
  const runtimes = reached.flatMap(({ cluster, namespaces }) => [...namespaces].map((namespace) => [cluster, namespace] as const));
  if (runtimes.length === 0) return NONE;
  const { names, alike, routesOf } = modelNames(runtimes, hasAll);
  const sources = modelSources(reached.flatMap(({ leading }) => leading), paths, work);
  // Of a path that is not served, requests get 404 whatever they name.
  const served = [undefined, ...sources.served.filter((path) => path !== paths.path)];
  const classes: ModelClass[] = [];
  let isOpen = sources.isOpen;
  for (const name of [...names, ...alike.map(([first]) => first)]) {
    if (!work.spend(10)) return { classes, reason: TOO_MUCH_WORK };
    for (const field of sources.headers) {
      const named = cube.with({ field, test: testFor('exact', name), isPositive: true }, work);
      if (named === 'limit') return { classes, reason: TOO_MUCH_WORK };
      if (named === undefined) continue;
      classes.push(...served.map((path) => ({ cube: named, path })));
      for (const route of [...routesOf(name), ':none:']) {
        const sticky = named.with({ field: ROUTE, test: testFor('exact', route), isPositive: true }, work);
        if (sticky === 'limit') return { classes, reason: TOO_MUCH_WORK };
        if (sticky !== undefined) classes.push(...served.map((path) => ({ cube: sticky, path })));
      }
    }
  }
  for (const group of [...names.map((name) => [name]), ...alike]) {
    const named = group.filter((name) => !name.endsWith('.experiment')).map((name) => () => sources.pathsFor(pathFor(name)));
    const found = firstOf(named, work);
    if (found === 'limit') return { classes, reason: TOO_MUCH_WORK };
    classes.push(...found.paths.map((path) => ({ cube, path, isNamedByPath: true })));
    isOpen ||= group.length === 1 && found.isOpen;
  }
  return isOpen && names.length > 0 ? { classes, reason: COPIED } : { classes };
}

/** The first paths that there are. */
function firstOf(all: readonly (() => FoundPaths)[], work: Work): FoundPaths | 'limit' {
  let isOpen = false;
  for (const find of all) {
    if (!work.spend(10)) return 'limit';
    const found = find();
    if (found.paths.length > 0) return found;
    isOpen ||= found.isOpen;
  }
  return { paths: [], isOpen };
}

const COPIED = 'rules copy parts of requests to the name of a model';

function pathFor(name: string): string {
  return name.endsWith('.pipeline') ? `/v2/pipelines/${name.slice(0, -'.pipeline'.length)}/infer` : `/v2/models/${name}/infer`;
}

function runtimesOf({ actions, resolver }: Side, { route }: Rule): readonly string[] {
  const destinations = route === undefined ? [] : actions.destinationsOf(route);
  return destinations.flatMap(({ responder }) => (responder.kind === 'service' ? runtimeOf(resolver.cluster, responder.host, responder.port) : []));
}

function runtimeOf(cluster: Cluster, host: string, port: number): readonly string[] {
  const name = Services.of(cluster).nameOf(host);
  return name?.name === CORE2_SERVICE && port === 80 ? [name.namespace] : [];
}
