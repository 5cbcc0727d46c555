import { IConstruct } from 'constructs';
import { acceptancesIn } from '../mesh/acceptances';
import { Mesh } from '../mesh/mesh';
import { invalid, pathOf, show } from '../plan/checks/errors';
import { nearest } from '../plan/checks/near-miss';
import type * as AllRules from '../rules/all';

/** How serious a finding of a rule is. */
export enum RuleLevel {
  /** Some requests reach a wrong backend or none, or the cluster rejects the object. Synthesis fails. */
  ERROR = 'error',
  /** Valid, but probably unintended. Synthesis prints it. */
  WARNING = 'warning',
  /** Worth knowing. Synthesis is silent about it. */
  INFO = 'info',
}

/** A finding of a rule about the objects of an app. */
export interface RuleFinding {
  /** Name of the rule. */
  readonly rule: string;

  /** How serious it is. */
  readonly level: RuleLevel;

  /** Path of the construct that it is about. */
  readonly construct: string;

  /** The problem and its remedy. */
  readonly message: string;
}

/**
 * Rules compare the objects of an app with each other, whichever construct writes them: a raw `ApiObject`, an `Include`, a `Helm` chart, or
 * an object with a JSON patch. They run at synthesis, before any file is written.
 */
export class Rules {
  /**
   * Accepts the findings of a rule about objects below a scope. The objects get an annotation with the reason, so that checks of the
   * manifests accept the findings as well.
   *
   * @param scope The scope, such as a Chart or an `ApiObject`.
   * @param rule Name of the rule, as findings show it.
   * @param reason Why they are accepted, in a sentence for the next reader.
   * @throws an error if there is no such rule, or no reason.
   */
  public static accept(scope: IConstruct, rule: string, reason: string): void {
    const { RULES } = require('../rules/all') as typeof AllRules;
    const ids = RULES.map(({ id }) => id);
    if (!ids.includes(rule)) {
      const near = typeof rule === 'string' ? nearest(rule, ids) : undefined;
      throw invalid(scope, `rule ${show(rule)} does not exist`, near === undefined ? 'use the name of a rule, as findings show it' : `did you mean ${show(near)}?`);
    }
    if (typeof reason !== 'string' || reason.trim() === '') throw invalid(scope, `rule ${show(rule)} is accepted without a reason`, 'give the reason as a sentence');
    Mesh.of(scope);
    acceptancesIn(scope).push({ scope, rule, reason: reason.trim() });
  }

  /**
   * Finds what rules report about the objects of a mesh, for tests that expect no finding or a certain one. What constructs of this
   * library write is compared by their own checks, of which those with the name of a rule are included. Accepted findings are left out.
   *
   * @param scope An App, a Chart or any other construct of the mesh.
   */
  public static find(scope: IConstruct): RuleFinding[] {
    return Mesh.of(scope)._findAll().map(({ rule, level, at, message }) => ({ rule, level: level as RuleLevel, construct: pathOf(at), message }));
  }

  private constructor() {}
}
