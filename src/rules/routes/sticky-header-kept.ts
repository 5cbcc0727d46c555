import { core2RouteExample } from './core2-route-example';
import { Cluster } from '../../cluster/cluster';
import { core2Routes, Core2Route } from '../../cluster/routing/core2-routes';
import { INTERNAL_MODEL_HEADER, ROUTE_HEADER } from '../../plan/core2-service';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

/** A route to a model of Seldon Core 2 that forwards the headers by which Seldon itself selects models. */
export const stickyHeaderKept: Rule = {
  id: 'sticky-header-kept',
  level: Level.WARNING,
  title: 'A route forwards Seldon\'s own routing headers',
  page: {
    explanation: `
Seldon Core 2 adds \`x-seldon-route\` to each response. A client that sends it back gets 404 from a plain model, from an experiment with one
candidate, and from every model that has been updated since. \`seldon-internal-model\` is Seldon's own header, and a client must not choose
its value. A route should remove both, or only the second one if sessions of an experiment are meant to be sticky.`,
    wrong: core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/iris/ } }]
      route:
        - destination: { host: seldon-mesh, port: { number: 80 } }
          headers: { request: { set: { seldon-model: iris } } }`),
    right: core2RouteExample(`    - match: [{ uri: { prefix: /v2/models/iris/ } }]
      route:
        - destination: { host: seldon-mesh, port: { number: 80 } }
          headers: { request: { set: { seldon-model: iris }, remove: [x-seldon-route, seldon-internal-model] } }`),
  },
  check: (cluster: Cluster) => {
    // One finding for each VirtualService: its routes are usually alike.
    const found = new Map(cluster.derived(core2Routes).filter(isForwarding).reverse().map((route) => [route.object, route]));
    return [...found.values()].map(problemOf);
  },
};

function isForwarding({ model, removed }: Core2Route): boolean {
  return model !== undefined && !model.endsWith('.experiment') && !removed.includes(ROUTE_HEADER);
}

function problemOf({ object, field, model, removed }: Core2Route): Problem {
  const kept = [ROUTE_HEADER, INTERNAL_MODEL_HEADER].filter((name) => !removed.includes(name));
  return {
    object,
    field,
    problem: `requests for "${model}" keep ${kept.join(' and ')} of the client, and Seldon answers an ${ROUTE_HEADER} of an earlier response with 404`,
    remedy: `remove the headers, as in headers: { request: { remove: [${ROUTE_HEADER}, ${INTERNAL_MODEL_HEADER}] } }`,
  };
}
