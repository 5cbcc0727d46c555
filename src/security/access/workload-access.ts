import { Construct, IConstruct } from 'constructs';
import { allowed, Caller, CallerKind } from './caller';
import { ENGINE_PORTS } from '../../cluster/core1-operator/defaults';
import { deploymentId } from '../../cluster/core1-operator/names';
import { planPredictors } from '../../cluster/core1-operator/predictors';
import { MAX_TARGETS, PolicyTarget, PolicyTargetRef } from '../../istio/common/policy-target';
import { namespaceOf } from '../../mesh/manifest';
import { ManifestProps } from '../../mesh/manifest-props';
import { checkObjectName } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkTexts } from '../../plan/checks/type-checks';
import { ISeldonDeployment, Predictor } from '../../seldon/core1/predictor';
import { OperatorOwned } from '../../seldon/core1/registry';
import { SeldonDeployment } from '../../seldon/core1/seldon-deployment';
import { AuthorizationRule } from '../authorization/authorization-rule';
import { EnforcementChecks } from '../enforcement-checks';

/** What looks at the calls of pods. */
export enum AccessEnforcer {
  /** The sidecars of the pods. */
  SIDECAR = 'sidecar',
  /** A waypoint that the Services of the pods use, in ambient mode. */
  WAYPOINT = 'waypoint',
  /** The cluster's network, which knows pods and namespaces and no requests. */
  NETWORK = 'network',
}

/** Who may call the pods of a SeldonDeployment. */
export interface DeploymentAccessProps extends ManifestProps {
  /** The deployment. The policy is in its namespace. */
  readonly deployment: ISeldonDeployment;

  /** Who may call: those whom one of these describes. */
  readonly allow: Caller[];

  /**
   * What looks at the calls; it must be there already.
   *
   * @default AccessEnforcer.SIDECAR
   */
  readonly enforcedBy?: AccessEnforcer;

  /**
   * Paths that everybody may `GET`: exact ones. Metrics share a port with requests, so ports are never opened.
   *
   * @default - `/prometheus` for metrics, and those of probes: `/live`, `/ready`, `/health/ping`, `/health/status`, `/v2/health/live`
   * and `/v2/health/ready`
   */
  readonly openPaths?: string[];

  /**
   * Service accounts of the deployment's own pods, which call one another: an orchestrator the nodes of its graph in other pods, an
   * explainer its predictor. Whatever else runs as one of them may call as well: give them one of their own.
   *
   * @default - those that the deployment names, `default` where it names none; nobody when each predictor is one pod. Of a deployment
   * that lives elsewhere it must be said
   */
  readonly ownServiceAccounts?: string[];
}

const OPEN_PATHS = ['/prometheus', '/live', '/ready', '/health/ping', '/health/status', '/v2/health/live', '/v2/health/ready'];

/** What one policy of a deployment is for. @internal */
export interface DeploymentPolicy {
  /** Where it holds. */
  readonly target: PolicyTarget;
  /** What it says. */
  readonly rules: AuthorizationRule[];
}

/**
 * The policies of a deployment: one for each value of the label by which its pods are selected.
 *
 * @internal
 */
