import { IConstruct } from 'constructs';
import { invalid } from './errors';

/** The end of the first and of the last line of a key in PEM or in PGP's ASCII armor. */
const PRIVATE_KEY = /PRIVATE KEY(?: BLOCK)?-----/;

/**
 * Rejects a string that holds a private key. Manifests refer to secrets and files and never contain their content.
 * The message does not repeat the value.
 *
 * @internal
 */
export function checkNoPrivateKey(at: IConstruct, what: string, value: string): void {
  if (PRIVATE_KEY.test(value)) {
    throw invalid(at, `${what} holds a private key`, 'keep it in a secret and give the name of the secret or the path of the file');
  }
}

/**
 * Rejects a private key in any string of a manifest.
 *
 * @internal
 */
export function checkNoPrivateKeys(at: IConstruct, what: string, json: unknown): void {
  if (typeof json === 'string') {
    checkNoPrivateKey(at, what, json);
  } else if (Array.isArray(json)) {
    for (let i = 0; i < json.length; i++) checkNoPrivateKeys(at, what, json[i]);
  } else if (typeof json === 'object' && json !== null) {
    for (const value of Object.values(json)) checkNoPrivateKeys(at, what, value);
  }
}
