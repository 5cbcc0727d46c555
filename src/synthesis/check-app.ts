import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { AppObject, objectsIn } from './app-objects';
import { Cluster, ClusterSettings } from '../cluster/cluster';
import { ACCEPT_ANNOTATION } from '../plan/annotations';
import { inSentences } from '../plan/checks/errors';
import { RULES } from '../rules/all';
import { Finding, FindingPlace } from '../rules/finding';
import { Level } from '../rules/level';
import { findingsOf } from '../rules/run';

/**
 * Findings below a scope that the author of an app accepts.
 *
 * @internal
 */
export interface ScopedAcceptance {
  /** Findings about objects below it are accepted. */
  readonly scope: IConstruct;
  /** Name of the rule. */
  readonly rule: string;
  /** Why they are accepted. */
  readonly reason: string;
}

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
}

/**
 * Checks the objects of an app by all rules. Accepted findings are annotated at the objects, so that they are accepted in the manifests too.
 *
 * @returns what is not accepted, except findings that are only about objects of this library's constructs.
 * @internal
 */
export function checkApp({ constructs, settings, isChecked, acceptances }: CheckedApp): AppFinding[] {
  const objects = objectsIn(constructs, isChecked, acceptances.length > 0);
  const byPlace = new Map(objects.map((each) => [keyOf(each.object), each]));
  const found = findingsOf(new Cluster(objects.map(({ object }) => object), settings), RULES);
  const open = found.filter((finding) => finding.accepted === undefined);
  const used = new Set<ScopedAcceptance>();
  const rest = open.filter((finding) => {
    const accepted = accept(finding, byPlace, acceptances);
    if (accepted !== undefined) used.add(accepted);
    return accepted === undefined;
  });
  return [
    ...rest.filter((finding) => placesOf(finding).some((place) => byPlace.get(keyOf(place))?.isChecked === false))
      .map((finding) => ({ ...finding, at: byPlace.get(keyOf(finding))!.at, text: textOf(finding) })),
    ...acceptances.filter((acceptance) => !used.has(acceptance) && !isWritten(acceptance, found)).map(unused),
  ];
}

function placesOf(finding: Finding): FindingPlace[] {
  return [finding, ...finding.related];
}

function textOf({ problem, remedy, rule }: Finding): string {
  return `${inSentences(problem, remedy)} (rule ${rule})`;
}

/** Annotates the object below the scope of an acceptance that a finding is about. */
function accept(finding: Finding, byPlace: ReadonlyMap<string, AppObject>, acceptances: readonly ScopedAcceptance[]): ScopedAcceptance | undefined {
  for (const acceptance of acceptances.filter(({ rule }) => rule === finding.rule)) {
    const at = placesOf(finding).map((place) => byPlace.get(keyOf(place))?.at).find((object) => object?.node.scopes.includes(acceptance.scope));
    if (at === undefined) continue;
    at.metadata.addAnnotation(ACCEPT_ANNOTATION + finding.rule, acceptance.reason);
    return acceptance;
  }
  return undefined;
}

/** Whether an earlier synthesis has annotated an object for an acceptance. */
function isWritten({ rule, reason }: ScopedAcceptance, found: readonly Finding[]): boolean {
  return found.some((finding) => finding.rule === rule && finding.accepted === reason);
}

function unused({ scope, rule, reason }: ScopedAcceptance): AppFinding {
  const problem = `no finding of rule "${rule}" below this construct needs to be accepted ("${reason}")`;
  const finding = { rule: 'unused-acceptance', level: Level.WARNING, problem, remedy: 'remove the acceptance', related: [], field: [] };
  const whole = { ...finding, apiVersion: '', kind: '', namespace: '', name: '', construct: scope.node.path };
  return { ...whole, at: scope, text: textOf(whole) };
}

function keyOf({ kind, namespace, name }: { readonly kind: string; readonly namespace: string; readonly name: string }): string {
  return `${kind} ${namespace}/${name}`;
}
