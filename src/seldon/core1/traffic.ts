import { IConstruct } from 'constructs';
import { PredictorProps } from './predictor-props';
import { Warnings } from '../../mesh/warnings';
import { checkInteger } from '../../plan/checks/checks';
import { invalid, pathOf, show } from '../../plan/checks/errors';

/**
 * What a predictor gets from Seldon's operator.
 *
 * @internal
 */
export interface PredictorTraffic {
  /** Percentage of the requests, or of the copies. */
  readonly traffic?: number;
  /** Whether it gets copies. */
  readonly shadow?: boolean;
}

/**
 * Checks the percentage of one predictor.
 *
 * @internal
 */
export function checkTraffic(at: IConstruct, predictor: string, { traffic, shadow }: PredictorTraffic): void {
  if (traffic !== undefined) checkInteger(at, `traffic of predictor ${show(predictor)}`, traffic, 0, 100);
  if (shadow && traffic === 0) {
    throw invalid(at, `traffic 0 of shadow ${show(predictor)}`, 'the operator would copy every request: say 1 to 100, or leave the shadow out');
  }
}

/**
 * Writes out what stays unsaid: with several predictors and no percentage, one live predictor gets everything. So the webhook
 * accepts a deployment whose shares stand in routes of this library, and a shadow of theirs is a predictor without requests.
 *
 * @param said What the deployment says.
 * @param answering Index of the predictor that gets everything; where there is none of it, the first live one does.
 * @internal
 */
export function spreadTraffic(said: readonly PredictorTraffic[], answering: number): PredictorTraffic[] {
  const live = said.filter(({ shadow }) => !shadow);
  if (live.length < 2) return [...said];
  const first = live.some(({ traffic }) => traffic !== undefined) ? undefined : said[answering] ?? live[0];
  return said.map((each) => (each.shadow ? each : { ...each, traffic: each.traffic ?? (each === first ? 100 : 0) }));
}

/**
 * Which of several live predictors gets all requests and which get none, where the deployment gives none of them a percentage.
 *
 * @internal
 */
export function findUnsetShares(
  predictors: readonly (PredictorTraffic & { readonly name: string })[],
): { readonly all: string; readonly none: string[] } | undefined {
  const [first, ...others] = predictors.filter(({ shadow }) => !shadow);
  if (others.length === 0 || [first, ...others].some(({ traffic }) => traffic !== undefined)) return undefined;
  return { all: first.name, none: others.map(({ name }) => name) };
}

/**
 * Leaves a warning where the shares of several predictors are not set.
 *
 * @internal
 */
export function warnOfUnsetShares(at: IConstruct, predictors: readonly PredictorProps[]): void {
  const unsaid = findUnsetShares(predictors);
  if (unsaid === undefined) return;
  const list = (names: readonly string[]) => names.map(show).join(', ');
  Warnings._add(at, `predictors ${list(predictors.map(({ name }) => name))} without traffic`,
    `${show(unsaid.all)} gets all requests and ${list(unsaid.none)} none: set traffic, or 100 and 0 if that is meant, or use a rollout such as Canary`);
}

/**
 * What is wrong with the percentages of a deployment, taken together. Routers may set them after the deployment was made, so
 * this is asked before anything is written.
 *
 * @internal
 */
export function findTrafficProblems(at: IConstruct, predictors: readonly PredictorProps[], traffic: readonly PredictorTraffic[]): string[] {
  const named = predictors.map(({ name }, i) => ({ name, ...traffic[i] }));
  const live = named.filter(({ shadow }) => !shadow);
  const shadows = named.filter(({ shadow }) => shadow);
  const where = `(at ${pathOf(at)})`;
  const list = (some: readonly { name: string }[]): string => some.map(({ name }) => show(name)).join(', ');
  const problems: string[] = [];
  if (live.length === 0) {
    problems.push(`only shadows: ${list(shadows)}: a deployment needs a predictor that answers ${where}`);
  }
  if (shadows.length > 1) {
    problems.push(`several shadows: ${list(shadows)}: Seldon's operator takes one; more of them need routes of IstioRouter ${where}`);
  }
  const sum = live.reduce((total, { traffic: share = 0 }) => total + share, 0);
  if (live.length > 1 && sum !== 100) {
    problems.push(`traffic of ${list(live)} adds up to ${sum}: expected 100 ${where}`);
  }
  if (live.length === 1 && sum !== 0 && sum !== 100) {
    problems.push(`traffic ${sum} of ${list(live)}, which is the only predictor that answers: it gets all requests, so say 100 or leave it out ${where}`);
  }
  return problems;
}
