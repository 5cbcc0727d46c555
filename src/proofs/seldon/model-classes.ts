import { modelSources } from './model-sources';
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
  /** A path that names a Model or a Pipeline, if that is what they have in common. */
  readonly path?: string;
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
  const { names, routesOf } = modelNames(runtimes, hasAll);
  const sources = modelSources(reached.flatMap(({ leading }) => leading), paths);
  const classes: ModelClass[] = [];
  let isOpen = sources.isOpen;
  for (const name of names) {
    if (!work.spend(10)) return { classes, reason: TOO_MUCH_WORK };
    for (const field of sources.headers) {
      const named = cube.with({ field, test: testFor('exact', name), isPositive: true }, work);
      if (named === 'limit') return { classes, reason: TOO_MUCH_WORK };
      if (named === undefined) continue;
      classes.push({ cube: named });
      for (const route of [...routesOf(name), ':none:']) {
        const sticky = named.with({ field: ROUTE, test: testFor('exact', route), isPositive: true }, work);
        if (sticky === 'limit') return { classes, reason: TOO_MUCH_WORK };
        if (sticky !== undefined) classes.push({ cube: sticky });
      }
    }
    if (name.endsWith('.experiment')) continue;
    const named = sources.pathsFor(pathFor(name));
    classes.push(...named.paths.map((path) => ({ cube, path })));
    isOpen ||= named.isOpen;
  }
  return isOpen && names.length > 0 ? { classes, reason: COPIED } : { classes };
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
