import { isObject, JsonObject } from '../../cluster/json';
import { HeaderLine } from '../request';

const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]*)$/i;

/**
 * The claims of a JSON Web Token that a request carries in its `authorization` header. The signature is not verified.
 *
 * @returns undefined if there is none.
 * @internal
 */
export function claimsIn(headers: readonly HeaderLine[]): JsonObject | undefined {
  const token = headers.flatMap(({ name, value }) => (name === 'authorization' ? BEARER.exec(value)?.[1] ?? [] : []))[0];
  return token === undefined ? undefined : claimsOf(token);
}

function claimsOf(token: string): JsonObject | undefined {
  try {
    const bytes = Uint8Array.from(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isObject(claims) ? claims : undefined;
  } catch {
    // Envoy rejects a token that is not base64, UTF-8 or JSON, as it does one that is no token.
    return undefined;
  }
}
