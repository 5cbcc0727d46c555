import { faultyObjects } from './faults-of-objects';
import { isForNewerRelease } from './newer-releases';
import { Cluster } from '../../cluster/cluster';
import { FieldPath, showPath } from '../../cluster/json';
import { Level, Problem, Rule } from '../rule';

const routeWith = (timeout: string) => `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris, namespace: models }
spec:
  hosts: [models.example.com]
  gateways: [istio-system/models]
  http:
    - timeout: ${timeout}
      route:
        - destination: { host: iris.models.svc.cluster.local, port: { number: 80 } }
`;

/** A value that its kind does not allow. */
export const invalidField: Rule = {
  id: 'invalid-field',
  level: Level.ERROR,
  rejects: 'by schema',
  title: 'A value that its kind does not allow',
  page: {
    explanation: `
The API server compares objects with the schema of their kind, and rejects those that have a value of another type, a value that is not one of
those allowed, no value where one is required, or fields that exclude each other. So it does with names and labels that Kubernetes does not allow,
and with an \`apiVersion\` or a \`kind\` that does not exist.

Objects that were read from a cluster, with a \`uid\` or a \`resourceVersion\`, are not checked: that cluster has accepted them.`,
    wrong: routeWith('30'),
    right: routeWith('30s'),
  },
  check: (cluster: Cluster) => cluster.derived(faultyObjects).flatMap(({ object, invalid }) => (
    invalid.map(({ field, problem, remedy, isPerhapsNewer }): Problem => ({
      object,
      field,
      problem: `${subject(field)} ${problem}, so the API server rejects ${object}`,
      remedy,
      ...isPerhapsNewer === true && isForNewerRelease(cluster, object) ? { level: Level.WARNING } : {},
    })))),
};

function subject(field: FieldPath): string {
  return field.length === 0 ? 'the object' : showPath(field);
}
