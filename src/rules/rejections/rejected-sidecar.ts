import { rejectionsOf } from './rejections-of';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { sidecarFaults } from '../../objects/istio/sidecar-faults';
import { Level, Rule } from '../rule';

const sidecarWith = (hosts: string) => `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: models }
spec:
  egress:
    - hosts: ${hosts}
`;

/** A Sidecar that istiod rejects. */
export const rejectedSidecar: Rule = {
  id: 'rejected-sidecar',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'A Sidecar is rejected',
  codes: ['IST0106'],
  page: {
    explanation: `
Istio rejects a Sidecar without settings, hosts that are not written as \`<namespace>/<name>\`, two listeners with the same port, a listener without
a port that is not the last one, and values that a field does not allow.`,
    wrong: sidecarWith('[iris.models.svc.cluster.local, istio-system/*]'),
    right: sidecarWith('[./iris.models.svc.cluster.local, istio-system/*]'),
  },
  check: (cluster: Cluster) => cluster.all(ClusterKind.SIDECAR).flatMap((object) => rejectionsOf(object, sidecarFaults(object.spec))),
};
