import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { ArgoCdOptions, ArgoCdRemoval, MeshNamespaceMode, MeshNamespaceProps, PodSecurityLevel, PodSecurityOptions } from './mesh-namespace-props';
import { nameOf } from '../../mesh/default-name';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { checkMetadata } from '../../mesh/manifest';
import { Mesh } from '../../mesh/mesh';
import { checkReadable } from '../../mesh/readable';
import { checkDnsLabel, checkInteger, checkObjectName } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkLabels } from '../../plan/checks/labels';
import { checkProps } from '../../plan/checks/props';
import { checkObject } from '../../plan/checks/type-checks';
import { EgressRegistry } from '../egress/egress-registry';

export * from './mesh-namespace-props';

type Texts = { [name: string]: string };

const INJECTION = 'istio-injection';
const REVISION = 'istio.io/rev';
const DATAPLANE_MODE = 'istio.io/dataplane-mode';
const WAYPOINT = 'istio.io/use-waypoint';
const WAYPOINT_NAMESPACE = 'istio.io/use-waypoint-namespace';
const POD_SECURITY = 'pod-security.kubernetes.io/';
const ARGO_CD = 'argocd.argoproj.io/';
const INSTANCE = 'app.kubernetes.io/instance';

/** Which prop writes a label. */
const PROP_OF_LABEL: { readonly [label: string]: string } = {
  [INJECTION]: 'injection',
  [REVISION]: 'revision',
  [DATAPLANE_MODE]: 'ambient',
  [WAYPOINT]: 'waypoint',
  [WAYPOINT_NAMESPACE]: 'waypointNamespace',
  [`${ARGO_CD}managed-by`]: 'argoCd.managedBy',
};

/** Which props write an annotation. */
const PROPS_OF_ANNOTATION: { readonly [annotation: string]: string } = {
  [`${ARGO_CD}sync-wave`]: 'argoCd.syncWave',
  [`${ARGO_CD}sync-options`]: 'argoCd.prune and argoCd.deletion',
};

/** Istio's injection webhook ignores these. */
const NEVER_INJECTED: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease'];

const WAVE_LIMIT = 2147483647;

/**
 * A namespace whose pods are in the mesh in exactly one of three modes: with sidecars of Istio's default revision, with sidecars of
 * a named revision, or in ambient mode without sidecars.
 *
 * @see https://istio.io/latest/docs/setup/additional-setup/sidecar-injection/
 */
export class MeshNamespace extends KubernetesObject {
  /** Name of the namespace. */
  public readonly namespaceName: string;

  /** How its pods are part of the mesh. */
  public readonly mode: MeshNamespaceMode;

  /** Name of the waypoint that handles its requests; undefined when there is none. */
  public readonly waypointName?: string;

