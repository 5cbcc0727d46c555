import { checkNoPrivateKeys } from '../../../src/plan/checks/private-key';
import { messageOf } from '../../support/errors';

const KEY = '-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----';
const FOUND = 'spec holds a private key. Keep it in a secret and give the name of the secret or the path of the file (at here)';

test.each<[string, unknown, string]>([
  ['text', KEY, FOUND],
  ['a key of RSA', '-----BEGIN RSA PRIVATE KEY-----', FOUND],
  ['a key of PGP', '-----BEGIN PGP PRIVATE KEY BLOCK-----', FOUND],
  ['a list', ['a', [KEY]], FOUND],
  ['an object', { a: 1, b: { c: KEY } }, FOUND],
  ['a certificate', ['-----BEGIN CERTIFICATE-----', '-----BEGIN PUBLIC KEY-----'], 'no error'],
  ['words', { a: 'PRIVATE KEY', b: null, c: undefined, d: 5, e: true }, 'no error'],
])('%s', (_what, json, message) => {
  expect(messageOf(() => checkNoPrivateKeys('here' as never, 'spec', json))).toBe(message);
});
