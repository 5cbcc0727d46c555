import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { acceptancesIn } from './acceptances';
import { Finding, ruledFindings } from './findings';
import { Warnings } from './warnings';
import { isUnchanged, patchCount } from './written-objects';
import type * as CheckApp from '../synthesis/check-app';
import { rulesOfConstructs } from '../synthesis/rules-of-constructs';

/**
 * What the objects of an app do not tell.
 *
 * @internal
 */
export interface MeshFacts {
  /** Domain of Services. */
  readonly clusterDomain: string;
  /** Namespace of objects that apply to the whole mesh. */
  readonly rootNamespace: string;
  /** Who writes the routes of SeldonDeployments; not known if undefined. */
  readonly core1Routes?: 'operator' | 'library';
}

const JUDGED_GROUPS: ReadonlySet<string> = new Set(['networking.istio.io', 'security.istio.io', 'mlops.seldon.io', 'machinelearning.seldon.io']);

/**
 * Checks the objects of an app by rules: those that no construct of this library writes, or that are patched, together with all others. In
 * an app without such objects, only the rules that replace checks of its constructs are run, and nothing is read or loaded for others.
 *
 * @internal
 */
export class ForeignObjects {
  private checked?: { readonly state: string; readonly findings: readonly CheckApp.AppFinding[] };

  /** Finds the errors. */
  public errors(constructs: readonly IConstruct[], facts: MeshFacts): Finding[] {
    return this.find(constructs, facts).filter(({ level }) => level === 'error').map(({ at, text }) => ({ at, text }));
  }

  /** Adds the warnings to the constructs. */
  public warn(constructs: readonly IConstruct[], facts: MeshFacts): void {
    for (const { at, level, remedy, problem, rule } of this.find(constructs, facts)) {
      if (level === 'warning') Warnings._add(at, problem, `${remedy} (rule ${rule})`);
    }
  }

  /** All findings, those for information included. */
  public find(constructs: readonly IConstruct[], facts: MeshFacts): readonly CheckApp.AppFinding[] {
    const objects = constructs.filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
    const acceptances = constructs.length === 0 ? [] : acceptancesIn(constructs[0]).filter(({ scope }) => constructs.includes(scope));
    const onlyConstructs = acceptances.length === 0 && !objects.some((object) => JUDGED_GROUPS.has(object.apiGroup) && !isUnchanged(object));
    const rules = rulesOfConstructs(new Set(objects.map(({ apiGroup, kind }) => `${apiGroup}/${kind}`)));
    if (onlyConstructs && rules.length === 0) return [];
    // cdk8s validates the whole app once more for each chart.
    const state = [constructs.length, acceptances.length, ...objects.map(patchCount)].join(' ');
    if (this.checked?.state !== state) {
      const { checkApp } = require('../synthesis/check-app') as typeof CheckApp;
      this.checked = {
        state,
        findings: checkApp({
          constructs,
          settings: facts,
          isChecked: isUnchanged,
          acceptances,
          rulesOfConstructs: rules,
          onlyConstructs,
          ruledFindings: acceptances.length === 0 ? [] : ruledFindings(constructs[0]),
        }),
      };
      queueMicrotask(() => { this.checked = undefined; });
    }
    return this.checked.findings;
  }
}
