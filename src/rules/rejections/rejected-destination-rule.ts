import { rejectionsOf } from './rejections-of';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { destinationRuleFaults } from '../../objects/istio/destination-rule-faults';
import { Level, Rule } from '../rule';

const ruleWith = (weight: number) => `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: iris, namespace: models }
spec:
  host: iris.models.svc.cluster.local
  trafficPolicy:
    outlierDetection: { interval: 5s }
    loadBalancer:
      localityLbSetting:
        distribute:
          - from: eu/a/*
            to: { eu/a/*: ${weight}, eu/b/*: 20 }
`;

/** A DestinationRule that istiod rejects. */
export const rejectedDestinationRule: Rule = {
  id: 'rejected-destination-rule',
  level: Level.ERROR,
  rejects: 'by meaning',
  title: 'A DestinationRule is rejected',
  codes: ['IST0106'],
  page: {
    explanation: `
Istio rejects a DestinationRule whose host is not a DNS name, a traffic policy without settings, subsets with the same name, and values that a field
does not allow: shares of places that do not add up to 100, the size of a hash table that is not a prime number, or a client certificate without
its key.`,
    wrong: ruleWith(70),
    right: ruleWith(80),
  },
  check: (cluster: Cluster) => cluster.all(ClusterKind.DESTINATION_RULE).flatMap((object) => (
    rejectionsOf(object, destinationRuleFaults(object.spec, object.namespace))
  )),
};
