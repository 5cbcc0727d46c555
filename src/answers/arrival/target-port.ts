import { isObject, listOf, numberOf, objectOf } from '../../cluster/json';
import { ServicePort, Workload } from '../../cluster/services';

/**
 * The port of the pods behind a port of a Service; undefined if it has a name that the workload does not define.
 *
 * @internal
 */
export function targetPort({ number, targetPort: target }: ServicePort, workload: Workload | undefined): number | undefined {
  if (target === undefined) return number;
  return typeof target === 'number' ? target : namedPort(target, workload);
}

function namedPort(name: string, workload: Workload | undefined): number | undefined {
  if (workload === undefined) return undefined;
  const { object } = workload;
  const spec = object.kind === 'Pod' ? object.spec : objectOf(objectOf(object.spec.template).spec);
  const ports = listOf(spec.containers).flatMap((container) => listOf(objectOf(container).ports)).filter(isObject);
  return numberOf(ports.find((port) => port.name === name)?.containerPort);
}
