import { Size, SizeRoundingBehavior } from 'cdk8s';
import { IConstruct } from 'constructs';
import { invalid } from '../../plan/checks/errors';

const BYTES_PER_KIBIBYTE = 1024;

/**
 * Digits up to which Kubernetes keeps a whole number of a unit as an integer. Seldon's operator asks for an integer and
 * refuses the model when it gets another form, as for `1.5Gi` and `1Pi`.
 */
const INTEGER_DIGITS: { readonly [unit: string]: number } = { Ki: 11, Mi: 8, Gi: 5, Ti: 2 };

/**
 * Writes a size so that Seldon's operator can read it: as it was said, else in bytes.
 *
 * @internal
 */
export function memoryQuantity(at: IConstruct, memory: Size): string {
  const said = memory.asString();
  const match = /^(\d+)([KMGT]i)$/.exec(said);
  if (match !== null && match[1].length <= INTEGER_DIGITS[match[2]]) return said;
  const bytes = memory.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) * BYTES_PER_KIBIBYTE;
  if (!Number.isSafeInteger(bytes)) throw invalid(at, `memory of ${said}`, 'expected a whole number of bytes, less than 8 PiB');
  return String(bytes);
}
