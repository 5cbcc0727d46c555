import { core2Example, examples, modelOf } from './examples';
import { experimentsByDefault } from './shared-experiment-default';
import { Cluster } from '../../cluster/cluster';
import { numberOf, objectOf, listOf } from '../../cluster/json';
import { core2Routes, Core2Route } from '../../cluster/routing/core2-routes';
import { groupBy } from '../../plan/groups';
import { Level } from '../level';
import { core2RouteExample } from '../routes/core2-route-example';
import { Problem, Rule } from '../rule';

const arm = (model: string) => `        - destination: { host: seldon-mesh, port: { number: 80 } }
          headers: { request: { set: { seldon-model: ${model} }, remove: [x-seldon-route, seldon-internal-model] } }
          weight: 50`;
const SPLIT = core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/iris/ } }]
      route:
${arm('iris-v1')}
${arm('iris-v2')}`);
const CANDIDATES = `  candidates:
    - { name: iris-v1, weight: 90 }
    - { name: iris-v3, weight: 10 }`;
const MODELS = ['iris-v1', 'iris-v2', 'iris-v3'].map((name) => modelOf(name));

/** A split of Istio between models, one of which is split again by an Experiment. */
export const splitOfExperimentDefault: Rule = {
  id: 'split-of-experiment-default',
  level: Level.WARNING,
  title: 'A route splits requests that an Experiment splits again',
  page: {
    explanation: `
An Experiment with a \`default\` takes over all requests for that Model or Pipeline, also those that a VirtualService sends to it by weight. The
models then get other shares than the weights of the route.`,
    wrong: examples(...MODELS, core2Example('Experiment', 'iris', `  default: iris-v1\n${CANDIDATES}`), SPLIT),
    right: examples(...MODELS, core2Example('Experiment', 'iris', CANDIDATES), SPLIT),
  },
  check: (cluster: Cluster) => [...groupBy(cluster.derived(core2Routes), ({ rule }) => rule).values()]
    .flatMap((routes) => problemsOf(cluster, routes)),
};

/** Finds the problems of one HTTP rule, with its routes. */
function problemsOf(cluster: Cluster, routes: readonly Core2Route[]): Problem[] {
  const weighted = listOf(routes[0].rule.route).filter((route) => (numberOf(objectOf(route).weight) ?? 0) > 0);
  if (weighted.length < 2) return [];
  return routes.flatMap(({ object, field, namespace, model, rule }) => {
    const [experiment] = model === undefined ? [] : cluster.derived(experimentsByDefault).get(`${namespace}/${model}`) ?? [];
    if (experiment === undefined || !weighted.includes(listOf(rule.route)[field[field.length - 1] as number])) return [];
    return [{
      object,
      field,
      problem: `${experiment.what} gets a share of the requests, and ${experiment.object} takes over its requests and splits them again, so the models do not get the shares of the weights`,
      remedy: 'remove default from the Experiment, or split the requests in only one of the two',
      related: [{ object: experiment.object, field: ['spec', 'default'] }],
    }];
  });
}
