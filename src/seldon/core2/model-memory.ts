import { Size, SizeRoundingBehavior } from 'cdk8s';
import { IConstruct } from 'constructs';
import { isWholeBytes } from '../../objects/core2/memory-quantity';
import { invalid } from '../../plan/checks/errors';

const BYTES_PER_KIBIBYTE = 1024;

/**
 * Formats a size for Seldon's operator: as written if possible, otherwise in bytes.
 *
 * @internal
 */
export function memoryQuantity(at: IConstruct, memory: Size): string {
  const written = memory.asString();
  if (isWholeBytes(written)) return written;
  const bytes = memory.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) * BYTES_PER_KIBIBYTE;
  if (!Number.isSafeInteger(bytes)) throw invalid(at, `memory of ${written}`, 'expected a whole number of bytes, less than 8 PiB');
  return String(bytes);
}
