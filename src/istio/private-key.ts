import { IConstruct } from 'constructs';
import { invalid } from '../plan/errors';

/**
 * Refuses a text that holds a private key: manifests name secrets and files, and never carry what is in them.
 * The message does not repeat the value.
 *
 * @internal
 */
export function checkNoPrivateKey(at: IConstruct, what: string, value: string): void {
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(value)) {
    throw invalid(at, `${what} holds a private key`, 'keep it in a secret and give the name of the secret or the path of the file');
  }
}
