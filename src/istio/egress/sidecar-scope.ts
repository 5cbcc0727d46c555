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
import { checkList, checkTexts } from '../../plan/checks/type-checks';
import { targetOf } from '../../plan/part-checks';

/** Properties for `SidecarScope`. */
export interface SidecarScopeProps extends ManifestProps {
  /**
   * Labels that select the pods, at least one.
   *
   * @default - all pods of the namespace
   */
  readonly workloadSelector?: { [label: string]: string };

  /**
   * Stores from which the pods download models. Those of the pods' namespace need not be listed unless `ownNamespace` is false.
   *
   * @default - only those included by `ownNamespace`
   */
  readonly egress?: ModelStoreEgress[];

  /**
   * Models and Services that the pods call. Those of the pods' namespace need not be listed unless `ownNamespace` is false.
   *
   * @default - only those included by `ownNamespace`
   */
  readonly backends?: IBackend[];

  /**
   * Namespaces of which the pods may call all hosts, such as that of Kafka for Seldon Core 2.
   *
   * @default - only their own namespace
   */
  readonly namespaces?: string[];

  /**
   * Additional hosts, each a namespace, a slash and a DNS name, such as `tools/api.example.com`. The namespace is that of the
   * Service or ServiceEntry, `.` for the pods' own namespace, or `*` for any.
   *
   * @default - none
   */
  readonly hosts?: string[];

  /**
   * Whether the pods may call all hosts in their own namespace, both Services and stores. The components of Seldon Core 2 in a namespace
   * call each other, and so do the components of an inference graph of Seldon Core 1.
   *
   * @default true
   */
  readonly ownNamespace?: boolean;

  /**
   * Whether the pods may call the mesh's root namespace, for example to send telemetry.
   *
   * @default true
   */
  readonly rootNamespace?: boolean;

  /**
   * Whether the pods may call the Kubernetes API server, which the agents, the scheduler and the operator of Seldon Core 2 do.
   *
   * @default true
   */
  readonly apiServer?: boolean;

  /**
   * How calls to other hosts are handled.
   *
   * @default OutboundTrafficMode.REGISTRY_ONLY
   */
  readonly outboundTrafficPolicy?: OutboundTrafficMode;
}

/**
 * Limits the pods of a namespace, or some of them, to their stores and services. Their proxies are configured with these hosts only, and
 * reject calls to others.
 *
 * It prevents accidental calls, and keeps the configuration of proxies small. It is not a security boundary: a pod can bypass its proxy,
 * and with wildcards it can use any host name. Use a NetworkPolicy or an egress gateway as a security boundary.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/sidecar/
 */
export class SidecarScope extends KubernetesObject {
  /** The hosts that the pods can call, as entries of a Sidecar. */
  public readonly hosts: string[];

  /**
   * Creates the Sidecar.
   *
   * @param scope The chart or construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata set another one.
   * @param props What the pods can call in addition to the defaults.
   * @throws an error when a host or a namespace is not valid, when the namespace does not see an egress, when no host is left to call,
   * when the namespace is the mesh's root namespace, or when another Sidecar selects the same pods.
   */
  constructor(scope: Construct, id: string, props: SidecarScopeProps = {}) {
    super(scope, id);
    checkProps(this, 'SidecarScopeProps', props, SidecarScope);
    const mesh = Mesh.of(this);
    const namespace = namespaceOf(this, props);
    if (namespace === mesh.rootNamespace) {
      throw invalid(this, `a SidecarScope in the root namespace ${show(namespace)}`,
        'without a workloadSelector it would limit the whole mesh. Put it into the namespace of the models, or use a Sidecar');
    }
    const { workloadSelector, outboundTrafficPolicy = OutboundTrafficMode.REGISTRY_ONLY } = props;
    this.hosts = tidy(this.collect(props, namespace));
    if (this.hosts.every(isExclusion)) throw invalid(this, 'a SidecarScope without hosts', 'set egress, backends, namespaces or hosts');
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

/** Removes hosts that another entry covers, about which Istio warns. */
function tidy(hosts: readonly string[]): string[] {
  const all = new Set(hosts);
  if (all.has('*/*')) return ['*/*', ...[...all].filter(isExclusion)];
  return [...all].filter((host) => {
    const wide = `${host.slice(0, host.indexOf('/'))}/*`;
    return host === wide || !all.has(wide);
  });
}
