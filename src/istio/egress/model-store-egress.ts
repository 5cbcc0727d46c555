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
import { DestinationRuleRegistry, RegisteredRule, RuleOrigin } from '../destination-rule/destination-rule-registry';
import { checkTrafficPolicy } from '../destination-rule/traffic-policy-checks';

/** Path of the public CA certificates in Istio's proxy images. */
const AUTHORITIES = '/etc/ssl/certs/ca-certificates.crt';

/**
 * How proxies originate TLS for clients that use plain HTTP. Clients that use HTTPS are not affected.
 */
export interface EgressTlsOrigination {
  /**
   * Port to which clients send plain HTTP, 1 to 65535.
   *
   * @default 80
   */
  readonly port?: number;

  /**
   * Whether the proxy presents a client certificate: SIMPLE for no, MUTUAL for yes.
   *
   * @default ClientTlsMode.SIMPLE
   */
  readonly mode?: ClientTlsMode;

  /**
   * Path, in the proxy's file system, of the CA certificates that verify the store's certificate.
   *
   * @default - "/etc/ssl/certs/ca-certificates.crt", which Istio's images contain; none with `credentialName` or `insecureSkipVerify`
   */
  readonly caCertificates?: string;

  /**
   * ConfigMap with the CA certificates that verify the store's certificate, as `configmap://namespace/name`. Istio 1.26 or later.
   *
   * @default - none
   */
  readonly credentialName?: string;

  /**
   * Path of the proxy's client certificate. Required for MUTUAL.
   *
   * @default - none
   */
  readonly clientCertificate?: string;

  /**
   * Path of the proxy's private key. Required for MUTUAL.
   *
   * @default - none
   */
  readonly privateKey?: string;

  /**
   * Subject alternative names of which the store's certificate must have one.
   *
   * @default - the host; any with `insecureSkipVerify`
   */
  readonly subjectAltNames?: string[];

  /**
   * Whether to accept any certificate of the store.
   *
   * @default false
   */
  readonly insecureSkipVerify?: boolean;
}

/** Properties for `ModelStoreEgress`. */
export interface ModelStoreEgressProps extends ManifestProps {
  /** The stores, at least one. */
  readonly stores: ModelStore[];

  /**
   * How proxies resolve the hosts of the stores. `DYNAMIC_DNS` (Istio 1.28 or later) is for wildcards, and other hosts then get `DNS`.
   * `DNS` is for DNS names, `STATIC` for stores with addresses, and `NONE` for all hosts.
   *
   * @default - depends on the host: `DNS` for a DNS name, `NONE` for a wildcard or a CIDR block, `STATIC` for addresses
   */
  readonly resolution?: ServiceEntryResolution;

  /**
   * Namespaces that see the stores: names, `.` for the namespace of the egress, or only `*` for all.
   *
   * @default - `.`, the namespace of the egress
   */
  readonly exportTo?: string[];

  /**
   * TLS origination by the proxies for clients that use plain HTTP.
   *
   * @default - none: clients originate TLS themselves
   */
  readonly tlsOrigination?: EgressTlsOrigination;
}

/** TLS origination with its defaults. */
type Origination = EgressTlsOrigination & { readonly port: number; readonly mode: ClientTlsMode };

/**
 * Makes model stores reachable from pods in the mesh.
 *
 * Each host is added to a ServiceEntry. Proxies forward TLS without terminating it. With `tlsOrigination`, an additional plain port
 * forwards to the TLS port of the store, and a DestinationRule originates TLS for that port only. If the app creates a
 * DestinationRule for the host, before or after the egress, TLS is added to it. Otherwise the egress creates one, which has the policies
 * for the host too. A store that is a Service of the cluster needs no object.
 *
 * Models of Seldon Core 2 are downloaded at run time, by rclone in the pods of their servers: create the egress in the namespace of
 * the servers. Models of Seldon Core 1 are downloaded before the pod starts, see `StorageInitializer`.
 *
 * `ApiObject.of(egress)` is the first ServiceEntry; the other objects are children of the construct.
 */
export class ModelStoreEgress extends Construct {
  /** Hosts of the stores in the mesh. Services of the cluster have their full names. */
  public readonly hosts: string[];

