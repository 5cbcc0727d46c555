import { Size, SizeRoundingBehavior } from 'cdk8s';
import { IConstruct } from 'constructs';
import { invalid } from '../../plan/checks/errors';

const BYTES_PER_KIBIBYTE = 1024;

/**
 * Maximum number of digits with which Kubernetes keeps a whole number of a unit as an integer. Seldon's operator needs an integer and
 * rejects a model with another form, such as `1.5Gi` or `1Pi`.
 */
const INTEGER_DIGITS: { readonly [unit: string]: number } = { Ki: 11, Mi: 8, Gi: 5, Ti: 2 };

/**
 * Formats a size for Seldon's operator: as written if possible, otherwise in bytes.
 *
 * @internal
 */
export function memoryQuantity(at: IConstruct, memory: Size): string {
  const written = memory.asString();
  const match = /^(\d+)([KMGT]i)$/.exec(written);
  if (match !== null && match[1].length <= INTEGER_DIGITS[match[2]]) return written;
  const bytes = memory.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) * BYTES_PER_KIBIBYTE;
  if (!Number.isSafeInteger(bytes)) throw invalid(at, `memory of ${written}`, 'expected a whole number of bytes, less than 8 PiB');
  return String(bytes);
}
