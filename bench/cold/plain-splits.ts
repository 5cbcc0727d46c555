import { ApiObjectProps } from 'cdk8s';

/** Writes the manifests of two models and a split between them, many times, as someone would without a library. */
export function writePlainSplits(write: (id: string, object: ApiObjectProps) => void, count: number): void {
  for (let i = 0; i < count; i++) {
    for (const slot of ['stable', 'canary']) write(`model-${i}-${slot}`, model(`model-${i}-${slot}`, `gs://models/${i}/${slot}`));
    write(`split-${i}`, route(`split-${i}`, [arm(`model-${i}-stable`, 90), arm(`model-${i}-canary`, 10)]));
  }
}

function model(name: string, storageUri: string): ApiObjectProps {
  return { apiVersion: 'mlops.seldon.io/v1alpha1', kind: 'Model', metadata: { name }, spec: { storageUri, requirements: ['sklearn'] } } as ApiObjectProps;
}

function route(name: string, arms: readonly object[]): ApiObjectProps {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name },
    spec: {
      gateways: ['istio-system/seldon-gateway'],
      hosts: ['*'],
      http: [
        { name: `${name}-http`, match: [{ uri: { exact: `/v2/models/${name}` } }, { uri: { prefix: `/v2/models/${name}/` } }], route: arms },
        { name: `${name}-grpc`, match: [{ headers: { 'seldon-model': { exact: name } }, uri: { prefix: '/inference.GRPCInferenceService/' } }], route: arms },
      ],
    },
  } as ApiObjectProps;
}

function arm(backend: string, weight: number): object {
  return {
    destination: { host: 'seldon-mesh.seldon-mesh.svc.cluster.local', port: { number: 80 } },
    headers: { request: { remove: ['x-seldon-route', 'seldon-internal-model'], set: { 'seldon-model': backend } } },
    weight,
  };
}