  /** Namespace of the objects; undefined when it is not specified. */
  public readonly egressNamespace?: string;

  private readonly exportTo: string[];
  private readonly services: { readonly host: string; readonly namespace: string }[] = [];
  private readonly entryHosts: string[];

  /**
   * Creates the objects.
   *
   * @param scope The chart or construct that it belongs to.
   * @param id Id of the construct, and name of the objects unless the metadata set another one. Unusual ports and hosts are appended
   * to it.
   * @param props The stores.
   * @throws an error when a resolution is not possible for a host, when two stores have different settings for a host, when a namespace
   * already sees a host through another entry, when TLS cannot be originated for a host, or when a host already has a DestinationRule
   * in another namespace.
   */
  constructor(scope: Construct, id: string, props: ModelStoreEgressProps) {
    super(scope, id);
    checkProps(this, 'ModelStoreEgressProps', props, ModelStoreEgress);
    checkList(this, 'stores', props.stores, 'stores, such as ModelStore.s3(…)');
    if (props.stores.length === 0) throw invalid(this, 'no store', 'list at least one, such as ModelStore.gcs()');
    props.stores.forEach((store, i) => {
      if (!(store instanceof ModelStore)) throw invalid(this, `stores[${i}] ${show(store)}`, 'expected a store, such as ModelStore.s3(…)');
    });
    const { resolution, tlsOrigination } = props;
    this.egressNamespace = namespaceOf(this, props);
    checkExportTo(this, props.exportTo ?? [], this.egressNamespace);
    // Istio treats an empty list as all namespaces, which is rarely intended.
    if (props.exportTo?.length === 0) throw invalid(this, 'an empty exportTo', 'leave it out for the namespace of the egress, or set "*" for all');
    this.exportTo = [...(props.exportTo ?? ['.'])];
    const name = nameOf(this, props);
    checkObjectName(this, 'name of ModelStoreEgress', name);
    const origination = tlsOrigination === undefined ? undefined : this.checkOrigination(tlsOrigination);
    const outside = props.stores.flatMap((store) => store._hosts).filter((store) => !this.addService(store, tlsOrigination !== undefined));
    const entries = planEntries(this, outside, resolution, origination?.port);
    this.entryHosts = entries.flatMap(({ hosts }) => hosts);
    this.hosts = [...this.entryHosts, ...this.services.map(({ host }) => host)];
    for (const entry of entries) this.addEntry(name, entry, props);
    if (origination !== undefined) this.originate(entries, origination, props);
    this.node.addValidation({ validate: () => entries.flatMap((entry) => findTlsInTls(this.visibility, entry)) });
  }

  /**
   * The hosts as entries of a Sidecar in a namespace.
   *
   * @internal
   */
  public _sidecarHosts(at: Construct, namespace: string | undefined): string[] {
    const entries = this.entryHosts.map((host) => `${this.egressNamespace === namespace ? '.' : this.egressNamespace}/${host}`);
    if (entries.length > 0 && !sees(this.visibility, namespace)) {
      throw invalid(at, `${pathOf(this)} is exported to ${this.exportTo.map(show).join(', ')}`,
        `${namespace === undefined ? 'this namespace' : `namespace ${show(namespace)}`} does not see it. Add the namespace to exportTo of the egress`);
    }
    if (entries.length > 0 && this.egressNamespace === undefined && namespace !== undefined) {
      throw invalid(at, `${pathOf(this)} has no namespace`, 'set its namespace, or that of its chart');
    }
    return [...entries, ...this.services.map((service) => `${service.namespace === namespace ? '.' : service.namespace}/${service.host}`)];
  }

  private get visibility(): Visibility {
    return { by: this, namespace: this.egressNamespace, exportTo: this.exportTo };
  }

