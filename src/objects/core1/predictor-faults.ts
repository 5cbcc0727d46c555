import { readDeployment } from './deployment';
import { show } from '../../plan/checks/errors';
import { Fault } from '../fault';
import { JsonObject, stringOf } from '../json';

/** The annotation that names the Service of a predictor. */
const SERVICE_NAME = 'seldon.io/svc-name';

/**
 * Finds predictors that the webhook of Seldon's operator rejects because of the others: repeated names, and shadows.
 *
 * @internal
 */
export function* predictorFaults(manifest: JsonObject): Iterable<Fault> {
  const { predictors, spec } = readDeployment(manifest);
  if (!Array.isArray(spec.predictors) || spec.predictors.length === 0) {
    yield { field: ['spec'], problem: 'the SeldonDeployment has no predictors', remedy: 'add at least one' };
  }
  const names = new Set<string>();
  const services = new Map<string, string>();
  for (const { name, field, annotations } of predictors) {
    if (name !== '' && names.has(name)) yield { field: [...field, 'name'], problem: `two predictors have the name ${show(name)}`, remedy: 'give each its own name' };
    names.add(name);
    const service = stringOf(annotations[SERVICE_NAME]);
    if (service === undefined) continue;
    const other = services.get(service);
    if (other !== undefined) {
      yield {
        field: [...field, 'annotations', SERVICE_NAME],
        problem: `predictors ${show(other)} and ${show(name)} have the same Service, ${show(service)}`,
        remedy: 'give each its own Service',
      };
    }
    services.set(service, name);
  }
  const shadows = predictors.filter(({ isShadow }) => isShadow);
  const list = shadows.map(({ name }) => show(name)).join(', ');
  if (shadows.length > 1) {
    yield {
      field: [...shadows[1].field, 'shadow'],
      problem: `predictors ${list} are all shadows, and the webhook of Seldon's operator accepts one`,
      remedy: 'keep one, and mirror to the others in an own VirtualService',
    };
  }
  if (shadows.length > 0 && shadows.length === predictors.length) {
    yield {
      field: ['spec', 'predictors'],
      problem: shadows.length === 1 ? `the only predictor, ${list}, is a shadow` : `all predictors, ${list}, are shadows`,
      remedy: 'add a predictor that answers',
    };
  }
}
