import { PathRewrite, pathRewriteOf } from '../../answers/delivery/rewrite';
import { Route } from '../../answers/routes/route';
import { SERVED } from '../../answers/seldon/second-hop';
import { listOf, objectOf } from '../../cluster/json';
import { MODEL_HEADER } from '../../plan/core2-service';
import { Work } from '../../plan/expressions/work';
import { PathFunction, pathFunctionOf, touchedBy, unchanged } from '../paths/path-function';
import { NamingPaths } from '../paths/path-set';
import { Field, headerField } from '../requests/field';
import { Rule } from '../rules/rule';

/**
 * Paths of requests, and whether there may be others.
 *
 * @internal
 */
export interface FoundPaths {
  readonly paths: readonly string[];
  readonly isOpen: boolean;
}

/**
 * By which parts of requests clients name models, where rules lead to Seldon Core 2.
 *
 * @internal
 */
export interface ModelSources {
  /** Headers that have the name of a model. */
  readonly headers: readonly Field[];
  /** Paths of which rules make one that Seldon's Envoy serves, as far as they are needed to see it. */
  readonly served: readonly string[];
  /** Whether other parts may have it, or other paths may be served. */
  readonly isOpen: boolean;
  /** The paths of which rules make a path, one for each way, and whether there may be others. */
  pathsFor(target: string): FoundPaths;
}

/** A variable with all of a header. */
const COPY = /^%(?:REQ|REQUEST_HEADER)\(([^):?]+)\)%$/;

/**
 * Reads by which parts of requests clients name models.
 *
 * @param rules Rules that lead to Seldon Core 2.
 * @param paths The paths of the requests.
 * @internal
 */
export function modelSources(rules: readonly Rule[], paths: NamingPaths, work: Work): ModelSources {
  const routes = rules.flatMap(({ route }) => (route === undefined ? [] : rewritten(route, paths, work)));
  const values = routes.flatMap(({ route }) => modelValues(route)).filter((value) => value.replace(/%%/g, '').includes('%'));
  const copied = values.map((value) => COPY.exec(value)?.[1].toLowerCase());
  return {
    headers: [...new Set([MODEL_HEADER, ...copied.flatMap((name) => name ?? [])])].map(headerField),
    served: [...new Set(routes.flatMap((each) => candidatesOf(each, SERVED_PATH, paths).filter((path) => isServed(each.rewrite(path)))))],
    isOpen: copied.includes(undefined) || routes.some(({ touched, rewrite }) => touched !== undefined && !isServed(rewrite(touched))),
    pathsFor: (target) => {
      const found = routes.map((each) => sourceOf(each, target, paths));
      return { paths: [...new Set(found.flatMap((each) => each.paths))], isOpen: found.some(({ isOpen }) => isOpen) };
    },
  };
}

/** A route, and what it makes of paths. */
interface Rewritten {
  readonly route: Route;
  readonly made: PathFunction;
  readonly rewrite: PathRewrite;
  /** A path that the expression of a rewrite changes. */
  readonly touched: string | undefined;
}

function rewritten(route: Route, paths: NamingPaths, work: Work): Rewritten {
  const rewrite = pathRewriteOf(route.written.rule, route.match.path) ?? ((path: string) => path);
  const made = pathFunctionOf(route, paths.beginning);
  if (made.kind !== 'expression') return { route, made, rewrite, touched: undefined };
  const found = paths.find(touchedBy(made.match), true, work);
  if (found === 'none') return { route, made: unchanged(paths.beginning), rewrite, touched: undefined };
  return { route, made, rewrite, touched: found === 'limit' ? undefined : found.word };
}

function isServed(path: string): boolean {
  return SERVED.some((prefix) => path.startsWith(prefix));
}

/** A path that Seldon's Envoy serves. */
const SERVED_PATH = '/v2/models/any/infer';

/** What a rule and its arms write into the header. */
function modelValues({ written: { rule } }: Route): readonly string[] {
  return [rule, ...listOf(rule.route).map(objectOf)].flatMap(({ headers }) => {
    const { set, add } = objectOf(objectOf(headers).request);
    return [set, add].flatMap((map) => Object.entries(objectOf(map)).flatMap(([name, value]) => (
      name.toLowerCase() === MODEL_HEADER && typeof value === 'string' ? [value] : []
    )));
  });
}

/** Paths of which a rule makes another one. Those that an expression changes are searched among a few. */
function sourceOf(each: Rewritten, target: string, paths: NamingPaths): FoundPaths {
  const found = candidatesOf(each, target, paths).filter((path) => each.rewrite(path) === target);
  const isFollowed = each.made.kind !== 'expression' || found.some((path) => path !== target);
  return { paths: found, isOpen: !isFollowed && !namesModel(each.route) };
}

/** Paths of the class of which a rule may make another one. */
function candidatesOf({ made, touched }: Rewritten, target: string, paths: NamingPaths): readonly string[] {
  return [...new Set([paths.path, ...candidatesFor(made, target, touched, paths)])].filter((path) => paths.includes(path));
}

function candidatesFor(made: PathFunction, target: string, touched: string | undefined, { beginning, path }: NamingPaths): readonly string[] {
  switch (made.kind) {
    case 'constant': return [];
    case 'beginning': return target.startsWith(made.by) ? [path.slice(0, made.length) + target.slice(made.by.length)] : [];
    case 'expression': {
      const ends = [2, 3].map((count) => target.split('/').slice(count).join('/'));
      const starts = touched === undefined ? [beginning] : [beginning, touched, `${touched}/`, touched.slice(0, touched.lastIndexOf('/') + 1)];
      return [target, ...touched === undefined ? [] : [touched], ...starts.flatMap((start) => ends.map((end) => start + end))];
    }
  }
}

/** Whether it writes the name into the header in any case, so that Seldon does not read the path. */
function namesModel(route: Route): boolean {
  const { rule } = route.written;
  const isSet = ({ headers }: { readonly headers?: unknown }) => (
    Object.keys(objectOf(objectOf(objectOf(headers).request).set)).some((name) => name.toLowerCase() === MODEL_HEADER)
  );
  return isSet(rule) || (listOf(rule.route).length > 0 && listOf(rule.route).every((arm) => isSet(objectOf(arm))));
}
