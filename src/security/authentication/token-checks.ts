import { IConstruct } from 'constructs';
import { PolicyTarget, targetCovers } from '../../istio/common/policy-target';
import { Finding, reportFindings } from '../../mesh/findings';
import { Mesh } from '../../mesh/mesh';
import { pathOf } from '../../plan/checks/errors';
import { writtenGateways } from '../written-gateways';

/** Where tokens are checked. @internal */
export interface TokenCheck {
  /** The construct that says so. */
  readonly at: IConstruct;
  /** Where. */
  readonly target: PolicyTarget;
  /** Issuers and whether their tokens go on; an undefined issuer stands for any. */
  readonly rules: readonly { readonly issuer?: string; readonly forwards: boolean }[];
}

/** Where rules look at tokens. @internal */
export interface TokenUse {
  /** The construct whose rules do. */
  readonly at: IConstruct;
  /** Where. */
  readonly target: PolicyTarget;
  /** The issuers that they ask for. */
  readonly issuers: readonly string[];
}

/**
 * Where tokens of a mesh are checked, and where rules rely on that.
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

  /** Adds a place where tokens are checked. */
  public add(check: TokenCheck): void {
    this.checks.push(check);
  }

  /** Adds a place where rules look at tokens. */
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

  private problemsOf({ at, target, issuers: asked }: TokenUse, atGateways: readonly TokenCheck[], isAtGateway: boolean): string[] {
    const covering = this.checks.filter((check) => targetCovers(at, check.target, target));
    if (covering.length === 0) {
      return [`rules of ${pathOf(at)} look at claims, and no RequestAuthentication covers ${whereOf(target)}: `
        + 'without one no request has claims there; add one for the same pods, or name one that lives elsewhere by RequestAuthentication.fromRequestAuthenticationName'];
    }
    const known = covering.flatMap(({ rules }) => rules.map(({ issuer }) => issuer));
    const anyOther = covering.some(({ rules }) => rules.length === 0) || known.includes(undefined);
    const strange = anyOther ? undefined : asked.find((issuer) => !known.includes(issuer));
    if (strange !== undefined) {
      return [`rules of ${pathOf(at)} ask for tokens of issuer "${strange}", which no RequestAuthentication for ${whereOf(target)} takes: `
        + `expected one of ${known.map((issuer) => `"${issuer}"`).join(', ')}, or a rule there for it`];
    }
    if (isAtGateway) return [];
    const issuers = new Set(covering.flatMap(({ rules }) => rules.map(({ issuer }) => issuer)));
    return atGateways.filter((check) => !covering.includes(check)).flatMap((check) => check.rules
      .filter(({ issuer, forwards }) => !forwards && issuers.has(issuer))
      .map(({ issuer }) => `rules of ${pathOf(at)} look at tokens${issuer === undefined ? '' : ` of issuer "${issuer}"`}, which ${pathOf(check.at)} takes away at the gateway: `
        + 'say forwardOriginalToken: true there'));
  }
}

function whereOf({ namespace, selector, targetRefs }: PolicyTarget): string {
  const where = namespace === undefined ? '' : ` of namespace "${namespace}"`;
  if (targetRefs !== undefined) return `${targetRefs.map(({ kind, name }) => `${kind} ${name}`).join(', ')}${where}`;
  const labels = Object.entries(selector ?? {}).map(([label, value]) => `${label}=${value}`);
  return labels.length === 0 ? `all pods${where}` : `pods ${labels.join(', ')}${where}`;
}
