import { deploymentExample, examples } from './examples';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { containerService, explainerService, predictorService } from '../../cluster/core1-operator/names';
import { allDestinations } from '../../cluster/destinations';
import { stringOf } from '../../cluster/json';
import { ANNOTATION } from '../../objects/core1/annotations';
import { readDeployment } from '../../objects/core1/deployment';
import { show } from '../../plan/checks/errors';
import { Level } from '../level';
import { Place, Problem, Rule } from '../rule';

const PREDICTOR = 'a-predictor-with-a-name-that-is-long-enough-for-a-hash-at-last';

const route = (service: string) => `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: iris, namespace: models }
spec:
  host: ${service}.models.svc.cluster.local
  trafficPolicy: { connectionPool: { http: { idleTimeout: 60s } } }
`;
const DEPLOYMENT = deploymentExample(`  predictors:
    - name: ${PREDICTOR}
      graph: { name: classifier, implementation: SKLEARN_SERVER, modelUri: gs://models/iris }`);

/** A reference to a Service of Seldon's operator by a name that is too long for a Service. */
export const hashedOperatorName: Rule = {
  id: 'hashed-operator-name',
  level: Level.ERROR,
  title: 'A reference to a Service whose name is hashed',
  page: {
    explanation: `
The operator names the Service of a predictor \`<SeldonDeployment>-<predictor>\`, that of a container and an explainer with one part more. A name
of more than 63 characters is too long for a Service, so the operator writes \`seldon-\` and a hash of the name instead. A route or a
DestinationRule with the long name refers to nothing.

A predictor can have a Service name of its own, by the annotation \`seldon.io/svc-name\`.`,
    wrong: examples(DEPLOYMENT, route(`iris-${PREDICTOR}`)),
    right: examples(DEPLOYMENT, route(predictorService('iris', PREDICTOR))),
  },
  check: (cluster: Cluster) => {
    const hashed = hashedNames(cluster);
    if (hashed.size === 0) return [];
    return [
      ...allDestinations(cluster).flatMap(({ route: object, field, host }) => problemsAt(hashed, { object, field: [...field, 'host'] }, host)),
      ...cluster.all(ClusterKind.DESTINATION_RULE).flatMap((object) => {
        const host = stringOf(object.spec.host);
        return host === undefined ? [] : problemsAt(hashed, { object, field: ['spec', 'host'] }, cluster.fullHost(host, object.namespace));
      }),
    ];
  },
};

/** A Service with a hashed name. */
interface Hashed {
  readonly deployment: ClusterObject;
  readonly name: string;
}

/** The Services with hashed names, by the hosts that they would have without the hash. */
function hashedNames(cluster: Cluster): ReadonlyMap<string, Hashed> {
  const found = new Map<string, Hashed>();
  for (const deployment of cluster.all(ClusterKind.SELDON_DEPLOYMENT)) {
    const { name, namespace } = deployment;
    const add = (long: string, short: string) => {
      if (long !== short) found.set(`${long}.${namespace}.svc.${cluster.clusterDomain}`, { deployment, name: short });
    };
    for (const predictor of readDeployment(deployment.manifest).predictors) {
      if (stringOf(predictor.annotations[ANNOTATION.serviceName]) === undefined) add(`${name}-${predictor.name}`, predictorService(name, predictor.name));
      add(`${name}-${predictor.name}-explainer`, explainerService(name, predictor.name));
      for (const node of predictor.nodes) add(`${name}-${predictor.name}-${node.name}`, containerService(name, predictor.name, node.name));
    }
  }
  return found;
}

function problemsAt(hashed: ReadonlyMap<string, Hashed>, place: Place, host: string): Problem[] {
  const found = hashed.get(host);
  if (found === undefined) return [];
  return [{
    ...place,
    problem: `host ${show(host)} does not exist, since the operator hashes a name of more than 63 characters for ${found.deployment}`,
    remedy: `use the name ${show(found.name)}, shorten the name, or set the annotation ${ANNOTATION.serviceName} of the predictor`,
    related: [{ object: found.deployment }],
  }];
}