  /**
   * Creates a namespace.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the namespace unless the metadata set another one: a DNS label.
   * @param props How its pods are part of the mesh, and further settings of the namespace.
   * @throws an error when two modes are set, or none; when the metadata repeat a label or annotation of another prop; for Kubernetes'
   * own namespaces and that of Istio; and when the specified release does not support a label.
   */
  public constructor(scope: Construct, id: string, props: MeshNamespaceProps = {}) {
    super(scope, id);
    checkProps(this, 'MeshNamespaceProps', props, MeshNamespace);
    const { metadata, waypoint, argoCd, podSecurity } = props;
    checkObject(this, 'podSecurity', undefined, podSecurity, 'an object, such as { enforce: PodSecurityLevel.BASELINE }');
    checkObject(this, 'argoCd', undefined, argoCd, 'an object, such as { syncWave: -1 }');
    this.namespaceName = nameOf(this, props);
    checkDnsLabel(this, 'name of Namespace', this.namespaceName);
    checkReadable(this, 'metadata', { name: this.namespaceName });
    this.checkScope();
    checkMetadata(this, props);
    if (metadata?.namespace !== undefined) throw invalid(this, `namespace ${show(metadata.namespace)} of a namespace`, 'a Namespace is not in a namespace. Leave it out');
    this.mode = modeOf(this, props);
    this.waypointName = waypoint;
    if (this.mode === MeshNamespaceMode.AMBIENT) EgressRegistry.of(this).addAmbient(this.namespaceName, waypoint);
    const written = {
      labels: { ...meshLabels(this, this.mode, props), ...podSecurityLabels(this, podSecurity), ...argoCdLabels(this, argoCd) },
      annotations: argoCdAnnotations(this, argoCd),
    };
    checkSetOnce(this, props, written.labels);
    const object = new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        ...metadata,
        name: this.namespaceName,
        labels: { ...metadata?.labels, ...written.labels },
        annotations: { ...metadata?.annotations, ...written.annotations },
      },
    });
    // cdk8s gives every object the namespace of its chart.
    (object.metadata as { namespace?: string }).namespace = undefined;
    checkModeOfChart(this, object, written.labels);
  }

  private checkScope(): void {
    const { rootNamespace } = Mesh.of(this);
    if (NEVER_INJECTED.includes(this.namespaceName)) {
      throw invalid(this, `namespace ${show(this.namespaceName)} in the mesh`, 'Istio does not inject sidecars into Kubernetes\' own namespaces. Put models into another one');
    }
    if (this.namespaceName === rootNamespace) {
      throw invalid(this, `root namespace ${show(rootNamespace)} as a namespace for models`, 'it holds Istio itself, and its policies apply to the whole mesh. Put models into another one');
    }
  }
}

function modeOf(at: IConstruct, { injection, revision, ambient }: MeshNamespaceProps): MeshNamespaceMode {
  const modes: MeshNamespaceMode[] = [];
  if (injection) modes.push(MeshNamespaceMode.INJECTION);
  if (revision !== undefined) modes.push(MeshNamespaceMode.REVISION);
  if (ambient) modes.push(MeshNamespaceMode.AMBIENT);
  if (modes.length > 1) throw invalid(at, `${modes.join(' and ')} for one namespace`, 'a namespace has one mode. Keep one of them');
  if (modes.length === 0 && injection === false) {
    throw invalid(at, 'a namespace in the mesh with injection false', 'set revision or ambient, or use a plain Namespace for pods outside the mesh');
  }
  return modes[0] ?? MeshNamespaceMode.INJECTION;
}

function meshLabels(at: IConstruct, mode: MeshNamespaceMode, { revision, waypoint, waypointNamespace }: MeshNamespaceProps): Texts {
  const release = Mesh.of(at)._release;
  if (mode !== MeshNamespaceMode.AMBIENT) {
    if (waypoint !== undefined) throw invalid(at, `waypoint ${show(waypoint)} without ambient`, 'sidecars use no waypoint. Set ambient, or leave waypoint out');
    if (waypointNamespace !== undefined) throw invalid(at, `waypointNamespace ${show(waypointNamespace)} without ambient`, 'sidecars use no waypoint. Leave it out');
    if (mode === MeshNamespaceMode.INJECTION) return { [INJECTION]: 'enabled' };
    checkDnsLabel(at, 'revision', revision!);
    return { [REVISION]: revision! };
  }
  release.require(at, DATAPLANE_MODE, '1.18');
  const labels: Texts = { [DATAPLANE_MODE]: 'ambient' };
  if (waypoint !== undefined) {
    release.require(at, WAYPOINT, '1.22');
    if (waypoint === 'none') throw invalid(at, 'waypoint "none"', 'to Istio this value means no waypoint. Leave it out');
    checkDnsLabel(at, 'waypoint', waypoint);
    labels[WAYPOINT] = waypoint;
  }
  if (waypointNamespace !== undefined) {
    if (waypoint === undefined) throw invalid(at, `waypointNamespace ${show(waypointNamespace)} without a waypoint`, 'set waypoint to its name');
    release.require(at, WAYPOINT_NAMESPACE, '1.23');
    checkDnsLabel(at, 'waypointNamespace', waypointNamespace);
    labels[WAYPOINT_NAMESPACE] = waypointNamespace;
  }
  return labels;
}

