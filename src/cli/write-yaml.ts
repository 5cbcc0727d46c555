import { dump } from 'js-yaml';

/**
 * Writes a value as YAML. Texts of several lines are blocks, so that scripts stay readable.
 *
 * @internal
 */
export function writeYaml(value: unknown): string {
  return dump(value, { lineWidth: -1, noRefs: true });
}
