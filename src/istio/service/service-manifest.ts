import { ApiObject } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { ServiceJson, ServicePortJson } from './service-ports';
import { invalid, show } from '../../plan/checks/errors';

/** Whether an object is a Service of Kubernetes; Knative has a kind of the same name. */
function isService({ apiVersion, kind }: ApiObject): boolean {
  return apiVersion === 'v1' && kind === 'Service';
}

/**
 * The Service that a construct creates: the construct itself, or the only one below it.
 *
 * @internal
 */
export function serviceIn(at: string, construct: IConstruct): ApiObject {
  if (!Construct.isConstruct(construct)) {
    throw invalid(at, `service ${show(construct)}`, 'expected a construct that creates a Service, such as one of cdk8s-plus, an ApiObject or an Include. '
      + 'For a Service that is not defined in this app, use ServiceBackend.fromServiceName or ServiceBackend.of({ name, namespace, port })');
  }
  const objects = construct.node.findAll().filter((each): each is ApiObject => ApiObject.isApiObject(each));
  const services = objects.filter(isService);
  if (services.length === 1) return services[0];
  if (services.length > 1) {
    throw invalid(construct, `${services.length} Services (${services.map(({ name }) => name).join(', ')})`, 'pass the intended one');
  }
  const kinds = [...new Set(objects.map(({ apiVersion, kind }) => `${kind} of ${apiVersion}`))];
  throw invalid(construct, kinds.length === 0 ? 'no object instead of a Service' : `${kinds.join(', ')} instead of a Service`,
    'expected a construct that creates a Service of apiVersion v1');
}

/**
 * Reads the manifest of a Service, patches included.
 *
 * @internal
 */
export function readService(object: ApiObject): ServiceJson {
  const { metadata, spec } = jsonOf(object);
  return { name: metadata?.name ?? object.name, namespace: metadata?.namespace, ports: spec?.ports ?? [] };
}

interface Manifest {
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly spec?: { readonly ports?: readonly ServicePortJson[] };
}

/** A Service of cdk8s-plus has no manifest while it has no port. */
function jsonOf(object: ApiObject): Manifest {
  try {
    return object.toJson() as Manifest;
  } catch (e) {
    throw invalid(object, `the manifest of Service ${object.name} is not complete (${(e as Error).message})`, 'bind its ports before routing to it');
  }
}
