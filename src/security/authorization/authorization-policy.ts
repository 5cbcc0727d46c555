import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { requiredIssuers, AuthorizationRule, looksAtTokens, ruleToJson } from './authorization-rule';
import { warnOfFixedTrustDomains } from './fixed-trust-domain';
import { checkRules } from './rule-checks';
import { checkCustom, checkUnsafeRules } from './unsafe-rules';
import type * as security from '../../../imports/security.istio.io';
import { checkPolicyTarget, PolicyTargetRef, targetToJson } from '../../istio/common/policy-target';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { ManifestProps } from '../../mesh/manifest-props';
import { Mesh } from '../../mesh/mesh';
import { checkObjectName } from '../../plan/checks/checks';
import { invalid, show } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { TokenChecks } from '../authentication/token-checks';
import { securityTypes } from '../security-types';

/** What becomes of requests that a policy's rules match. */
export enum AuthorizationAction {
  /** They pass, and whatever matches no rule of any such policy for the same pods is denied. */
  ALLOW = 'ALLOW',
  /** They are denied, whatever else allows them. */
  DENY = 'DENY',
  /** They are marked for the audit log. */
  AUDIT = 'AUDIT',
  /** Another program decides, which the mesh's configuration names as extension provider. */
  CUSTOM = 'CUSTOM',
}

/** What an AuthorizationPolicy says. */
export interface AuthorizationPolicyProps extends ManifestProps {
  /**
   * What becomes of matching requests.
   *
   * @default - Istio's: ALLOW
   */
  readonly action?: AuthorizationAction;

  /**
   * Which requests match: those of one of the rules.
   *
   * @default - none: with ALLOW everything is denied; other actions need rules
   */
  readonly rules?: AuthorizationRule[];

  /**
   * Labels of the pods that it is for, at least one.
   *
   * @default - all pods of the namespace
   */
  readonly selector?: { [label: string]: string };

  /**
   * What a waypoint or a gateway of the Gateway API enforces it for, in place of a selector. Istio knows it since 1.22.
   *
   * @default - pods enforce it
   */
  readonly targetRefs?: PolicyTargetRef[];

  /**
   * Name of the extension provider that decides, for CUSTOM.
   *
   * @default - none
   */
  readonly provider?: string;

  /**
   * Whether matches are only logged, for ALLOW and DENY.
   *
   * @default false
   */
  readonly dryRun?: boolean;

  /**
   * Accepts that rules about callers deny REST paths of the Open Inference Protocol and leave its gRPC calls open.
   *
   * @default false
   */
  readonly restOnly?: boolean;

  /**
   * Accepts that a policy without selector in the mesh's root namespace denies all requests of the whole mesh, or all that it does not
   * allow.
   *
   * @default false
   */
  readonly meshWide?: boolean;
}

const DRY_RUN = 'istio.io/dry-run';

