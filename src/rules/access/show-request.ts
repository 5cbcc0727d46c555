import { PolicyRequest } from '../../cluster/policy-decision';
import { MODEL_HEADER } from '../../plan/core2-service';

/**
 * A request as messages name it.
 *
 * @internal
 */
export function showRequest({ method, path, host, headers, caller }: PolicyRequest): string {
  const model = headers.get(MODEL_HEADER);
  return `a ${method} request for "${path}" on host "${host}"${model === undefined ? '' : ` with the header ${MODEL_HEADER}: ${model}`}, ${
    caller === 'anonymous' ? 'without a token' : 'with a token that has none of the listed claims'}`;
}
