import * as crypto from 'crypto';

/** Claims of a token, in addition to those of every token of the issuer. */
export type Claims = Readonly<Record<string, unknown>>;

const encode = (value: object | Buffer) => (Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value))).toString('base64url');

/** One that issues tokens, with a key that lives as long as the tests. */
export class Issuer {
  /** Its public key, as a policy names it. */
  public readonly jwks: string;
  private readonly privateKey: crypto.KeyObject;

  public constructor(public readonly name: string) {
    const { publicKey, privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.privateKey = privateKey;
    this.jwks = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'key', use: 'sig', alg: 'RS256' }] });
  }

  /** A token that is good for an hour. */
  public token(claims: Claims = {}): string {
    const now = Math.floor(Date.now() / 1000);
    const signed = `${encode({ alg: 'RS256', typ: 'JWT', kid: 'key' })}.${encode({ iss: this.name, sub: 'someone', iat: now, exp: now + 3600, ...claims })}`;
    return `${signed}.${encode(crypto.sign('RSA-SHA256', Buffer.from(signed), this.privateKey))}`;
  }

  /** The header that carries such a token. */
  public header(claims?: Claims): { readonly authorization: string } {
    return { authorization: `Bearer ${this.token(claims)}` };
  }
}