export function deploymentPolicies(at: Construct, props: DeploymentAccessProps): DeploymentPolicy[] {
  const { deployment, allow, enforcedBy = AccessEnforcer.SIDECAR, openPaths = OPEN_PATHS } = props;
  checkDeployment(at, deployment);
  const namespace = deployment.deploymentNamespace;
  if (namespaceOf(at, { namespace, ...props }) !== namespace) {
    throw invalid(at, `namespace ${show(namespaceOf(at, props))} for SeldonDeployment ${deployment.deploymentName} of namespace ${show(namespace)}`,
      'policies select pods of their own namespace: leave it out');
  }
  checkTexts(at, 'openPaths', openPaths);
  for (const path of openPaths) {
    if (!/^\/[^*{}?#]+$/.test(path)) throw invalid(at, `open path ${show(path)}`, 'expected an exact path such as "/prometheus"');
  }
  const pods = podsOf(deployment);
  const own = props.ownServiceAccounts ?? pods.accounts;
  if (own === undefined) {
    throw invalid(at, `SeldonDeployment ${deployment.deploymentName} lives elsewhere, and nothing says whether its pods call one another`,
      'say ownServiceAccounts: those of its pods, or none when each predictor is one pod');
  }
  checkTexts(at, 'ownServiceAccounts', own);
  for (const account of own) checkObjectName(at, 'own service account', account);
  const rules: AuthorizationRule[] = [
    ...allow.map(allowed),
    ...own.length === 0 ? [] : [{ from: [{ principals: own.map((account) => `*/ns/${namespace ?? 'default'}/sa/${account}`) }] }],
    ...openPaths.length === 0 ? [] : [{ to: [{ methods: ['GET'], paths: openPaths }] }],
  ];
  switch (enforcedBy) {
    case AccessEnforcer.SIDECAR:
      checkSidecars(at, deployment, namespace, pods.ids, allow);
      return pods.ids.map((id) => ({ target: { namespace, selector: { 'seldon-deployment-id': id } }, rules }));
    case AccessEnforcer.WAYPOINT:
      return chunksOf(servicesOf(deployment)).map((targetRefs) => ({ target: { namespace, targetRefs }, rules }));
    default:
      throw invalid(at, `enforcedBy ${show(enforcedBy)} for a SeldonDeployment`,
        `expected ${AccessEnforcer.SIDECAR} or ${AccessEnforcer.WAYPOINT}: the network cannot tell metrics and probes from requests, which share a port`);
  }
}

/** A policy has room for some Services. */
function chunksOf(names: readonly string[]): PolicyTargetRef[][] {
  const all = names.map((name) => PolicyTargetRef.service(name));
  const chunks: PolicyTargetRef[][] = [];
  for (let i = 0; i < all.length; i += MAX_TARGETS) chunks.push(all.slice(i, i + MAX_TARGETS));
  return chunks;
}

const INJECT = 'sidecar.istio.io/inject';

/** Pods that are known to have none heed no policy. */
function checkSidecars(
  at: IConstruct, deployment: ISeldonDeployment, namespace: string | undefined, ids: readonly string[], allow: readonly Caller[],
): void {
  const certificates = allow.some(({ _terms }) => _terms.some(({ kind }) => kind !== CallerKind.TOKEN));
  for (const id of ids) EnforcementChecks.of(at).useSidecars({ at, namespace, selector: { 'seldon-deployment-id': id }, certificates });
  if (!(deployment instanceof SeldonDeployment)) return;
  for (const { predictor, pods } of planPredictors(deployment._manifest(), ENGINE_PORTS)) {
    const annotation = (predictor as { readonly annotations?: { readonly [name: string]: string } }).annotations?.[INJECT];
    if (annotation !== 'false' && !pods.some(({ labels }) => labels[INJECT] === 'false')) continue;
    throw invalid(at, `predictor ${show(predictor.name)} of SeldonDeployment ${deployment.deploymentName} has pods without sidecar (${INJECT}: "false")`,
      'nobody would heed the policy there: let them have one, or say enforcedBy: AccessEnforcer.WAYPOINT');
  }
}

function checkDeployment(at: IConstruct, deployment: ISeldonDeployment): void {
  const given = deployment as Partial<ISeldonDeployment & { target: unknown }> | null | undefined;
  if (typeof given?.deploymentName === 'string') return;
  if (given instanceof Predictor) {
    throw invalid(at, `predictor ${given.predictorName} in place of its SeldonDeployment`, 'a policy is for all pods of one: give the deployment');
  }
  if (typeof given?.target === 'function') {
    throw invalid(at, 'a model of Seldon Core 2 in place of a SeldonDeployment',
      'its models share pods and are told apart by a header that any caller may send: say who may call one at the gateway, by atGateway, and who may reach all of them by atRuntime');
  }
  throw invalid(at, `deployment ${show(deployment)}`, 'expected a SeldonDeployment, or SeldonDeployment.fromSeldonDeploymentName(…) for an existing one');
}

interface PodManifest {
  readonly spec?: { readonly serviceAccountName?: string };
}

interface UnitManifest {
  readonly serviceAccountName?: string;
  readonly children?: readonly UnitManifest[];
}

/** Values of the label of its pods, and accounts of pods that call one another. */
function podsOf(deployment: ISeldonDeployment): { readonly ids: string[]; readonly accounts?: string[] } {
  const id = deploymentId(deployment.deploymentName);
  if (!(deployment instanceof SeldonDeployment)) return { ids: [id] };
  const manifest = deployment._manifest();
  const planned = planPredictors(manifest, ENGINE_PORTS);
  const ids = new Set([id, ...planned.flatMap(({ pods }) => pods.map(({ labels }) => labels['seldon-deployment-id']))]);
  const accounts = new Set<string>();
  for (const { predictor, pods } of planned) {
    if (pods.length < 2) continue;
    const specs = (predictor.componentSpecs ?? []) as readonly PodManifest[];
    for (const { spec } of specs) accounts.add(spec?.serviceAccountName ?? 'default');
    for (const account of graphAccounts(predictor.graph as UnitManifest)) accounts.add(account);
    const { explainer } = predictor as { readonly explainer?: { readonly type?: string; readonly serviceAccountName?: string } };
    if (explainer?.type) accounts.add(explainer.serviceAccountName ?? 'default');
    // An orchestrator with pods of its own, and nodes whose pods nobody wrote.
    if (specs.length < pods.length - (explainer?.type ? 1 : 0)) accounts.add('default');
  }
  return { ids: [...ids], accounts: [...accounts].sort() };
}

function graphAccounts({ serviceAccountName, children = [] }: UnitManifest): string[] {
  return [...serviceAccountName === undefined ? [] : [serviceAccountName], ...children.flatMap(graphAccounts)];
}

/** Services by which callers reach the pods: those of predictors, of nodes in them and of explainers. Nodes of one that lives elsewhere are not known. */
function servicesOf(deployment: ISeldonDeployment): string[] {
  if (deployment instanceof SeldonDeployment) return deployment._services().map(({ name }) => name);
  return (deployment as OperatorOwned)._operatorObjects().destinationRules;
}
