import { IConstruct } from 'constructs';
import { invalid } from './errors';

/** The end of the first and the last line of a key in PEM or PGP's armor. */
const PRIVATE_KEY = /PRIVATE KEY(?: BLOCK)?-----/;

/**
 * Refuses a text that holds a private key: manifests name secrets and files, and never carry what is in them.
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
 * Refuses a private key in any text of a manifest.
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
