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

/** Properties for `RequestAuthentication`. */
export interface RequestAuthenticationProps extends ManifestProps {
  /** The rules about accepted tokens, at least one. */
  readonly jwtRules: JwtRule[];

  /**
   * The gateway whose pods validate tokens, instead of a selector. The namespace of the object is that of these pods.
   *
   * @default - no gateway
   */
  readonly gateway?: IGateway;

  /**
   * Labels of the pods that validate tokens, at least one.
   *
   * @default - all pods of the namespace
   */
  readonly selector?: { [label: string]: string };

  /**
   * Objects for which a waypoint or a gateway of the Gateway API validates tokens, instead of a selector. Requires Istio 1.22.
   *
   * @default - pods validate tokens
   */
  readonly targetRefs?: PolicyTargetRef[];
}

/** Properties of an existing RequestAuthentication that is not defined in this app. */
export interface RequestAuthenticationReferenceOptions {
  /**
   * Its namespace.
   *
   * @default - the chart's
   */
  readonly namespace?: string;

  /**
   * Labels of the pods to which it applies.
   *
   * @default - all pods of the namespace
   */
  readonly selector?: { [label: string]: string };

  /**
   * Objects to which it applies, instead of a selector.
   *
   * @default - pods
   */
  readonly targetRefs?: PolicyTargetRef[];

  /**
   * Issuers whose tokens it accepts.
   *
   * @default - unknown, so that rules about any issuer are accepted
   */
  readonly issuers?: string[];

  /**
   * Whether it forwards tokens to the pods behind.
   *
   * @default true
   */
  readonly forwardOriginalToken?: boolean;
}

/** A RequestAuthentication of this app, or an existing one that is not defined in this app. */
export interface IRequestAuthentication {
  /** Its `metadata.name`. */
  readonly requestAuthenticationName: string;
}

/**
 * Validates the JSON Web Tokens of requests: at the pods of a gateway, at other pods, or at a waypoint. A request with an invalid token
 * gets 401. A request without a token is accepted and has no claims: an access policy or an `AuthorizationPolicy` decides which
 * requests are allowed.
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
   * References an existing RequestAuthentication that another chart, repository or tool creates, so that rules about claims can rely on it.
   *
   * @param scope The construct that the reference belongs to.
   * @param id Id of the construct.
   * @param requestAuthenticationName The RequestAuthentication's `metadata.name`.
   * @param options The pods or objects to which it applies, and its issuers.
   * @throws an error when a name or a label is invalid.
   */
  public static fromRequestAuthenticationName(
    scope: Construct, id: string, requestAuthenticationName: string, options: RequestAuthenticationReferenceOptions = {},
  ): IRequestAuthentication {
    return new RequestAuthenticationReference(scope, id, requestAuthenticationName, options);
  }

  /** The RequestAuthentication's `metadata.name`. */
  public readonly requestAuthenticationName: string;

  /**
   * Creates a RequestAuthentication.
   *
   * @param scope The construct that it belongs to.
   * @param id Id of the construct, and name of the object unless the metadata sets another one.
   * @param props The accepted tokens, and the pods that validate them.
   * @throws an error when there is no rule; when a rule has neither issuer nor `jwksUri`, two sources of keys or none, a private key, or
   * an empty string; when more than one of `gateway`, `selector` and `targetRefs` is set; when the pods of the gateway are not known, or
   * can be in another namespace.
   */
  public constructor(scope: Construct, id: string, props: RequestAuthenticationProps) {
    super(scope, id);
    checkProps(this, 'RequestAuthenticationProps', props, RequestAuthentication);
    const { jwtRules, gateway } = props;
    checkList(this, 'jwtRules', jwtRules, 'rules');
    if (jwtRules.length === 0) throw invalid(this, 'no jwtRules', 'add a rule, since without rules no token is validated');
    jwtRules.forEach((rule, i) => checkJwtRule(this, `jwtRules[${i}]`, rule));
    if (gateway !== undefined && (props.selector ?? props.targetRefs) !== undefined) {
      throw invalid(this, 'gateway together with a selector or targetRefs', 'set only one of them');
    }
    const resolved = gateway === undefined ? props : { ...props, ...gatewayPods(this, gateway, props) };
    const target = { namespace: namespaceOf(this, resolved), selector: resolved.selector, targetRefs: props.targetRefs };
    checkPolicyTarget(this, target);
    this.requestAuthenticationName = nameOf(this, props);
    const known = jwtRules.map(({ issuer, forwardOriginalToken }) => ({ issuer, forwards: forwardOriginalToken }));
    TokenChecks.of(this).add({ at: this, target, rules: known });
    const rules = { ...targetToJson(target), jwtRules: jwtRules.map(jwtRuleToJson) };
    const spec = keepNewerFields(securityTypes().toJson_RequestAuthenticationSpec(rules as security.RequestAuthenticationSpec), rules, NEWER_FIELDS);
    writeManifest(this, {
      apiVersion: Mesh.of(this)._release.apiVersion(this, 'RequestAuthentication'), kind: 'RequestAuthentication', spec: () => spec,
    }, resolved);
  }
}

/** An existing RequestAuthentication that is not defined in this app. */
class RequestAuthenticationReference extends Construct implements IRequestAuthentication {
  constructor(scope: Construct, id: string, public readonly requestAuthenticationName: string, options: RequestAuthenticationReferenceOptions) {
    super(scope, id);
    checkProps(this, 'RequestAuthenticationReferenceOptions', options);
    checkNoNamespace(this, 'RequestAuthentication', requestAuthenticationName);
    checkObjectName(this, 'name of RequestAuthentication', requestAuthenticationName);
    const { selector, targetRefs, issuers = [], forwardOriginalToken = true } = options;
    const target = { namespace: namespaceOf(this, options), selector, targetRefs };
    checkPolicyTarget(this, target);
    TokenChecks.of(this).add({ at: this, target, rules: issuers.map((issuer) => ({ issuer, forwards: forwardOriginalToken })) });
  }
}