  /** Records a store that is a Service, which the mesh already knows, and returns whether it is one. */
  private addService({ host, tls }: StoreHost, originates: boolean): boolean {
    const mesh = Mesh.of(this);
    const suffix = ['.svc', `.svc.${mesh.clusterDomain}`].find((end) => host.endsWith(end));
    if (suffix === undefined && host.includes('.')) return false;
    if (host.includes(':')) return false;
    const [service, namespace = this.egressNamespace, ...rest] = host.slice(0, host.length - (suffix ?? '').length).split('.');
    if (namespace === undefined) throw invalid(this, `Service ${show(host)} has no namespace`, 'set the full name, such as "minio.storage.svc", or set the namespace of the egress');
    if (rest.length > 0 || service.startsWith('*')) throw invalid(this, `host ${show(host)}`, 'expected name and namespace of a Service, such as "minio.storage.svc"');
    if (originates && tls) {
      throw invalid(this, `tlsOrigination with Service ${show(host)}`, 'the Service is part of the cluster. Add a port for plain HTTP to it, or create a DestinationRule');
    }
    this.services.push({ host: mesh.serviceHost(service, namespace), namespace });
    return true;
  }

  private checkOrigination(origination: EgressTlsOrigination): Origination {
    checkObject(this, 'tlsOrigination', undefined, origination, 'an object, such as {} for the defaults');
    const { port = 80, mode = ClientTlsMode.SIMPLE, credentialName } = origination;
    checkPort(this, 'tlsOrigination.port', port);
    if (mode !== ClientTlsMode.SIMPLE && mode !== ClientTlsMode.MUTUAL) {
      throw invalid(this, `tlsOrigination.mode ${show(mode)}`, 'expected SIMPLE or MUTUAL, since the store is not part of the mesh');
    }
    checkTextIfGiven(this, 'tlsOrigination.credentialName', undefined, credentialName);
    if (credentialName !== undefined && !credentialName.startsWith('configmap://')) {
      throw invalid(this, `tlsOrigination.credentialName ${show(credentialName)}`,
        'expected configmap://namespace/name, since sidecars read a Secret only for a rule with a workloadSelector');
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
    if (hosts.length === 0) throw invalid(this, 'tlsOrigination without a store that uses TLS', 'leave it out');
    EgressRegistry.of(this).addOrigination(port, this.visibility);
    for (const host of hosts) {
      const tls: ClientTls = { ...verification(settings, host), ...settings, sni: host };
      // For the whole host, TLS would be originated around the TLS of clients that use HTTPS.
      const trafficPolicy = { portLevelSettings: [{ port, tls }] };
      DestinationRuleRegistry.of(this).request(host, {
        by: this,
        visibility: this.visibility,
        addTo: (rule) => {
          this.checkRule(rule, host, port);
          checkTrafficPolicy({ at: this, release: Mesh.of(this)._release, namespace: this.egressNamespace }, 'tlsOrigination', trafficPolicy);
          rule._applyPolicy(this, trafficPolicy);
          return true;
        },
      }, { origin: RuleOrigin.EGRESS, create: () => this.createRule(host, metadata) });
    }
  }

  private createRule(host: string, metadata: ModelStoreEgressProps['metadata']): void {
    new DestinationRule(this, `Tls-${host}`, {
      host,
      namespace: this.egressNamespace,
      metadata: { ...metadata, name: Mesh.of(this)._objectNameFor(host) },
      exportTo: this.exportTo,
    });
  }

  /** All who see the store must see the rule for its host. */
  private checkRule(rule: RegisteredRule, host: string, port: number): void {
    if (rule._namespace === this.egressNamespace && covers(rule._visibility, this.visibility)) return;
    const { namespace, exportTo } = rule._visibility;
    throw invalid(this, `tlsOrigination for host ${show(host)}, which has DestinationRule ${pathOf(rule)} in ${namespace === undefined
      ? 'no namespace' : `namespace ${show(namespace)}`}${exportTo === undefined ? '' : `, exported to ${exportTo.map(show).join(', ')}`}`,
    `some namespaces that see the store would not see the rule that originates TLS on port ${port}. Put the rule into the namespace of the egress, and export it to all namespaces that see the egress`);
  }
}

/** Without CA certificates, older releases of Istio accept any certificate. */
function verification({ credentialName, insecureSkipVerify }: EgressTlsOrigination, host: string): Omit<ClientTls, 'mode'> {
  if (insecureSkipVerify === true) return {};
  return { caCertificates: credentialName === undefined ? AUTHORITIES : undefined, subjectAltNames: [host] };
}
