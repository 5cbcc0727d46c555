import { ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { requiredIssuers, AuthorizationRule, readsTokens, ruleToJson } from './authorization-rule';
import { warnOfFixedTrustDomains } from './fixed-trust-domain';
import { checkRules } from './rule-checks';
import { checkCustom, checkUnsafeRules } from './unsafe-rules';
import type * as security from '../../../imports/security.istio.io';
import { declareFacts } from '../../cluster/facts';
import { checkPolicyTarget, PolicyTargetRef, targetToJson } from '../../istio/common/policy-target';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { ManifestProps } from '../../mesh/manifest-props';
import { Mesh } from '../../mesh/mesh';
import { checkObjectName } from '../../plan/checks/checks';
import { invalid } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { TokenChecks } from '../authentication/token-checks';
import { securityTypes } from '../security-types';

/** The action for requests that match a rule of the policy. */
export enum AuthorizationAction {
  /** They are allowed. All requests that match no rule of any ALLOW policy for the same pods are denied. */
  ALLOW = 'ALLOW',
  /** They are denied, even if another policy allows them. */
  DENY = 'DENY',
  /** They are marked for the audit log. */
  AUDIT = 'AUDIT',
  /** An external authorizer decides, which the mesh configuration defines as an extension provider. */
  CUSTOM = 'CUSTOM',
}

/** Properties for `AuthorizationPolicy`. */
export interface AuthorizationPolicyProps extends ManifestProps {
  /**
   * The action for matching requests.
   *
   * @default - Istio's default, ALLOW
   */
  readonly action?: AuthorizationAction;

  /**
   * The rules. A request matches the policy if it matches one of them.
   *
   * @default - none: with ALLOW all requests are denied; other actions need rules
   */
  readonly rules?: AuthorizationRule[];

  /**
   * Labels of the pods to which it applies, at least one.
   *
   * @default - all pods of the namespace
   */
  readonly selector?: { [label: string]: string };

  /**
   * Objects for which a waypoint or a gateway of the Gateway API enforces it, instead of a selector. Requires Istio 1.22.
   *
   * @default - pods enforce it
   */
  readonly targetRefs?: PolicyTargetRef[];

  /**
   * Name of the extension provider, for CUSTOM.
   *
   * @default - none
   */
  readonly provider?: string;

  /**
   * Whether the policy is only a dry run, whose results are logged, for ALLOW and DENY.
   *
   * @default false
   */
  readonly dryRun?: boolean;
}

const DRY_RUN = 'istio.io/dry-run';

/**
 * Sets which requests are allowed, with all fields that Istio has. For access to a model, a `GatewayAccessPolicy` or a `DeploymentAccessPolicy` needs less code.
 *
 * It is enforced only by sidecars, gateways and waypoints.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export class AuthorizationPolicy extends KubernetesObject {
  private rules: () => readonly AuthorizationRule[] | undefined;

  /**
   * Creates an AuthorizationPolicy.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one.
   * @param props The rules, and the pods or objects to which they apply.
   * @throws an error when Istio would reject a value, or when no request can match a rule. The app does not synthesize when rules require
   * claims of tokens that no RequestAuthentication of the app validates, when the policy closes the whole mesh (rule
   * `policy-for-all-requests`), or when it denies REST requests and not the same gRPC calls (rule `rest-only-deny`). `Rules.accept` accepts
   * the last two.
   */
  public constructor(scope: Construct, id: string, props: AuthorizationPolicyProps = {}) {
    super(scope, id);
    checkProps(this, 'AuthorizationPolicyProps', props, AuthorizationPolicy);
    const { action, rules, provider } = props;
    const mesh = Mesh.of(this);
    const target = { namespace: namespaceOf(this, props), selector: props.selector, targetRefs: props.targetRefs };
    checkPolicyTarget(this, target);
    const given = rules ?? [];
    const denies = action !== undefined && action !== AuthorizationAction.ALLOW;
    if (rules !== undefined) {
      checkRules(this, rules);
      warnOfFixedTrustDomains(this, rules);
    }
    if (denies && given.length === 0) {
      throw invalid(this, `action ${action} without rules`, 'add rules, since no request would match, or [{ everything: true }] for all requests');
    }
    this.checkProvider(action, provider);
    if (action === AuthorizationAction.CUSTOM) checkCustom(this, given);
    checkUnsafeRules(this, action ?? AuthorizationAction.ALLOW, given);
    if (given.some(readsTokens)) TokenChecks.of(this).use({ at: this, target, issuers: requiredIssuers(given) });
    const metadata = this.metadataOf(props);
    this.rules = () => rules;
    const spec = () => securityTypes().toJson_AuthorizationPolicySpec({
      ...targetToJson(target),
      action,
      provider: provider === undefined ? undefined : { name: provider },
      rules: this.rules()?.map(ruleToJson),
    } as security.AuthorizationPolicySpec) ?? {};
    const object = writeManifest(this, {
      apiVersion: mesh._release.apiVersion(this, 'AuthorizationPolicy'), kind: 'AuthorizationPolicy', spec,
    }, { ...props, metadata });
    declareFacts(object, { isTyped: true });
  }

  /** Replaces the rules that were checked with rules to which other constructs have added something. @internal */
  public _replaceRules(rules: () => readonly AuthorizationRule[]): void {
    this.rules = rules;
  }

  private checkProvider(action: AuthorizationAction | undefined, provider: string | undefined): void {
    if (action === AuthorizationAction.CUSTOM && provider === undefined) {
      throw invalid(this, 'action CUSTOM without a provider', 'set the name of an extension provider of the mesh');
    }
    if (provider === undefined) return;
    if (action !== AuthorizationAction.CUSTOM) throw invalid(this, `provider with action ${action ?? 'ALLOW'}`, 'set action CUSTOM, or leave the provider out');
    checkObjectName(this, 'provider', provider);
  }

  private metadataOf({ metadata, action, dryRun }: AuthorizationPolicyProps): ApiObjectMetadata | undefined {
    const written = metadata?.annotations?.[DRY_RUN];
    if (written !== undefined) throw invalid(this, `annotation ${DRY_RUN}`, 'set dryRun instead');
    if (dryRun && (action === AuthorizationAction.AUDIT || action === AuthorizationAction.CUSTOM)) {
      throw invalid(this, `dryRun with action ${action}`, 'Istio supports dry runs only for ALLOW and DENY');
    }
    return dryRun ? { ...metadata, annotations: { ...metadata?.annotations, [DRY_RUN]: 'true' } } : metadata;
  }
}
