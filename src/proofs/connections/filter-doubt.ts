import { HostSide } from './compared-host';
import { canonical } from '../../cluster/canonical';

/**
 * Why filters of a gateway leave open what happens to requests.
 *
 * @internal
 */
export interface FilterDoubt {
  /** The reason as a clause. */
  readonly reason: string;
  /** Whether the filters themselves are different. */
  readonly isDifferent: boolean;
}

/**
 * The doubt about requests that pass a gateway with EnvoyFilters or Wasm, whose effect their manifests do not tell; undefined without any.
 *
 * @internal
 */
export function filterDoubt(sides: readonly HostSide[]): FilterDoubt | undefined {
  const filters = sides.map(({ side, entry }) => side.enforcedAt(entry?.gateway).filters);
  const names = [...new Set(filters.flat().map((filter) => filter.toString()))].sort();
  if (names.length === 0) return undefined;
  const specs = filters.map((some) => canonical(some.map(({ type, namespace, spec }) => canonical([type, namespace, spec])).sort()));
  const isDifferent = new Set(specs).size > 1;
  const [first, ...others] = names;
  const subject = `${first}${others.length === 0 ? '' : ` and ${others.length} more`}`;
  const effect = 'can change requests and answers at the gateway';
  return { isDifferent, reason: isDifferent ? `${subject}, which ${effect}, ${others.length === 0 ? 'is' : 'are'} different` : `${subject} ${effect}` };
}
