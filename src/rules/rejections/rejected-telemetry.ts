import { rejectionsOf } from './rejections-of';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { telemetryFaults } from '../../objects/istio/telemetry-faults';
import { rejectedTargets } from '../access/rejected-targets';
import { Level, Rule } from '../rule';

const telemetryWith = (expression: string) => `
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: logs, namespace: models }
spec:
  accessLogging:
    - filter: { expression: '${expression}' }
`;

/** A Telemetry that istiod rejects. */
export const rejectedTelemetry: Rule = {
  id: 'rejected-telemetry',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'A Telemetry is rejected',
  codes: ['IST0106'],
  page: {
    explanation: `
Istio rejects a Telemetry with a percentage above 100, a provider or a tag without a name, a filter that is not an expression in CEL, and references to
kinds that cannot have policies.`,
    wrong: telemetryWith('response.code = 500'),
    right: telemetryWith('response.code == 500'),
  },
  check: (cluster: Cluster) => cluster.all(ClusterKind.TELEMETRY).flatMap((object) => [
    ...rejectedTargets(object).map((rejection) => ({ object, ...rejection, problem: `${rejection.problem}, so Istio rejects ${object}` })),
    ...rejectionsOf(object, telemetryFaults(object.spec)),
  ]),
};
