import { core2RouteExample } from './core2-route-example';
import { Cluster } from '../../cluster/cluster';
import { FieldPath, JsonObject, listOf, objectOf, stringOf } from '../../cluster/json';
import { core2Routes, Core2Route } from '../../cluster/routing/core2-routes';
import { Condition } from '../../cluster/routing/request-match';
import { show } from '../../plan/checks/errors';
import { MODEL_HEADER } from '../../plan/core2-service';
import { StringMatchKind } from '../../plan/string-match';
import { Level, Problem, Rule } from '../rule';

const routeWith = (operation: string) => core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/iris/ } }]
      route:
        - destination: { host: seldon-mesh, port: { number: 80 } }
          headers: { request: { ${operation}: { seldon-model: iris }, remove: [x-seldon-route, seldon-internal-model] } }`);

/** A route that adds the header by which Seldon Core 2 selects a model to one that the client may send. */
export const addedModelHeader: Rule = {
  id: 'added-model-header',
  level: Level.ERROR,
  title: 'A route adds seldon-model instead of setting it',
  page: {
    explanation: `
A header under \`add\` comes after those that the client sends, and of two values of \`seldon-model\` Seldon uses the first one. So the client selects the
model. If the rule only matches requests that have the header with another value, no request reaches the model that was added, which is an error.
Otherwise the finding is a warning.`,
    wrong: routeWith('add').replace('[{ uri: { prefix: /v2/models/iris/ } }]', '[{ headers: { seldon-model: { exact: wine } } }]'),
    right: routeWith('set').replace('[{ uri: { prefix: /v2/models/iris/ } }]', '[{ headers: { seldon-model: { exact: wine } } }]'),
  },
  check: (cluster: Cluster) => cluster.derived(core2Routes).flatMap(problemsOf),
};

function problemsOf(route: Core2Route): Problem[] {
  // A value that is set replaces those that were added, also by the rule.
  if (route.model !== undefined || route.removed.includes(MODEL_HEADER)) return [];
  const { object, field, ruleField, rule } = route;
  const own = objectOf(listOf(rule.route)[Number(field[field.length - 1])]);
  const added = addedIn(own, field) ?? addedIn(rule, ruleField);
  if (added === undefined) return [];
  const isNeverUsed = route.matches.length > 0 && route.matches.every(({ match }) => isOther(match.headers.get(MODEL_HEADER), added.model));
  return [{
    object,
    field: added.field,
    ...isNeverUsed ? {} : { level: Level.WARNING },
    problem: isNeverUsed
      ? `the route adds ${MODEL_HEADER}: ${added.model} to requests that have another value of it, and Seldon uses the first one`
      : `the route adds ${MODEL_HEADER}: ${added.model}, and a request that has the header already goes to the model that it names`,
    remedy: `set it, as in headers: { request: { set: { ${MODEL_HEADER}: ${show(added.model)} } } }`,
  }];
}

interface Added {
  readonly model: string;
  readonly field: FieldPath;
}

function addedIn({ headers }: JsonObject, field: FieldPath): Added | undefined {
  const { add } = objectOf(objectOf(headers).request);
  const name = Object.keys(objectOf(add)).find((each) => each.toLowerCase() === MODEL_HEADER);
  const model = name === undefined ? undefined : stringOf(objectOf(add)[name]);
  return name === undefined || model === undefined ? undefined : { model, field: [...field, 'headers', 'request', 'add', name] };
}

/** Whether a condition admits only other values. */
function isOther(condition: Condition | undefined, model: string): boolean {
  return condition !== undefined && condition !== 'present' && condition.kind === StringMatchKind.EXACT && condition.value !== model;
}
