import { Core2Row, Core2Target } from './core2-row';

/**
 * An arm that a client asks for.
 *
 * @internal
 */
export interface AskedArm {
  /** The Model or the Pipeline. */
  readonly target: Core2Target;
  /** The versions of a Model, of which one must be the current one; none for a Pipeline, which has no versions there. */
  readonly versions: readonly number[];
}

/**
 * The arms that the values of `x-seldon-route` name, in the order of the Experiment. A value may name several, as `:iris_1:`.
 *
 * @internal
 */
export function askedArms({ arms }: Core2Row, routes: readonly string[]): readonly AskedArm[] {
  return arms.flatMap(({ target }): AskedArm[] => {
    const { kind, name } = target;
    if (kind === 'pipeline') return routes.some((route) => route.includes(`:${name}.pipeline:`)) ? [{ target, versions: [] }] : [];
    const versions = routes.flatMap((route) => versionsIn(route, name));
    return versions.length === 0 ? [] : [{ target, versions: [...new Set(versions)] }];
  });
}

/** The versions of a Model in a value. Versions begin at 1. */
function versionsIn(route: string, name: string): number[] {
  return route.split(':').slice(1, -1).flatMap((part) => {
    const version = part.startsWith(`${name}_`) ? part.slice(name.length + 1) : '';
    return /^[1-9]\d*$/.test(version) ? [Number(version)] : [];
  });
}
