import { Request } from '../../answers/request';
import { Work } from '../../plan/expressions/work';
import { ComparedHost } from '../connections/compared-host';
import { HostClasses } from '../connections/host-classes';
import { Cube, Reading } from '../requests/cube';
import { Client, witnessOf } from '../requests/witness';
import { Rule } from '../rules/rule';

/**
 * A request that was looked for: `none` if there is none.
 *
 * @internal
 */
export type SoughtRequest = { readonly request: Request } | 'none' | 'undecided';

/**
 * Looks for a request that satisfies a rule and none of those before it.
 *
 * @param host The host of the request.
 * @param reading Whether requests may repeat headers.
 * @param work The limit of work.
 * @internal
 */
export function firstRequest(
  host: ComparedHost, client: Client, before: readonly Rule[], rule: Rule, reading: Reading, work: Work,
): SoughtRequest {
  if (rule.conditions.isDead) return 'none';
  const last = { ...rule, key: `last ${rule.key}` };
  const classes = new HostClasses(host, [...before, last], before, true, work);
  let request: Request | undefined;
  let isUndecided = false;
  const undecided = () => { isUndecided = true; };
  for (const lists of classes.pathLists([last], undecided)) {
    classes.divide(lists, Cube.all(reading), {
      undecided,
      visit: ({ cube, paths, before: [first] }) => {
        if (first === last) request ??= witnessOf(cube, paths.path, client);
      },
    });
    if (request !== undefined) return { request };
  }
  return isUndecided ? 'undecided' : 'none';
}
