import { IConstruct } from 'constructs';
import { ExperimentDefaults } from './experiment-defaults';
import { PipelineRegistry } from './pipeline-registry';
import { BackendTarget, BackendUse, ResourceType, RouteEngine } from '../../plan/backend';

/**
 * Binds a Model or a Pipeline to a route. A Pipeline that answers callers needs an output, and an Experiment that takes over one of
 * several arms changes their shares. Experiments register their candidates themselves.
 *
 * @internal
 */
export function bindResource(by: IConstruct, target: BackendTarget, { engine, mirror, shared }: BackendUse): BackendTarget {
  if (mirror || engine === RouteEngine.EXPERIMENT) return target;
  const { namespace, seldon } = target;
  const { name, type } = seldon!.core2!;
  if (type === ResourceType.PIPELINE) PipelineRegistry.of(by).requireOutput(by, namespace, name);
  if (shared) ExperimentDefaults.of(by).share(by, { namespace, name, type });
  return target;
}
