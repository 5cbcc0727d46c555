import { Manifest, namespaceOf, ofKind } from './manifests';
import { SeldonDeploymentManifest } from '../../../src/cluster/core1-operator/manifest';
import { OperatorPods } from '../../../src/cluster/core1-operator/objects';
import { operatorObjects } from '../../../src/cluster/core1-operator/operator-objects';

/** How the operator of Seldon Core 1 is set up in a cluster. */
export interface OperatorSetup {
  /** Whether it writes Istio objects, which is one setting for all deployments. Default: true. */
  readonly istio?: boolean;
}

function pod({ deployment, labels, containers }: OperatorPods, namespace: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: deployment, namespace, labels },
    spec: {
      containers: [...Object.entries(containers), ['istio-proxy', {}] as const].map(([name, ports]) => ({
        name,
        image: 'stand-in',
        // A metrics port of the same number is the same port, which a pod lists once.
        ports: Object.entries(ports).filter(([port]) => port === 'http' || port === 'grpc')
          .map(([port, containerPort]) => ({ name: port, containerPort, protocol: 'TCP' })),
      })),
    },
  };
}

/**
 * What the operator makes of the SeldonDeployments among the manifests once their pods are ready, as the library previews
 * it: Istio objects, Services and pods.
 */
export function operatorMakes(manifests: readonly Manifest[], { istio = true }: OperatorSetup = {}): Manifest[] {
  return ofKind(manifests, 'SeldonDeployment').flatMap((deployment) => {
    const made = operatorObjects(deployment as unknown as SeldonDeploymentManifest);
    return [
      ...(istio ? [...made.virtualServices, ...made.destinationRules] : []),
      ...made.services,
      ...made.pods.map((each) => pod(each, namespaceOf(deployment))),
    ] as Manifest[];
  });
}
