import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { annotateAcceptance } from './annotate';
import { AppObject, objectsIn } from './app-objects';
import { Cluster, ClusterSettings } from '../cluster/cluster';
import { ClusterObject } from '../cluster/cluster-object';
import type { ScopedAcceptance } from '../mesh/acceptances';
import { acceptancesOfFinding, RuledFinding } from '../mesh/findings';
import { inSentences } from '../plan/checks/errors';
import type * as RouteProofs from '../proofs/queries/route-proofs';
import type * as AllRules from '../rules/all';
import { Finding, FindingPlace } from '../rules/finding';
import { Level } from '../rules/level';
import { Rule } from '../rules/rule';
import { findingsOf } from '../rules/run';

/**
 * A finding about the objects of an app.
 *
 * @internal
 */
export interface AppFinding extends Finding {
  /** The construct that it is reported at. */
  readonly at: IConstruct;
  /** The problem, its remedy and the rule, as one text. */
  readonly text: string;
}

/**
 * The objects of an app that rules check.
 *
 * @internal
 */
export interface CheckedApp {
  /** Constructs of one cluster. */
  readonly constructs: readonly IConstruct[];
  /** What their objects do not tell. */
  readonly settings: ClusterSettings;
  /** Whether a construct of this library writes an object, so that the constructs have compared it with each other already. */
  readonly isChecked: (object: ApiObject) => boolean;
  /** Accepted findings. */
  readonly acceptances: readonly ScopedAcceptance[];
  /** The rules that check what constructs of this library write. */
  readonly rulesOfConstructs: readonly Rule[];
  /** Whether only these are run. */
  readonly onlyConstructs: boolean;
  /** What constructs report themselves, accepted or not. */
  readonly ruledFindings: readonly RuledFinding[];
}

/**
 * Checks the objects of an app by rules. Accepted findings are annotated at the objects, so that they are accepted in the manifests too.
 *
 * @returns what is not accepted, except what constructs of this library find themselves about their objects.
 * @internal
 */
export function checkApp(app: CheckedApp): AppFinding[] {
  const { constructs, settings, isChecked, acceptances } = app;
  const objects = objectsIn(constructs, isChecked, acceptances.length > 0);
  const written = new WrittenObjects(objects);
  const rules = app.onlyConstructs ? app.rulesOfConstructs : allRules();
  const found = findingsOf(new Cluster(objects.map(({ object }) => object), settings), rules, loadProofs);
  const isOfConstructs = new Set(app.rulesOfConstructs.map(({ id }) => id));
  const used = new Set<ScopedAcceptance>(app.ruledFindings.flatMap(acceptancesOfFinding));
  const open = found.filter((finding) => {
    const accepting = acceptancesOf(finding, written, acceptances);
    for (const { acceptance, at } of accepting) {
      used.add(acceptance);
      if (finding.accepted === undefined) annotateAcceptance(at, finding.rule, acceptance.reason);
    }
    return finding.accepted === undefined && accepting.length === 0;
  });
  return [
    ...open.filter((finding) => isOfConstructs.has(finding.rule) || placesOf(finding).some((place) => written.find(place)?.isChecked === false))
      .map((finding) => ({ ...finding, at: written.find(finding)!.at, text: textOf(finding) })),
    ...acceptances.filter((acceptance) => !used.has(acceptance)).map(unused),
  ];
}

function allRules(): readonly Rule[] {
  return (require('../rules/all') as typeof AllRules).RULES;
}

function loadProofs(): typeof RouteProofs {
  return require('../proofs/queries/route-proofs') as typeof RouteProofs;
}

/** The objects of an app by the places of findings. */
class WrittenObjects {
  private readonly byPlace: ReadonlyMap<string, AppObject>;
  private readonly byConstruct: ReadonlyMap<string | undefined, AppObject>;

  constructor(objects: readonly AppObject[]) {
    this.byPlace = new Map(objects.map((each) => [keyOf(identityOf(each.object)), each]));
    this.byConstruct = new Map(objects.map((each) => [each.object.origin.construct, each]));
  }

  /** Objects that the cluster creates for another one have the place of that one. */
  public find(place: FindingPlace): AppObject | undefined {
    return this.byPlace.get(keyOf(place)) ?? this.byConstruct.get(place.construct);
  }
}

function placesOf(finding: Finding): FindingPlace[] {
  return [finding, ...finding.related];
}

function textOf({ problem, remedy, rule }: Finding): string {
  return `${inSentences(problem, remedy)} (rule ${rule})`;
}

/** An acceptance of a finding, and the object below its scope that the finding is about. */
interface UsedAcceptance {
  readonly acceptance: ScopedAcceptance;
  readonly at: ApiObject;
}

/** The acceptances of a finding. That of the innermost scope is last, so that its reason is the one that an object is annotated with. */
function acceptancesOf(finding: Finding, written: WrittenObjects, acceptances: readonly ScopedAcceptance[]): UsedAcceptance[] {
  return acceptances.filter(({ rule }) => rule === finding.rule).flatMap((acceptance) => {
    const at = placesOf(finding).map((place) => written.find(place)?.at).find((object) => object?.node.scopes.includes(acceptance.scope));
    return at === undefined ? [] : [{ acceptance, at }];
  }).sort((a, b) => a.acceptance.scope.node.scopes.length - b.acceptance.scope.node.scopes.length);
}

function unused({ scope, rule, reason }: ScopedAcceptance): AppFinding {
  const problem = `no finding of rule "${rule}" below this construct needs to be accepted ("${reason}")`;
  const finding = { rule: 'unused-acceptance', level: Level.WARNING, problem, remedy: 'remove the acceptance', related: [], field: [] };
  const whole = { ...finding, apiVersion: '', kind: '', namespace: '', name: '', construct: scope.node.path };
  return { ...whole, at: scope, text: textOf(whole) };
}

function identityOf({ kind, namespace, name, origin: { construct } }: ClusterObject): Identity {
  return { kind, namespace, name, construct };
}

/** What tells objects of an app apart, also two with one name. */
interface Identity {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly construct?: string;
}

function keyOf({ kind, namespace, name, construct = '' }: Identity): string {
  return `${kind} ${namespace}/${name} ${construct}`;
}
