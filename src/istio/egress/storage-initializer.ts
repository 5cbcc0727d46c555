import { ApiObjectMetadataDefinition, Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { EgressRegistry } from './egress-registry';
import { Mesh } from '../../mesh/mesh';
import { checkDnsLabel, checkPort } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { checkList } from '../../plan/checks/type-checks';

const NATIVE = 'sidecar.istio.io/nativeSidecar';
const EXCLUDE = 'traffic.sidecar.istio.io/excludeOutboundPorts';

/** Options for `StorageInitializer.excludeOutboundPorts`. */
export interface ExcludeOutboundPortsOptions {
  /** Ports that the initializer dials, at least one, each 1 to 65535. */
  readonly ports: number[];

  /**
   * Namespace of the pods.
   *
   * @default - the chart's namespace
   */
  readonly namespace?: string;
}

/**
 * Annotations for pods whose init containers download a model, such as the storage initializer of Seldon Core 1, so that these have
 * network access in a pod with a sidecar. A regular sidecar starts after the init containers, and until then no traffic leaves the pod.
 *
 * Add the annotations to a predictor (`annotations: initializer.annotations`), to a component's metadata, or to the pods of a
 * Deployment of cdk8s-plus (`initializer.applyTo(deployment.podMetadata)`). Seldon Core 2 does not need them: its servers download
 * models at run time, when the proxy is ready.
 */
export class StorageInitializer {
  /**
   * Makes the proxy a native sidecar: an init container that starts before the others and keeps running. Requires Istio 1.24 and
   * Kubernetes 1.29, or later.
   *
   * @param scope A construct of the chart that the pods belong to.
   * @throws an error when the specified release of Istio does not support the annotation.
   */
  public static nativeSidecar(scope: Construct): StorageInitializer {
    Mesh.of(scope)._release.require(scope, `annotation ${NATIVE}`, '1.24');
    EgressRegistry.of(scope).addAnnotation(scope, NATIVE, Chart.of(scope).namespace);
    return new StorageInitializer({ [NATIVE]: 'true' });
  }

  /**
   * Makes calls to some ports bypass the proxy, for the whole lifetime of the pod and from all of its containers. A `SidecarScope` does
   * not limit these calls, and they do not appear in telemetry. For clusters without native sidecars.
   *
   * @param scope A construct of the chart that the pods belong to.
   * @param options The ports.
   * @throws an error when a port is not valid, or when an egress that the namespace sees originates TLS on it.
   */
  public static excludeOutboundPorts(scope: Construct, options: ExcludeOutboundPortsOptions): StorageInitializer {
    checkProps(scope, 'ExcludeOutboundPortsOptions', options);
    const { ports, namespace = Chart.of(scope).namespace } = options;
    checkList(scope, 'ports', ports, 'ports');
    if (ports.length === 0) throw invalid(scope, 'no port to exclude', 'list the ports that the initializer dials, such as 443');
    if (namespace !== undefined) checkDnsLabel(scope, 'namespace', namespace);
    ports.forEach((port, i) => {
      checkPort(scope, `ports[${i}]`, port);
      if (ports.indexOf(port) < i) throw invalid(scope, `ports[${i}] ${show(port)} twice`, 'list each port once');
      EgressRegistry.of(scope).addExclusion(scope, port, namespace);
    });
    EgressRegistry.of(scope).addAnnotation(scope, EXCLUDE, namespace);
    return new StorageInitializer({ [EXCLUDE]: ports.join(',') });
  }

  /**
   * Records the ports that annotations of pods exclude, also those that are written by hand. A value that is not a list of ports is left to Istio.
   *
   * @internal
   */
  public static _noteExclusions(at: IConstruct, annotations: { readonly [name: string]: string } | undefined, namespace: string | undefined): void {
    for (const port of annotations?.[EXCLUDE]?.split(',') ?? []) {
      if (/^\s*\d+\s*$/.test(port)) EgressRegistry.of(at).addExclusion(at, Number(port), namespace);
    }
  }

  private constructor(private readonly podAnnotations: { readonly [name: string]: string }) {}

  /** Annotations of the pods. */
  public get annotations(): { [name: string]: string } {
    return { ...this.podAnnotations };
  }

  /**
   * Adds the annotations to pods that cdk8s creates.
   *
   * @param podMetadata Metadata of the pods, such as `deployment.podMetadata` of cdk8s-plus.
   */
  public applyTo(podMetadata: ApiObjectMetadataDefinition): void {
    for (const [name, value] of Object.entries(this.podAnnotations)) podMetadata.addAnnotation(name, value);
  }
}
