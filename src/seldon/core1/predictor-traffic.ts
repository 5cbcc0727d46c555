import { IConstruct } from 'constructs';
import { PredictorProps } from './predictor-props';
import { Warnings } from '../../mesh/warnings';
import { checkInteger } from '../../plan/checks/checks';
import { invalid, pathOf, show } from '../../plan/checks/errors';

/**
 * The share of a predictor of the requests that Seldon's operator routes.
 *
 * @internal
 */
export interface PredictorTraffic {
  /** Percentage of the requests, or of the mirrored requests of a shadow. */
  readonly traffic?: number;
  /** Whether it gets mirrored requests. */
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
    throw invalid(at, `traffic 0 of shadow ${show(predictor)}`, 'the operator would mirror every request. Set 1 to 100, or leave the shadow out');
  }
}

/**
 * Fills in unset percentages: with several predictors and no percentage, one live predictor gets all requests. The webhook then
 * accepts a deployment whose shares are in routes of this library, and a shadow of such routes is a predictor without requests.
 *
 * @param specified The percentages that the deployment sets.
 * @param answering Index of the predictor that gets all requests; without it, the first live predictor gets them.
 * @internal
 */
export function spreadTraffic(specified: readonly PredictorTraffic[], answering: number): PredictorTraffic[] {
  const live = specified.filter(({ shadow }) => !shadow);
  if (live.length < 2) return [...specified];
  const first = live.some(({ traffic }) => traffic !== undefined) ? undefined : specified[answering] ?? live[0];
  return specified.map((each) => (each.shadow ? each : { ...each, traffic: each.traffic ?? (each === first ? 100 : 0) }));
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
  const unset = findUnsetShares(predictors);
  if (unset === undefined) return;
  const list = (names: readonly string[]) => names.map(show).join(', ');
  Warnings._add(at, `predictors ${list(predictors.map(({ name }) => name))} without traffic`,
    `${show(unset.all)} gets all requests and ${list(unset.none)} none. Set traffic, even where 100 and 0 are intended, or use a rollout such as Canary`);
}

/**
 * Finds problems of the percentages of a deployment, taken together. Routers may set them after the deployment is created, so
 * this runs before anything is written.
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
    problems.push(`only shadows, ${list(shadows)}. A deployment needs a predictor that answers ${where}`);
  }
  if (shadows.length > 1) {
    problems.push(`several shadows, ${list(shadows)}. Seldon's operator supports one. Use IstioRouter for more ${where}`);
  }
  const sum = live.reduce((total, { traffic: share = 0 }) => total + share, 0);
  if (live.length > 1 && sum !== 100) {
    problems.push(`traffic of ${list(live)} adds up to ${sum}. Expected 100 ${where}`);
  }
  if (live.length === 1 && sum !== 0 && sum !== 100) {
    problems.push(`traffic ${sum} of ${list(live)}, which is the only predictor that answers. It gets all requests. Set 100, or leave traffic out ${where}`);
  }
  return problems;
}
