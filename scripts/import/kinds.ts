/** A kind that the library writes, in the version for which `imports/` has types. */
export interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Every kind in use. Other kinds in the input are not written to `imports/`. */
export const KINDS_IN_USE: readonly Kind[] = [
  { group: 'cert-manager.io', version: 'v1', kind: 'Certificate' },
  { group: 'machinelearning.seldon.io', version: 'v1', kind: 'SeldonDeployment' },
  { group: 'mlops.seldon.io', version: 'v1alpha1', kind: 'Experiment' },
  { group: 'mlops.seldon.io', version: 'v1alpha1', kind: 'Model' },
  { group: 'mlops.seldon.io', version: 'v1alpha1', kind: 'Pipeline' },
  { group: 'mlops.seldon.io', version: 'v1alpha1', kind: 'SeldonConfig' },
  { group: 'mlops.seldon.io', version: 'v1alpha1', kind: 'SeldonRuntime' },
  { group: 'mlops.seldon.io', version: 'v1alpha1', kind: 'Server' },
  { group: 'mlops.seldon.io', version: 'v1alpha1', kind: 'ServerConfig' },
  { group: 'monitoring.coreos.com', version: 'v1', kind: 'PodMonitor' },
  { group: 'monitoring.coreos.com', version: 'v1', kind: 'PrometheusRule' },
  { group: 'monitoring.coreos.com', version: 'v1', kind: 'ServiceMonitor' },
  { group: 'networking.istio.io', version: 'v1', kind: 'DestinationRule' },
  { group: 'networking.istio.io', version: 'v1', kind: 'Gateway' },
  { group: 'networking.istio.io', version: 'v1', kind: 'ServiceEntry' },
  { group: 'networking.istio.io', version: 'v1', kind: 'Sidecar' },
  { group: 'networking.istio.io', version: 'v1', kind: 'VirtualService' },
  { group: 'security.istio.io', version: 'v1', kind: 'AuthorizationPolicy' },
  { group: 'security.istio.io', version: 'v1', kind: 'PeerAuthentication' },
  { group: 'security.istio.io', version: 'v1', kind: 'RequestAuthentication' },
  { group: 'telemetry.istio.io', version: 'v1', kind: 'Telemetry' },
];
