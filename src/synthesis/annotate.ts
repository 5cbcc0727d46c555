import { ApiObject, JsonPatch } from 'cdk8s';
import { JsonObject, objectOf } from '../cluster/json';
import { ACCEPT_ANNOTATION } from '../plan/annotations';

/**
 * Annotates an object with the reason why findings of a rule about it are accepted, also if a JSON patch of the app replaces or removes
 * the annotations.
 *
 * @param object The object.
 * @param rule Name of the rule.
 * @param reason Why they are accepted.
 * @internal
 */
export function annotateAcceptance(object: ApiObject, rule: string, reason: string): void {
  const name = ACCEPT_ANNOTATION + rule;
  object.metadata.addAnnotation(name, reason);
  const { annotations } = objectOf((object.toJson() as JsonObject).metadata);
  if (objectOf(annotations)[name] === reason) return;
  object.addJsonPatch(annotations === undefined
    ? JsonPatch.add('/metadata/annotations', { [name]: reason })
    : JsonPatch.add(`/metadata/annotations/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, reason));
}
