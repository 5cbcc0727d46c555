import { IConstruct } from 'constructs';
import { invalid, show } from '../../plan/checks/errors';
import { checkText } from '../../plan/checks/type-checks';

/** Members that only private and symmetric keys have. */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** The required members of a public key, by type. */
const PUBLIC: { readonly [type: string]: readonly string[] } = { RSA: ['n', 'e'], EC: ['crv', 'x', 'y'], OKP: ['crv', 'x'] };

/**
 * Checks a set of public keys. The error does not contain a private key.
 *
 * @internal
 */
export function checkJwks(at: IConstruct, what: string, jwks: string): void {
  checkText(at, what, jwks);
  let keys: unknown;
  try {
    keys = (JSON.parse(jwks) as { readonly keys?: unknown } | null)?.keys;
  } catch {
    throw invalid(at, `${what} is not valid JSON`, 'expected a JSON Web Key Set, {"keys": […]}');
  }
  if (!Array.isArray(keys) || keys.length === 0) throw invalid(at, `${what} has no keys`, 'expected a JSON Web Key Set, {"keys": […]}');
  keys.forEach((key: { readonly [member: string]: unknown } | null, i) => {
    if (typeof key !== 'object' || key === null) throw invalid(at, `key ${i} of ${what}`, 'expected an object');
    if (PRIVATE.some((member) => Object.hasOwn(key, member))) {
      throw invalid(at, `key ${i} of ${what} is private`, 'set only the public part, since manifests must not contain secrets');
    }
    const type = key.kty;
    const needed = typeof type === 'string' && Object.hasOwn(PUBLIC, type) ? PUBLIC[type] : undefined;
    if (needed === undefined) throw invalid(at, `kty ${show(type)} of key ${i} of ${what}`, `expected one of ${Object.keys(PUBLIC).join(', ')}`);
    for (const member of needed) {
      if (typeof key[member] !== 'string') throw invalid(at, `key ${i} of ${what} has no ${member}`, `a public key of type ${String(type)} needs ${needed.join(', ')}`);
    }
  });
}
