import { Duration } from 'cdk8s';
import { IConstruct } from 'constructs';
import { PredictorManifest } from '../../cluster/core1-operator/manifest';
import { findShortTimeouts } from '../../cluster/core1-operator/short-timeouts';
import { Warnings } from '../../mesh/warnings';
import { show } from '../../plan/checks/errors';

/**
 * Adds a warning to a route whose timeout is never reached.
 *
 * @internal
 */
export function warnOfShortTimeouts(
  by: IConstruct, predictor: PredictorManifest, onSpec: { readonly [name: string]: string } | undefined, timeout: Duration,
): void {
  const allowed = timeout.toMilliseconds({ integral: false });
  for (const { annotation, longest } of findShortTimeouts(predictor, onSpec, allowed)) {
    Warnings._add(by, `timeout of ${allowed} ms for predictor ${show(predictor.name)}, whose orchestrator gives up after ${longest} ms`,
      `annotation ${annotation} limits each node of its graph. Raise that limit, or shorten the timeout`);
  }
}
