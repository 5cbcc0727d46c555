import { Place } from '../../answers/answer';
import { FindingPlace } from '../../rules/finding';
import { showPlace } from '../place';

/**
 * A place of an answer as reports show places.
 *
 * @internal
 */
export function findingPlace({ object, field }: Place): FindingPlace {
  const { kind, namespace, name, origin, manifest } = object;
  return {
    apiVersion: String(manifest.apiVersion ?? ''),
    kind,
    namespace,
    name,
    field,
    ...origin.file === undefined ? {} : { file: origin.file },
    ...origin.construct === undefined ? {} : { construct: origin.construct },
    ...origin.position?.(field),
  };
}

/**
 * A place as text: `routes/iris.yaml:3:1  VirtualService models/iris spec.http[0]`.
 *
 * @internal
 */
export function placeText(place: Place): string {
  return showPlace(findingPlace(place));
}
