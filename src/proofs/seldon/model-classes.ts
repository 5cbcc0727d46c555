import { modelNames } from './named-models';
import { Cluster } from '../../cluster/cluster';
import { Services } from '../../cluster/services';
import { CORE2_SERVICE, MODEL_HEADER, ROUTE_HEADER } from '../../plan/core2-service';
import { Work } from '../../plan/expressions/work';
import { Cube } from '../requests/cube';
import { headerField } from '../requests/field';
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

const MODEL = headerField(MODEL_HEADER);
const ROUTE = headerField(ROUTE_HEADER);

/**
 * Divides the requests that some rules send to Seldon Core 2 by the models that they name. The requests that name none are not among the parts.
 *
 * @param hasAll Whether to divide by all names, not only by those whose routes differ and by examples of the others.
 * @returns undefined if there are too many.
 * @internal
 */
export function modelClasses(
  cube: Cube, rules: readonly (readonly [Side, readonly Rule[]])[], work: Work, hasAll: boolean = false,
): readonly ModelClass[] | undefined {
  const runtimes = rules.flatMap(([{ actions, resolver }, own]) => {
    const namespaces = own.flatMap(({ route }) => (route === undefined ? [] : actions.destinationsOf(route)))
      .flatMap(({ responder }) => (responder.kind === 'service' ? runtimeOf(resolver.cluster, responder.host, responder.port) : []));
    return [...new Set(namespaces)].map((namespace) => [resolver.cluster, namespace] as const);
  });
  if (runtimes.length === 0) return [];
  const { names, routesOf } = modelNames(runtimes, hasAll);
  const classes: ModelClass[] = [];
  for (const name of names) {
    if (!work.spend(10)) return undefined;
    const named = cube.with({ field: MODEL, test: testFor('exact', name), isPositive: true }, work);
    if (named === 'limit') return undefined;
    if (named !== undefined) {
      classes.push({ cube: named });
      for (const route of [...routesOf(name), ':none:']) {
        const sticky = named.with({ field: ROUTE, test: testFor('exact', route), isPositive: true }, work);
        if (sticky === 'limit') return undefined;
        if (sticky !== undefined) classes.push({ cube: sticky });
      }
    }
    if (!name.endsWith('.experiment')) classes.push({ cube, path: pathFor(name) });
  }
  return classes;
}

function pathFor(name: string): string {
  return name.endsWith('.pipeline') ? `/v2/pipelines/${name.slice(0, -'.pipeline'.length)}/infer` : `/v2/models/${name}/infer`;
}

function runtimeOf(cluster: Cluster, host: string, port: number): readonly string[] {
  const name = Services.of(cluster).nameOf(host);
  return name?.name === CORE2_SERVICE && port === 80 ? [name.namespace] : [];
}
