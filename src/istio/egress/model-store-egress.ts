import { Construct } from 'constructs';
import { EgressRegistry } from './egress-registry';
import { ModelStore, StoreHost } from './model-store';
import { EntryPlan, planEntries } from './model-store-entries';
import { ServiceEntry, ServiceEntryLocation, ServiceEntryResolution } from './service-entry';
import { findTlsInTls } from './tls-in-tls';
import { nameOf } from '../../mesh/default-name';
import { namespaceOf } from '../../mesh/manifest';
import { ManifestProps } from '../../mesh/manifest-props';
import { Mesh } from '../../mesh/mesh';
import { checkObjectName, checkPort } from '../../plan/checks/checks';
import { invalid, pathOf, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { checkList, checkObject, checkTextIfGiven } from '../../plan/checks/type-checks';
import { covers, sees, Visibility } from '../common/export-to';
import { checkExportTo } from '../common/names';
import { ClientTls, ClientTlsMode } from '../destination-rule/client-tls';
import { DestinationRule } from '../destination-rule/destination-rule';
import { DestinationRuleRegistry, RegisteredRule } from '../destination-rule/destination-rule-registry';
import { checkTrafficPolicy } from '../destination-rule/traffic-policy-checks';

/** Where Istio's proxy images have the certificates of public authorities. */
const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

/**
 * How proxies start TLS for clients that speak plain HTTP. Clients that speak HTTPS are not touched.
 */
export interface EgressTlsOrigination {
  /**
   * Port that such clients dial, 1 to 65535.
   *
   * @default 80
   */
  readonly port?: number;

  /**
   * Whether the proxy shows a certificate too: SIMPLE or MUTUAL.
   *
   * @default ClientTlsMode.SIMPLE
   */
  readonly mode?: ClientTlsMode;

  /**
   * Path, in the proxy's own file system, of the certificates that the store's is verified with.
   *
   * @default - "/etc/ssl/certs/ca-certificates.crt", which Istio's images bring; none with `credentialName` or `insecureSkipVerify`
   */
  readonly caCertificates?: string;

  /**
   * ConfigMap with the certificates that the store's is verified with, as `configmap://namespace/name`. Since Istio 1.26.
   *
   * @default - none
   */
  readonly credentialName?: string;

  /**
   * Path of the proxy's certificate; needed for MUTUAL.
   *
   * @default - none
   */
  readonly clientCertificate?: string;

  /**
   * Path of the proxy's private key; needed for MUTUAL.
   *
   * @default - none
   */
  readonly privateKey?: string;

  /**
   * Names that the store's certificate may carry.
   *
   * @default - the host; any with `insecureSkipVerify`
   */
  readonly subjectAltNames?: string[];

  /**
   * Whether to take any certificate of the store.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

/** What a `ModelStoreEgress` takes. */
export interface ModelStoreEgressProps extends ManifestProps {
  /** The stores, at least one. */
  readonly stores: ModelStore[];

  /**
   * How proxies find the stores. `DYNAMIC_DNS` (since Istio 1.28) is for wildcards, and other hosts take `DNS` then; `DNS` is for
   * names; `STATIC` for stores with addresses; `NONE` for all.
   *
   * @default - the one that fits: `DNS` for a name, `NONE` for a wildcard or a CIDR block, `STATIC` for addresses
   */
  readonly resolution?: ServiceEntryResolution;

  /**
   * Namespaces that see the stores: names, `.` for the own one, or `*` alone for all.
   *
   * @default - `.`, the own one
   */
  readonly exportTo?: string[];

  /**
   * Has proxies start TLS for clients that speak plain HTTP.
   *
   * @default - clients speak TLS to the store themselves
   */
  readonly tlsOrigination?: EgressTlsOrigination;
}

/** With its defaults. */
type Origination = EgressTlsOrigination & { readonly port: number; readonly mode: ClientTlsMode };

/**
 * Lets pods of the mesh reach the stores that models are fetched from.
 *
 * Each host becomes part of a ServiceEntry. TLS passes through proxies unopened; with `tlsOrigination` a further plain port leads
 * to the TLS port of the store, and a DestinationRule starts TLS there alone: one that the app has made for the host before, else
 * one of its own, which policies of the host then join. A store that is a Service of the cluster needs nothing, and nothing is
 * written for it.
 *
 * Models of Seldon Core 2 are fetched at run time, by rclone in the pods of their servers: make the egress for the namespace of
 * the servers. Those of Seldon Core 1 are fetched before the pod starts, see `StorageInitializer`.
 *
 * `ApiObject.of(egress)` is its first ServiceEntry; the other objects are children of the construct.
 */
export class ModelStoreEgress extends Construct {
  /** Hosts of the stores as the mesh knows them, Services of the cluster by their full names. */
  public readonly hosts: string[];

  /** Namespace of the objects; undefined when it is not specified. */
  public readonly egressNamespace?: string;

  private readonly exportTo: string[];
  private readonly services: { readonly host: string; readonly namespace: string }[] = [];
  private readonly entryHosts: string[];

  /**
   * Makes the objects.
   *
   * @param scope The chart or construct that it belongs to.
   * @param id The construct id, and the name of the objects unless the metadata says another; ports and hosts that are not
   * usual are added to it.
   * @param props The stores.
   * @throws an error when a resolution does not fit a host, two stores say different things about a host, a namespace sees a host by
   * another egress already, TLS cannot be started for a host, or a host has a DestinationRule in another namespace already.
   */
  constructor(scope: Construct, id: string, props: ModelStoreEgressProps) {
    super(scope, id);
    checkProps(this, 'ModelStoreEgressProps', props, ModelStoreEgress);
    checkList(this, 'stores', props.stores, 'stores, such as ModelStore.s3(…)');
    if (props.stores.length === 0) throw invalid(this, 'no store', 'give at least one, such as ModelStore.gcs()');
    props.stores.forEach((store, i) => {
      if (!(store instanceof ModelStore)) throw invalid(this, `stores[${i}] ${show(store)}`, 'expected a store, such as ModelStore.s3(…)');
    });
    const { resolution, tlsOrigination } = props;
    this.egressNamespace = namespaceOf(this, props);
    checkExportTo(this, props.exportTo ?? [], this.egressNamespace);
    // Istio reads an empty list as all namespaces, which is hardly ever what is meant.
    if (props.exportTo?.length === 0) throw invalid(this, 'an empty exportTo', 'leave it out for the own namespace, or say "*" for all');
    this.exportTo = [...(props.exportTo ?? ['.'])];
    const name = nameOf(this, props);
    checkObjectName(this, 'name of ModelStoreEgress', name);
    const origination = tlsOrigination === undefined ? undefined : this.checkOrigination(tlsOrigination);
    const outside = props.stores.flatMap((store) => store._hosts).filter((store) => !this.isService(store, tlsOrigination !== undefined));
    const entries = planEntries(this, outside, resolution, origination?.port);
    this.entryHosts = entries.flatMap(({ hosts }) => hosts);
    this.hosts = [...this.entryHosts, ...this.services.map(({ host }) => host)];
    for (const entry of entries) this.addEntry(name, entry, props);
    if (origination !== undefined) this.originate(entries, origination, props);
    this.node.addValidation({ validate: () => entries.flatMap((entry) => findTlsInTls(this.visibility, entry)) });
  }

  /**
   * The hosts as a Sidecar of a namespace lists them.
   *
   * @internal
   */
  public _sidecarHosts(at: Construct, namespace: string | undefined): string[] {
    const entries = this.entryHosts.map((host) => `${this.egressNamespace === namespace ? '.' : this.egressNamespace}/${host}`);
    if (entries.length > 0 && !sees(this.visibility, namespace)) {
      throw invalid(at, `${pathOf(this)} is exported to ${this.exportTo.map(show).join(', ')}`,
        `${namespace === undefined ? 'this namespace' : `namespace ${show(namespace)}`} does not see it: name it in exportTo of the egress`);
    }
    if (entries.length > 0 && this.egressNamespace === undefined && namespace !== undefined) {
      throw invalid(at, `${pathOf(this)} has no namespace`, 'say its namespace, or that of its chart');
    }
    return [...entries, ...this.services.map((service) => `${service.namespace === namespace ? '.' : service.namespace}/${service.host}`)];
  }

  private get visibility(): Visibility {
    return { by: this, namespace: this.egressNamespace, exportTo: this.exportTo };
  }

  /** Whether the mesh knows a store already, as a Service; remembers it then. */
  private isService({ host, tls }: StoreHost, originates: boolean): boolean {
    const mesh = Mesh.of(this);
    const suffix = ['.svc', `.svc.${mesh.clusterDomain}`].find((end) => host.endsWith(end));
    if (suffix === undefined && host.includes('.')) return false;
    if (host.includes(':')) return false;
    const [service, namespace = this.egressNamespace, ...rest] = host.slice(0, host.length - (suffix ?? '').length).split('.');
    if (namespace === undefined) throw invalid(this, `Service ${show(host)} has no namespace`, 'say it in full, such as "minio.storage.svc", or say the namespace of the egress');
    if (rest.length > 0 || service.startsWith('*')) throw invalid(this, `host ${show(host)}`, 'expected name and namespace of a Service, such as "minio.storage.svc"');
    if (originates && tls) {
      throw invalid(this, `tlsOrigination with Service ${show(host)}`, 'it is part of the cluster: give it a port for plain HTTP, or a DestinationRule');
    }
    this.services.push({ host: mesh.serviceHost(service, namespace), namespace });
    return true;
  }

  private checkOrigination(origination: EgressTlsOrigination): Origination {
    checkObject(this, 'tlsOrigination', undefined, origination, 'an object; {} takes the defaults');
    const { port = 80, mode = ClientTlsMode.SIMPLE, credentialName } = origination;
    checkPort(this, 'tlsOrigination.port', port);
    if (mode !== ClientTlsMode.SIMPLE && mode !== ClientTlsMode.MUTUAL) {
      throw invalid(this, `tlsOrigination.mode ${show(mode)}`, 'expected SIMPLE or MUTUAL: the store is not part of the mesh');
    }
    checkTextIfGiven(this, 'tlsOrigination.credentialName', undefined, credentialName);
    if (credentialName !== undefined && !credentialName.startsWith('configmap://')) {
      throw invalid(this, `tlsOrigination.credentialName ${show(credentialName)}`,
        'expected configmap://namespace/name: sidecars read a Secret only for a rule with a workloadSelector');
    }
    return { ...origination, port, mode };
  }

  private addEntry(name: string, { suffix, ...entry }: EntryPlan, { metadata }: ModelStoreEgressProps): void {
    const serviceEntry = new ServiceEntry(this, suffix === '' ? 'Entry' : `Entry-${suffix}`, {
      ...entry,
      namespace: this.egressNamespace,
      metadata: { ...metadata, name: suffix === '' ? name : `${name}-${suffix}` },
      location: ServiceEntryLocation.MESH_EXTERNAL,
      exportTo: this.exportTo,
    });
    this.node.defaultChild ??= serviceEntry;
  }

  private originate(entries: readonly EntryPlan[], origination: Origination, { metadata }: ModelStoreEgressProps): void {
    const { port, ...settings } = origination;
    const hosts = entries.filter(({ ports }) => ports.some(({ targetPort }) => targetPort !== undefined)).flatMap((entry) => entry.hosts);
    if (hosts.length === 0) throw invalid(this, 'tlsOrigination without a store that speaks TLS', 'leave it out');
    EgressRegistry.of(this).addOrigination(port, this.visibility);
    for (const host of hosts) {
      const tls: ClientTls = { ...verification(settings, host), ...settings, sni: host };
      // For the whole host, TLS would be started around the TLS of clients that speak HTTPS.
      const trafficPolicy = { portLevelSettings: [{ port, tls }] };
      const rule = this.findRule(host, port);
      if (rule !== undefined) {
        checkTrafficPolicy({ at: this, release: Mesh.of(this)._release, namespace: this.egressNamespace }, 'tlsOrigination', trafficPolicy);
        rule._applyPolicy(this, trafficPolicy);
        continue;
      }
      new DestinationRule(this, `Tls-${host}`, {
        host,
        namespace: this.egressNamespace,
        metadata: { ...metadata, name: Mesh.of(this)._objectNameFor(host) },
        exportTo: this.exportTo,
        trafficPolicy,
      });
    }
  }

  /** A rule for a host that the app has made before, such as that of a BackendPolicy. */
  private findRule(host: string, port: number): RegisteredRule | undefined {
    const rule = DestinationRuleRegistry.of(this).find(host, this.visibility);
    if (rule === undefined || (rule._namespace === this.egressNamespace && covers(rule._visibility, this.visibility))) return rule;
    const { namespace, exportTo } = rule._visibility;
    throw invalid(this, `tlsOrigination for host ${show(host)}, which has DestinationRule ${pathOf(rule)} in ${namespace === undefined
      ? 'no namespace' : `namespace ${show(namespace)}`}${exportTo === undefined ? '' : `, exported to ${exportTo.map(show).join(', ')}`}`,
    `some who see the store would not see what starts TLS on port ${port}: put the rule into the namespace of the egress, and export it to all who see the egress`);
  }
}

/** Without certificates to verify with, older releases of Istio take any. */
function verification({ credentialName, insecureSkipVerify }: EgressTlsOrigination, host: string): Omit<ClientTls, 'mode'> {
  if (insecureSkipVerify === true) return {};
  return { caCertificates: credentialName === undefined ? AUTHORITIES : undefined, subjectAltNames: [host] };
}
