import { faultyObjects } from './faults-of-objects';
import { meantBy } from './remedies';
import { Cluster } from '../../cluster/cluster';
import { showPath } from '../../cluster/json';
import { Level, Rule } from '../rule';

const routeWith = (weight: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris, namespace: models }
spec:
  hosts: [iris.models.svc.cluster.local]
  http:
    - route:
        - destination: { host: iris-v1.models.svc.cluster.local }
          ${weight}: 90
        - destination: { host: iris-v2.models.svc.cluster.local }
          ${weight}: 10
`;

/** A field that its kind does not have. */
export const unknownField: Rule = {
  id: 'unknown-field',
  level: Level.ERROR,
  title: 'A field that its kind does not have',
  page: {
    explanation: `
The API server does not know the field. \`kubectl apply\` and Flux refuse the object. Helm and older clients lose the field without an error, and the
object does something else than what was written.

Fields of newer releases of Istio and Seldon are known. Objects that were read from a cluster, with a \`uid\` or a \`resourceVersion\`, are not
checked, since that cluster may have other releases.`,
    wrong: routeWith('weigth'),
    right: routeWith('weight'),
  },
  check: (cluster: Cluster) => cluster.derived(faultyObjects).flatMap(({ object, unknown }) => unknown.map((fault) => ({
    object, field: fault.field, problem: `${object} has ${showPath(fault.field)}, and its kind has no such field`, remedy: meantBy(fault),
  }))),
};
