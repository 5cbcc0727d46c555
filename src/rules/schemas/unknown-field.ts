import { faultyObjects } from './faults-of-objects';
import { isForNewerRelease } from './newer-releases';
import { meant, remedyFor } from './remedies';
import { Cluster } from '../../cluster/cluster';
import { showPath } from '../../cluster/json';
import { Level, Problem, Rule } from '../rule';

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
  rejects: 'by name',
  title: 'A field that its kind does not have',
  page: {
    explanation: `
The API server does not know the field. \`kubectl apply\` and Flux refuse the object. Helm and older clients lose the field without an error, and the
object does something else than what was written.

Fields up to Istio 1.32 and Seldon Core 2.10 are known. If the configuration names a newer release, the finding is a warning, unless the name is
similar to that of a known field. Objects that were read from a cluster, with a \`uid\` or a \`resourceVersion\`, are not
checked, since that cluster may have other releases. JSON patches of constructs may add fields that are not known; if the name is similar to that of
a known field, or that field belongs to another object, the finding is a warning.`,
    wrong: routeWith('weigth'),
    right: routeWith('weight'),
  },
  check: (cluster: Cluster) => cluster.derived(faultyObjects).flatMap(({ object, unknown }) => unknown.flatMap((fault): Problem[] => {
    const { field } = fault;
    const known = meant(fault);
    const isPatched = object.origin.facts?.isPatched === true;
    if (isPatched && known === undefined) return [];
    const isPerhapsNewer = isPatched || (known === undefined && isForNewerRelease(cluster, object));
    return [{
      object,
      field,
      problem: `${object} has ${showPath(field)}, and its kind has no such field`,
      remedy: remedyFor(fault, known),
      ...known?.isSibling === true ? { instead: known.field } : {},
      ...isPerhapsNewer ? { level: Level.WARNING } : {},
    }];
  })),
};
