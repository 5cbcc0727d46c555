import { Construct } from 'constructs';
import { ModelStoreEgress } from './model-store-egress';
import { OutboundTrafficMode, writeSidecar } from './sidecar';
import { checkSidecarHost, isExclusion } from './sidecar-checks';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf } from '../../mesh/manifest';
import { ManifestProps } from '../../mesh/manifest-props';
import { Mesh } from '../../mesh/mesh';
import { IBackend } from '../../plan/backend';
import { checkDnsLabel } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { checkList, checkTexts, targetOf } from '../../plan/checks/type-checks';

/** What a `SidecarScope` takes. */
export interface SidecarScopeProps extends ManifestProps {
  /**
   * Labels of the pods that are limited, at least one.
   *
   * @default - all pods of the namespace
   */
  readonly workloadSelector?: { [label: string]: string };

  /**
   * Stores that the pods fetch models from. Those of the own namespace need no mention unless `ownNamespace` is false.
   *
   * @default - none, beside those that `ownNamespace` brings
   */
  readonly egress?: ModelStoreEgress[];

  /**
   * Models and Services that the pods call. Those of the own namespace need no mention unless `ownNamespace` is false.
   *
   * @default - none, beside those that `ownNamespace` brings
   */
  readonly backends?: IBackend[];

  /**
   * Namespaces whose hosts the pods call, all of them, such as that of Kafka for Seldon Core 2.
   *
   * @default - none but the own one
   */
  readonly namespaces?: string[];

  /**
   * Further hosts, each a namespace, a slash and a DNS name, such as `tools/api.example.com`; the namespace is that of the
   * Service or ServiceEntry, `.` for the own one, or `*` for any.
   *
   * @default - none
   */
  readonly hosts?: string[];

  /**
   * Whether the pods call everything in their own namespace, its Services and its stores. The parts of Seldon Core 2 in a namespace call each other, and so do
   * the parts of an inference graph of Seldon Core 1.
   *
   * @default true
   */
  readonly ownNamespace?: boolean;

  /**
   * Whether the pods reach the mesh's root namespace, where telemetry goes.
   *
   * @default true
   */
  readonly rootNamespace?: boolean;

  /**
   * Whether the pods reach the API server of Kubernetes, which the agents, the scheduler and the operator of Seldon Core 2 do.
   *
   * @default true
   */
  readonly apiServer?: boolean;

  /**
   * What becomes of calls to other hosts.
   *
   * @default OutboundTrafficMode.REGISTRY_ONLY
   */
  readonly outboundTrafficPolicy?: OutboundTrafficMode;
}

/**
 * Limits the pods of a namespace, or some of them, to their stores and services: their proxies know these hosts and refuse others.
 *
 * It keeps pods from calling by mistake, and proxies small. It is no wall: a pod can pass its proxy by, and with wildcards a pod
 * can claim any name. A NetworkPolicy or an egress gateway is one.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/
 */
export class SidecarScope extends KubernetesObject {
  /** What the pods can call, as a Sidecar lists it. */
  public readonly hosts: string[];

  /**
   * Makes the Sidecar.
   *
   * @param scope The chart or construct that it belongs to.
   * @param id The construct id, and the object's name unless the metadata says another.
   * @param props What the pods can call, beside what is usual.
   * @throws an error when a host or a namespace is wrong, the namespace does not see an egress, nothing is left to call, the
   * namespace is the mesh's root, or another Sidecar selects the same pods.
   */
  constructor(scope: Construct, id: string, props: SidecarScopeProps = {}) {
    super(scope, id);
    checkProps(this, 'SidecarScopeProps', props, SidecarScope);
    const mesh = Mesh.of(this);
    const namespace = namespaceOf(this, props);
    if (namespace === mesh.rootNamespace) {
      throw invalid(this, `a SidecarScope in the root namespace ${show(namespace)}`,
        'without a workloadSelector it would limit the whole mesh: put it into the namespace of the models, or write a Sidecar');
    }
    const { workloadSelector, outboundTrafficPolicy = OutboundTrafficMode.REGISTRY_ONLY } = props;
    this.hosts = tidy(this.collect(props, namespace));
    if (this.hosts.every(isExclusion)) throw invalid(this, 'a SidecarScope with nothing to call', 'name egress, backends, namespaces or hosts');
    writeSidecar(this, {
      namespace: props.namespace,
      metadata: props.metadata,
      workloadSelector,
      outboundTrafficPolicy,
      egress: [{ hosts: this.hosts }],
    });
  }

  private collect(props: SidecarScopeProps, namespace: string | undefined): string[] {
    const { egress = [], backends = [], namespaces = [], hosts = [] } = props;
    const mesh = Mesh.of(this);
    const at = (owner: string | undefined, host: string) => `${owner === namespace || owner === undefined ? '.' : owner}/${host}`;
    checkList(this, 'egress', egress, 'ModelStoreEgress');
    checkList(this, 'backends', backends, 'backends');
    checkTexts(this, 'namespaces', namespaces);
    checkTexts(this, 'hosts', hosts);
    for (const one of namespaces) checkDnsLabel(this, 'namespace', one);
    for (const host of hosts) checkSidecarHost(this, mesh._release, 'host', host);
    return [
      ...(props.ownNamespace === false ? [] : ['./*']),
      ...(props.rootNamespace === false ? [] : [at(mesh.rootNamespace, '*')]),
      ...(props.apiServer === false ? [] : [at('default', mesh.serviceHost('kubernetes', 'default'))]),
      ...namespaces.map((one) => at(one, '*')),
      ...backends.map((backend, i) => {
        const target = targetOf(this, `backends[${i}]`, backend);
        return at(target.namespace, target.host);
      }),
      ...egress.flatMap((one, i) => {
        if (!(one instanceof ModelStoreEgress)) throw invalid(this, `egress[${i}] ${show(one)}`, 'expected a ModelStoreEgress');
        return one._sidecarHosts(this, namespace);
      }),
      ...hosts.map((host) => {
        const slash = host.indexOf('/');
        return at(host.slice(0, slash), host.slice(slash + 1));
      }),
    ];
  }
}

/** Istio warns of hosts that another one covers, and of others beside everything. */
function tidy(hosts: readonly string[]): string[] {
  const all = new Set(hosts);
  if (all.has('*/*')) return ['*/*', ...[...all].filter(isExclusion)];
  return [...all].filter((host) => {
    const wide = `${host.slice(0, host.indexOf('/'))}/*`;
    return host === wide || !all.has(wide);
  });
}
