import { Construct } from 'constructs';
import { checkJwtRule, JwtRule, jwtRuleToJson } from './jwt-rule';
import { checkPolicyTarget, PolicyTargetRef, targetToJson } from '../../istio/common/policy-target';
import { securityTypes } from '../security-types';
import { TokenChecks } from './token-checks';
import type * as security from '../../../imports/security.istio.io';
import { nameOf } from '../../mesh/default-name';
import { KubernetesObject } from '../../mesh/kubernetes-object';
import { namespaceOf, writeManifest } from '../../mesh/manifest';
import { ManifestProps } from '../../mesh/manifest-props';
import { Mesh } from '../../mesh/mesh';
import { fieldPaths, keepNewerFields } from '../../mesh/newer-fields';
import { checkNoNamespace, checkObjectName } from '../../plan/checks/checks';
import { invalid } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { checkList } from '../../plan/checks/type-checks';
import { IGateway } from '../../plan/gateway-ref';
import { gatewayPods } from '../gateway-pods';

const NEWER_FIELDS = fieldPaths('jwtRules[].presence');

/** Whose tokens are taken, and where. */
export interface RequestAuthenticationProps extends ManifestProps {
  /** Whose tokens are taken, at least one rule. */
  readonly jwtRules: JwtRule[];

  /**
   * The gateway whose pods check tokens, in place of a selector. The object's namespace is that of these pods.
   *
   * @default - no gateway
   */
  readonly gateway?: IGateway;

  /**
   * Labels of the pods that check tokens, at least one.
   *
   * @default - all pods of the namespace
   */
  readonly selector?: { [label: string]: string };

  /**
   * What a waypoint or a gateway of the Gateway API checks tokens for, in place of a selector. Istio knows it since 1.22.
   *
   * @default - pods check tokens
   */
  readonly targetRefs?: PolicyTargetRef[];
}

/** What is known of a RequestAuthentication that lives elsewhere. */
export interface RequestAuthenticationReferenceOptions {
  /**
   * Its namespace.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /**
   * Labels of the pods that it is for.
   *
   * @default - all pods of the namespace
   */
  readonly selector?: { [label: string]: string };

  /**
   * What it is for, in place of a selector.
   *
   * @default - pods
   */
  readonly targetRefs?: PolicyTargetRef[];

  /**
   * Issuers whose tokens it takes.
   *
   * @default - not known
   */
  readonly issuers?: string[];

  /**
   * Whether tokens go on to the pods behind.
   *
   * @default - not known, and taken for yes
   */
  readonly forwardOriginalToken?: boolean;
}

/** A RequestAuthentication: one of this app, or one that lives elsewhere. */
export interface IRequestAuthentication {
  /** Its `metadata.name`. */
  readonly requestAuthenticationName: string;
}

/**
 * Checks the JSON Web Tokens of requests: at the pods of a gateway, at other pods, or at a waypoint. A wrong token is answered with
 * 401. A request without one passes, and has no claims: who may do what is said by a `ModelAccessPolicy` or an
 * `AuthorizationPolicy`.
 *
 * @see https://istio.io/latest/docs/reference/config/security/request_authentication/
 *
 * @example
 * new RequestAuthentication(chart, 'login', {
 *   gateway,
 *   jwtRules: [{ issuer: 'https://login.example.com', jwksUri: 'https://login.example.com/keys', forwardOriginalToken: false }],
 * });
 */
export class RequestAuthentication extends KubernetesObject implements IRequestAuthentication {
  /**
   * A RequestAuthentication that another chart, another repository or another tool makes, so that rules about claims may rely on it.
   *
   * @param scope The construct that it is named for.
   * @param id Id of the construct.
   * @param name The RequestAuthentication's `metadata.name`.
   * @param options Where it holds.
   * @throws an error when a name or a label is wrong.
   */
  public static fromRequestAuthenticationName(
    scope: Construct, id: string, name: string, options: RequestAuthenticationReferenceOptions = {},
  ): IRequestAuthentication {
    checkProps(scope, 'RequestAuthenticationReferenceOptions', options);
    return new RequestAuthenticationReference(scope, id, name, options);
  }

  /** The RequestAuthentication's `metadata.name`. */
  public readonly requestAuthenticationName: string;

  /**
   * Makes a RequestAuthentication.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata says otherwise.
   * @param props Whose tokens are taken, and where.
   * @throws an error when there is no rule; when a rule has neither issuer nor `jwksUri`, two sources of keys, none that can be found,
   * a private key, or an empty text; when it is for pods in two ways; when the pods of the gateway are not known, or may be in
   * another namespace.
   */
  public constructor(scope: Construct, id: string, props: RequestAuthenticationProps) {
    super(scope, id);
    checkProps(this, 'RequestAuthenticationProps', props, RequestAuthentication);
    const { jwtRules, gateway } = props;
    checkList(this, 'jwtRules', jwtRules, 'rules');
    if (jwtRules.length === 0) throw invalid(this, 'no jwtRules', 'say whose tokens are taken: without a rule nothing is checked');
    jwtRules.forEach((rule, i) => checkJwtRule(this, `jwtRules[${i}]`, rule));
    if (gateway !== undefined && (props.selector ?? props.targetRefs) !== undefined) {
      throw invalid(this, 'gateway beside a selector or targetRefs', 'say one of them');
    }
    const said = gateway === undefined ? props : { ...props, ...gatewayPods(this, gateway, props) };
    const target = { namespace: namespaceOf(this, said), selector: said.selector, targetRefs: props.targetRefs };
    checkPolicyTarget(this, target);
    this.requestAuthenticationName = nameOf(this, props);
    const known = jwtRules.map(({ issuer, forwardOriginalToken }) => ({ issuer, forwards: forwardOriginalToken }));
    TokenChecks.of(this).add({ at: this, target, rules: known });
    const rules = { ...targetToJson(target), jwtRules: jwtRules.map(jwtRuleToJson) };
    const spec = keepNewerFields(securityTypes().toJson_RequestAuthenticationSpec(rules as security.RequestAuthenticationSpec), rules, NEWER_FIELDS);
    writeManifest(this, {
      apiVersion: Mesh.of(this)._release.apiVersion(this, 'RequestAuthentication'), kind: 'RequestAuthentication', spec: () => spec,
    }, said);
  }
}

/** A RequestAuthentication that lives elsewhere. */
class RequestAuthenticationReference extends Construct implements IRequestAuthentication {
  constructor(scope: Construct, id: string, public readonly requestAuthenticationName: string, options: RequestAuthenticationReferenceOptions) {
    super(scope, id);
    checkNoNamespace(this, 'RequestAuthentication', requestAuthenticationName);
    checkObjectName(this, 'name of RequestAuthentication', requestAuthenticationName);
    const { selector, targetRefs, issuers = [], forwardOriginalToken = true } = options;
    const target = { namespace: namespaceOf(this, options), selector, targetRefs };
    checkPolicyTarget(this, target);
    TokenChecks.of(this).add({ at: this, target, rules: issuers.map((issuer) => ({ issuer, forwards: forwardOriginalToken })) });
  }
}
