import { IConstruct } from 'constructs';
import { PolicyTarget, targetCovers } from '../../istio/common/policy-target';
import { Finding, reportFindings } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { inSentences, pathOf } from '../../plan/checks/errors';
import { writtenGateways } from '../written-gateways';

/** A RequestAuthentication, for the checks. @internal */
export interface TokenCheck {
  /** Its construct. */
  readonly at: IConstruct;
  /** The pods or objects to which it applies. */
  readonly target: PolicyTarget;
  /** Issuers, and whether their tokens are forwarded. An undefined issuer means any. */
  readonly rules: readonly { readonly issuer?: string; readonly forwards: boolean }[];
}

/** Rules about tokens. @internal */
export interface TokenUse {
  /** The construct with the rules. */
  readonly at: IConstruct;
  /** The pods or objects to which they apply. */
  readonly target: PolicyTarget;
  /** The issuers that they require. */
  readonly issuers: readonly string[];
}

/**
 * Checks that tokens are validated wherever rules of the mesh rely on them.
 *
 * @internal
 */
export class TokenChecks {
  /** Those of a construct's mesh. */
  public static of(construct: IConstruct): TokenChecks {
    return Mesh.of(construct)._part('token-checks', (scope) => new TokenChecks(scope));
  }

  private readonly checks: TokenCheck[] = [];
  private readonly uses: TokenUse[] = [];

  private constructor(private readonly scope: IConstruct) {
    reportFindings(scope, () => this.validate());
  }

  /** Adds a RequestAuthentication. */
  public add(check: TokenCheck): void {
    this.checks.push(check);
  }

  /** Adds rules about tokens. */
  public use(use: TokenUse): void {
    this.uses.push(use);
  }

  private validate(): Finding[] {
    if (this.uses.length === 0) return [];
    const gateways = [Mesh.of(this.scope).ingressSelector, ...writtenGateways(this.scope).map(({ selector }) => selector)];
    const isAtGateway = ({ selector, targetRefs }: PolicyTarget) => targetRefs === undefined && selector !== undefined
      && gateways.some((labels) => Object.entries(selector).every(([label, value]) => labels[label] === value));
    const atGateways = this.checks.filter(({ target }) => isAtGateway(target));
    return this.uses.flatMap((use) => this.problemsOf(use, atGateways, isAtGateway(use.target)).map((text) => ({ at: use.at, text })));
  }

  private problemsOf({ at, target, issuers: required }: TokenUse, atGateways: readonly TokenCheck[], isAtGateway: boolean): string[] {
    const covering = this.checks.filter((check) => targetCovers(at, check.target, target));
    if (covering.length === 0) {
      return [inSentences(`rules of ${pathOf(at)} require claims, and no RequestAuthentication applies to ${whereOf(target)}`,
        'without one no request has claims there. Add one for the same pods, or reference an existing one with RequestAuthentication.fromRequestAuthenticationName')];
    }
    const known = covering.flatMap(({ rules }) => rules.map(({ issuer }) => issuer));
    const anyOther = covering.some(({ rules }) => rules.length === 0) || known.includes(undefined);
    const unknown = anyOther ? undefined : required.find((issuer) => !known.includes(issuer));
    if (unknown !== undefined) {
      return [inSentences(`rules of ${pathOf(at)} require tokens of issuer "${unknown}", which no RequestAuthentication for ${whereOf(target)} accepts`,
        `expected one of ${known.map((issuer) => `"${issuer}"`).join(', ')}, or a jwtRule for this issuer`)];
    }
    if (isAtGateway) return [];
    const issuers = new Set(covering.flatMap(({ rules }) => rules.map(({ issuer }) => issuer)));
    return atGateways.filter((check) => !covering.includes(check)).flatMap((check) => check.rules
      .filter(({ issuer, forwards }) => !forwards && issuers.has(issuer))
      .map(({ issuer }) => inSentences(
        `rules of ${pathOf(at)} read tokens${issuer === undefined ? '' : ` of issuer "${issuer}"`}, which ${pathOf(check.at)} does not forward from the gateway`,
        'set forwardOriginalToken: true in its jwtRule')));
  }
}

function whereOf({ namespace, selector, targetRefs }: PolicyTarget): string {
  const where = namespace === undefined ? '' : ` of namespace "${namespace}"`;
  if (targetRefs !== undefined) return `${targetRefs.map(({ kind, name }) => `${kind} ${name}`).join(', ')}${where}`;
  const labels = Object.entries(selector ?? {}).map(([label, value]) => `${label}=${value}`);
  return labels.length === 0 ? `all pods${where}` : `pods ${labels.join(', ')}${where}`;
}
