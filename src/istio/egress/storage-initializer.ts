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

/** Which pods pass their proxies by. */
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
 * How init containers that fetch a model, such as the storage initializer of Seldon Core 1, get at the network in a pod with a
 * proxy: annotations for the pod. A usual proxy starts after them, and until then nothing leaves the pod.
 *
 * Give the annotations to a predictor (`annotations: initializer.annotations`), to a component's metadata, or to the pods of a
 * Deployment of cdk8s-plus (`initializer.applyTo(deployment.podMetadata)`). Seldon Core 2 needs none of this: its servers fetch
 * models at run time, when the proxy is there.
 */
export class StorageInitializer {
  /**
   * The proxy is an init container that goes on running, and starts before the others. Needs Istio 1.24 and Kubernetes 1.29.
   *
   * @param scope A construct of the chart that the pods belong to.
   * @throws an error when the stated release of Istio does not know the annotation.
   */
  public static nativeSidecar(scope: Construct): StorageInitializer {
    Mesh.of(scope)._release.require(scope, `annotation ${NATIVE}`, '1.24');
    EgressRegistry.of(scope).addAnnotation(scope, NATIVE, Chart.of(scope).namespace);
    return new StorageInitializer({ [NATIVE]: 'true' });
  }

  /**
   * Calls to some ports pass the proxy by, for the whole life of the pod and from all of its containers: they are not limited by a
   * `SidecarScope` and appear in no telemetry. For clusters without native sidecars.
   *
   * @param scope A construct of the chart that the pods belong to.
   * @param options The ports.
   * @throws an error when a port is wrong, or an egress that the namespace sees has proxies start TLS on it.
   */
  public static excludeOutboundPorts(scope: Construct, options: ExcludeOutboundPortsOptions): StorageInitializer {
    checkProps(scope, 'ExcludeOutboundPortsOptions', options);
    const { ports, namespace = Chart.of(scope).namespace } = options;
    checkList(scope, 'ports', ports, 'ports');
    if (ports.length === 0) throw invalid(scope, 'no port to exclude', 'name those that the initializer dials, such as 443');
    if (namespace !== undefined) checkDnsLabel(scope, 'namespace', namespace);
    ports.forEach((port, i) => {
      checkPort(scope, `ports[${i}]`, port);
      if (ports.indexOf(port) < i) throw invalid(scope, `ports[${i}] ${show(port)} twice`, 'say each port once');
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

  private constructor(private readonly given: { readonly [name: string]: string }) {}

  /** Annotations of the pods. */
  public get annotations(): { [name: string]: string } {
    return { ...this.given };
  }

  /**
   * Adds the annotations to pods that cdk8s makes.
   *
   * @param podMetadata Metadata of the pods, such as `deployment.podMetadata` of cdk8s-plus.
   */
  public applyTo(podMetadata: ApiObjectMetadataDefinition): void {
    for (const [name, value] of Object.entries(this.given)) podMetadata.addAnnotation(name, value);
  }
}