/**
 * Says which requests pass, with every field that Istio has. A `ModelAccessPolicy` says who may call a model in fewer words.
 *
 * Only pods with a sidecar, gateways and waypoints enforce it.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export class AuthorizationPolicy extends KubernetesObject {
  private rules: () => readonly AuthorizationRule[] | undefined;

  /**
   * Makes an AuthorizationPolicy.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata says otherwise.
   * @param props What it says, and for whom.
   * @throws an error when Istio would refuse a value, when no request can match a rule, when everything would be denied in the whole
   * mesh, or when gRPC calls stay open where REST is closed; before anything is written, when rules look at claims of tokens that no
   * RequestAuthentication of the app checks.
   */
  public constructor(scope: Construct, id: string, props: AuthorizationPolicyProps = {}) {
    super(scope, id);
    checkProps(this, 'AuthorizationPolicyProps', props, AuthorizationPolicy);
    const { action, rules, provider } = props;
    const mesh = Mesh.of(this);
    const target = { namespace: namespaceOf(this, props), selector: props.selector, targetRefs: props.targetRefs };
    checkPolicyTarget(this, target);
    if (action !== undefined && !(Object.values(AuthorizationAction) as string[]).includes(action)) {
      throw invalid(this, `action ${show(action)}`, `expected one of ${Object.values(AuthorizationAction).join(', ')}`);
    }
    const denies = action !== undefined && action !== AuthorizationAction.ALLOW;
    if (rules !== undefined) {
      checkRules(this, rules);
      warnOfFixedTrustDomains(this, rules);
    }
    if (denies && (rules ?? []).length === 0) {
      throw invalid(this, `action ${action} without rules`, 'no request would match: say which, or [{ everything: true }] for every one');
    }
    this.checkMeshWide(props, target.namespace, denies, rules ?? []);
    this.checkProvider(action, provider);
    if (action === AuthorizationAction.CUSTOM) checkCustom(this, rules!);
    checkUnsafeRules(this, action ?? AuthorizationAction.ALLOW, rules ?? [], props.restOnly ?? false);
    if ((rules ?? []).some(looksAtTokens)) TokenChecks.of(this).use({ at: this, target, issuers: requiredIssuers(rules!) });
    const metadata = this.metadataOf(props);
    this.rules = () => rules;
    const spec = () => securityTypes().toJson_AuthorizationPolicySpec({
      ...targetToJson(target),
      action,
      provider: provider === undefined ? undefined : { name: provider },
      rules: this.rules()?.map(ruleToJson),
    } as security.AuthorizationPolicySpec) ?? {};
    writeManifest(this, {
      apiVersion: mesh._release.apiVersion(this, 'AuthorizationPolicy'), kind: 'AuthorizationPolicy', spec,
    }, { ...props, metadata });
  }

  /** Writes other rules than those that were checked, which only differ in what other constructs add to them. @internal */
  public _replaceRules(rules: () => readonly AuthorizationRule[]): void {
    this.rules = rules;
  }

  /** What holds in the root namespace without a selector holds for the whole mesh, its gateways included. */
  private checkMeshWide(
    { selector, targetRefs, meshWide, action }: AuthorizationPolicyProps, namespace: string | undefined, denies: boolean,
    rules: readonly AuthorizationRule[],
  ): void {
    const { rootNamespace } = Mesh.of(this);
    if (meshWide || selector !== undefined || targetRefs !== undefined || namespace !== rootNamespace) return;
    const where = `in the root namespace ${show(rootNamespace)}`;
    const remedy = 'say single namespaces or a selector, or meshWide: true if that is meant';
    if (!denies && rules.length === 0) throw invalid(this, `a policy without rules ${where}`, `it would deny every request of the whole mesh: ${remedy}`);
    if (!denies) throw invalid(this, `a policy that allows ${where}`, `it would deny every other request of the whole mesh: ${remedy}`);
    if (action === AuthorizationAction.DENY && rules.some(({ everything }) => everything)) {
      throw invalid(this, `a policy that denies everything ${where}`, `it would hold for the whole mesh: ${remedy}`);
    }
  }

  private checkProvider(action: AuthorizationAction | undefined, provider: string | undefined): void {
    if (action === AuthorizationAction.CUSTOM && provider === undefined) {
      throw invalid(this, 'action CUSTOM without a provider', 'name the extension provider of the mesh that decides');
    }
    if (provider === undefined) return;
    if (action !== AuthorizationAction.CUSTOM) throw invalid(this, `provider with action ${action ?? 'ALLOW'}`, 'only CUSTOM has one');
    checkObjectName(this, 'provider', provider);
  }

  private metadataOf({ metadata, action, dryRun }: AuthorizationPolicyProps): ApiObjectMetadata | undefined {
    const written = metadata?.annotations?.[DRY_RUN];
    if (written !== undefined) throw invalid(this, `annotation ${DRY_RUN}`, 'say dryRun in place of it');
    if (dryRun === undefined) return metadata;
    if (dryRun && (action === AuthorizationAction.AUDIT || action === AuthorizationAction.CUSTOM)) {
      throw invalid(this, `dryRun with action ${action}`, 'Istio tries out ALLOW and DENY only');
    }
    return dryRun ? { ...metadata, annotations: { ...metadata?.annotations, [DRY_RUN]: 'true' } } : metadata;
  }
}