function podSecurityLabels(at: IConstruct, options: PodSecurityOptions = {}): Texts {
  const labels: Texts = {};
  const add = (mode: string, level: PodSecurityLevel | undefined, version: string | undefined): void => {
    if (level !== undefined) {
      const levels: string[] = Object.values(PodSecurityLevel);
      if (!levels.includes(level)) throw invalid(at, `podSecurity.${mode} ${show(level)}`, `expected one of ${levels.join(', ')}`);
      labels[POD_SECURITY + mode] = level;
    }
    if (version === undefined) return;
    if (level === undefined) throw invalid(at, `podSecurity.${mode}Version ${show(version)} without podSecurity.${mode}`, `set podSecurity.${mode}`);
    if (typeof version !== 'string' || !/^(latest|v1\.(0|[1-9]\d*))$/.test(version)) {
      throw invalid(at, `podSecurity.${mode}Version ${show(version)}`, 'expected "latest" or a release such as "v1.31"');
    }
    labels[`${POD_SECURITY}${mode}-version`] = version;
  };
  add('enforce', options.enforce, options.enforceVersion);
  add('audit', options.audit, options.auditVersion);
  add('warn', options.warn, options.warnVersion);
  return labels;
}

function argoCdLabels(at: IConstruct, { application, managedBy }: ArgoCdOptions = {}): Texts {
  const labels: Texts = {};
  if (application !== undefined) {
    checkObjectName(at, 'argoCd.application', application);
    labels[INSTANCE] = application;
  }
  if (managedBy !== undefined) {
    checkDnsLabel(at, 'argoCd.managedBy', managedBy);
    labels[`${ARGO_CD}managed-by`] = managedBy;
  }
  checkLabels(at, 'argoCd', labels);
  return labels;
}

function argoCdAnnotations(at: IConstruct, { syncWave, prune, deletion }: ArgoCdOptions = {}): Texts {
  const annotations: Texts = {};
  if (syncWave !== undefined) {
    checkInteger(at, 'argoCd.syncWave', syncWave, -WAVE_LIMIT, WAVE_LIMIT);
    annotations[`${ARGO_CD}sync-wave`] = String(syncWave);
  }
  const options: string[] = [];
  for (const [prop, option, value] of [['prune', 'Prune', prune], ['deletion', 'Delete', deletion]] as const) {
    if (value === undefined) continue;
    const known: string[] = Object.values(ArgoCdRemoval);
    if (!known.includes(value)) throw invalid(at, `argoCd.${prop} ${show(value)}`, `expected one of ${known.join(', ')}`);
    options.push(`${option}=${value}`);
  }
  if (options.length > 0) annotations[`${ARGO_CD}sync-options`] = options.join(',');
  return annotations;
}

/** A label or annotation that a prop writes can be set only with that prop, so that two places never disagree. */
function checkSetOnce(at: IConstruct, { metadata }: MeshNamespaceProps, written: Texts): void {
  for (const label of Object.keys(metadata?.labels ?? {})) {
    const prop = label.startsWith(POD_SECURITY) ? 'podSecurity' : PROP_OF_LABEL[label] ?? (label in written ? 'argoCd.application' : undefined);
    if (prop !== undefined) throw invalid(at, `label ${label} in the metadata`, `set it with ${prop}`);
  }
  for (const annotation of Object.keys(metadata?.annotations ?? {})) {
    const props = PROPS_OF_ANNOTATION[annotation];
    if (props !== undefined) throw invalid(at, `annotation ${annotation} in the metadata`, `set it with ${props}`);
  }
}

/** A chart's labels are added to all its objects: they must not put the namespace into the mesh in a second mode. */
function checkModeOfChart(at: IConstruct, object: ApiObject, written: Texts): void {
  for (const label of [INJECTION, REVISION, DATAPLANE_MODE, WAYPOINT, WAYPOINT_NAMESPACE]) {
    const value = object.metadata.getLabel(label);
    if (value !== written[label]) {
      throw invalid(at, `label ${label}=${value} of the chart`, 'it puts the namespace into the mesh in another mode than its props. Remove it from the chart');
    }
  }
}
