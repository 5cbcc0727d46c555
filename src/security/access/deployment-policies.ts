import { Construct, IConstruct } from 'constructs';
import { allowed, Caller, CallerKind } from './caller';
import { AccessEnforcer, DeploymentAccessPolicyProps } from './deployment-access-policy-props';
import { ENGINE_PORTS, METRICS_PATH } from '../../cluster/core1-operator/defaults';
import { deploymentId } from '../../cluster/core1-operator/names';
import { planPredictors } from '../../cluster/core1-operator/predictors';
import { MAX_TARGETS, PolicyTarget, PolicyTargetRef } from '../../istio/common/policy-target';
import { namespaceOf } from '../../mesh/manifest';
import { checkObjectName } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkTexts } from '../../plan/checks/type-checks';
import { ISeldonDeployment, Predictor } from '../../seldon/core1/predictor';
import { SeldonDeployment } from '../../seldon/core1/seldon-deployment';
import { OperatorOwned } from '../../seldon/core1/seldon-deployments';
import { AuthorizationRule } from '../authorization/authorization-rule';
import { EnforcementChecks } from '../enforcement-checks';

const OPEN_PATHS = [METRICS_PATH, '/live', '/ready', '/health/ping', '/health/status', '/v2/health/live', '/v2/health/ready'];

/** One policy of a deployment. @internal */
export interface DeploymentPolicy {
  /** The pods or Services to which it applies. */
  readonly target: PolicyTarget;
  /** Its rules. */
  readonly rules: AuthorizationRule[];
}

/**
 * The policies of a deployment: one for each value of the label that selects its pods.
 *
 * @internal
 */
export function deploymentPolicies(at: Construct, props: DeploymentAccessPolicyProps): DeploymentPolicy[] {
  const { deployment, allow, enforcedBy = AccessEnforcer.SIDECAR, openPaths = OPEN_PATHS } = props;
  checkDeployment(at, deployment);
  const namespace = deployment.deploymentNamespace;
  if (namespaceOf(at, { namespace, ...props }) !== namespace) {
    throw invalid(at, `namespace ${show(namespaceOf(at, props))} for SeldonDeployment ${deployment.deploymentName} of namespace ${show(namespace)}`,
      'policies select only pods in their own namespace. Leave the namespace out');
  }
  checkTexts(at, 'openPaths', openPaths);
  for (const path of openPaths) {
    if (!/^\/[^*{}?#]+$/.test(path)) throw invalid(at, `open path ${show(path)}`, 'expected an exact path such as "/prometheus"');
  }
  const pods = podsOf(deployment);
  const own = props.ownServiceAccounts ?? pods.accounts;
  if (own === undefined) {
    throw invalid(at, `SeldonDeployment ${deployment.deploymentName} is not defined in this app, and it is not known whether its pods call each other`,
      'set ownServiceAccounts to those of its pods, or to an empty list if each predictor is one pod');
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
        `expected ${AccessEnforcer.SIDECAR} or ${AccessEnforcer.WAYPOINT}, since NetworkPolicies cannot distinguish metrics and probes from requests on the same port`);
  }
}

/** The Services, in chunks, since a policy has a maximum number of targets. */
function chunksOf(names: readonly string[]): PolicyTargetRef[][] {
  const all = names.map((name) => PolicyTargetRef.service(name));
  const chunks: PolicyTargetRef[][] = [];
  for (let i = 0; i < all.length; i += MAX_TARGETS) chunks.push(all.slice(i, i + MAX_TARGETS));
  return chunks;
}

const INJECT = 'sidecar.istio.io/inject';

/** Rejects pods that are known to have no sidecar, since they would not enforce the policy. */
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
      'the policy would not be enforced there. Enable their sidecars, or set enforcedBy: AccessEnforcer.WAYPOINT');
  }
}

function checkDeployment(at: IConstruct, deployment: ISeldonDeployment): void {
  const given = deployment as Partial<ISeldonDeployment & { target: unknown }> | null | undefined;
  if (typeof given?.deploymentName === 'string') return;
  if (given instanceof Predictor) {
    throw invalid(at, `predictor ${given.predictorName} instead of its SeldonDeployment`, 'set the deployment, since the policy applies to all its pods');
  }
  if (typeof given?.target === 'function') {
    throw invalid(at, 'a model of Seldon Core 2 instead of a SeldonDeployment',
      'these models share pods and are identified by a header that any caller can send. Restrict a single model with a GatewayAccessPolicy, and access to all of them with a RuntimeAccessPolicy');
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

/** Values of the label of its pods, and service accounts of pods that call each other. */
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
    // An orchestrator with separate pods, and nodes without a componentSpec.
    if (specs.length < pods.length - (explainer?.type ? 1 : 0)) accounts.add('default');
  }
  return { ids: [...ids], accounts: [...accounts].sort() };
}

function graphAccounts({ serviceAccountName, children = [] }: UnitManifest): string[] {
  return [...serviceAccountName === undefined ? [] : [serviceAccountName], ...children.flatMap(graphAccounts)];
}

/** The Services of the pods: those of predictors, their nodes and their explainers. The nodes of an existing deployment are not known. */
function servicesOf(deployment: ISeldonDeployment): string[] {
  if (deployment instanceof SeldonDeployment) return deployment._services().map(({ name }) => name);
  return (deployment as OperatorOwned)._operatorObjects().destinationRules;
}
