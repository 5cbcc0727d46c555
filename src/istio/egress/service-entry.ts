import { Construct } from 'constructs';
import { EgressRegistry } from './egress-registry';
import { checkServiceEntry } from './service-entry-checks';
import { portName, ServiceEntryProps } from './service-entry-props';
import { WildcardEntries } from './wildcard-entries';
import { ServiceEntrySpec, ServiceEntrySpecLocation, ServiceEntrySpecResolution, toJson_ServiceEntrySpec } from '../../../imports/networking.istio.io';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { Mesh } from '../../mesh/mesh';
import { checkProps } from '../../plan/checks/props';

export * from './service-entry-props';

/**
 * An Istio `ServiceEntry`: adds hosts that are not Kubernetes Services to the mesh, such as those outside the cluster.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/service-entry/
 */
export class ServiceEntry extends KubernetesObject {
  /** The hosts, as specified. */
  public readonly hosts: string[];

  /**
   * Creates a ServiceEntry.
   *
   * @param scope The chart or construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata set another one.
   * @param props Hosts, ports, and how they are resolved.
   * @throws an error when Istio would reject a value, when hosts, addresses, endpoints, ports and resolution do not match, when the
   * specified release does not support a resolution, or when a namespace already sees a host through another entry.
   */
  constructor(scope: Construct, id: string, props: ServiceEntryProps) {
    super(scope, id);
    checkProps(this, 'ServiceEntryProps', props, ServiceEntry);
    const mesh = Mesh.of(this);
    const namespace = namespaceOf(this, props);
    checkServiceEntry(this, mesh._release, namespace, props);
    this.hosts = [...props.hosts];
    const exportTo = props.exportTo && [...props.exportTo];
    for (const host of this.hosts) EgressRegistry.of(this).addHost(host, { by: this, namespace, exportTo });
    WildcardEntries.of(this).add(this, this.hosts);
    const ports = props.ports.map((port) => ({ ...port }));
    writeManifest(this, {
      apiVersion: mesh._release.apiVersion(this, 'ServiceEntry'),
      kind: 'ServiceEntry',
      spec: () => toServiceEntrySpec({ ...props, hosts: this.hosts, ports, exportTo }),
    }, props);
  }
}

function toServiceEntrySpec(props: ServiceEntryProps): unknown {
  const { hosts, ports, addresses, location, resolution, endpoints, workloadSelector, exportTo, subjectAltNames } = props;
  const spec: ServiceEntrySpec = {
    hosts,
    addresses,
    ports: ports.map((port) => ({ ...port, name: portName(port) })),
    location: location as string | undefined as ServiceEntrySpecLocation | undefined,
    resolution: resolution as string | undefined as ServiceEntrySpecResolution | undefined,
    endpoints,
    workloadSelector: workloadSelector && { labels: workloadSelector },
    exportTo,
    subjectAltNames,
  };
  return toJson_ServiceEntrySpec(spec);
}
