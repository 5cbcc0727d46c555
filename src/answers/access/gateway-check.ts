import { Pods } from '../../cluster/policy-pods';
import { AccessCase, AccessCheck, AccessVerdict } from '../access-check';
import { NormalRequest } from '../normal-request';

/** Some pods of a gateway with their check. */
interface PodCheck {
  readonly pods: Pods;
  readonly check: AccessCheck;
}

/**
 * The check of a request at a gateway, whose pods may have different policies.
 *
 * @internal
 */
export class GatewayCheck implements AccessCheck {
  private readonly parts: readonly PodCheck[];

  constructor(parts: readonly PodCheck[]) {
    this.parts = parts.every(({ check }) => check.isEmpty) ? [] : [...new Map(parts.map((part) => [part.check, part])).values()];
  }

  public get isEmpty(): boolean {
    return this.parts.length === 0;
  }

  public check(request: NormalRequest): AccessVerdict {
    if (this.parts.length === 0) return { steps: () => [] };
    if (this.parts.length === 1) return this.parts[0].check.check(request);
    const verdicts = this.parts.map(({ check }) => check.check(request));
    const [first, ...others] = verdicts;
    if (others.every((each) => isSame(each, first))) return first;
    return {
      cases: verdicts.flatMap((verdict, i) => casesAt(this.parts[i].pods, verdict)),
      request: first.request,
      claims: first.claims,
      steps: () => verdicts.flatMap((verdict) => verdict.steps()),
    };
  }
}

function isSame(a: AccessVerdict, b: AccessVerdict): boolean {
  return a.cases === undefined && b.cases === undefined && a.request === b.request && a.responder?.kind === b.responder?.kind
    && a.responder?.place?.object === b.responder?.place?.object;
}

function casesAt({ namespace, labels }: Pods, { cases = [{ condition: '' }], responder }: AccessVerdict): AccessCase[] {
  const where = `the request reaches pods ${Object.entries(labels).map((label) => label.join('=')).join(', ')}${namespace === undefined ? '' : ` in ${namespace}`}`;
  return cases.map((each) => ({
    condition: each.condition === '' ? where : `${where}, and ${each.condition}`,
    responder: each.condition === '' ? responder : each.responder,
  }));
}
