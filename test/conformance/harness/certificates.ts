import { execFileSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import { KeyPair } from './clients';
import { newDirectory } from './directories';
import { Manifest } from './manifests';

/** Keys as `openssl genpkey` makes them. */
const KEYS = {
  'rsa-2048': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'rsa-1024': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
  'ecdsa-256': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'ecdsa-384': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  'ecdsa-521': ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  'ed25519': ['-algorithm', 'ED25519'],
};

/** A kind of key. */
export type KeyKind = keyof typeof KEYS;

/** Who signs certificates. Keys are made when a test runs, and live in its memory and a temporary folder. */
export class Authority {
  /** The authority's own certificate. */
  public readonly certificate: string;

  private readonly directory = newDirectory('authority');
  private count = 0;

  public constructor(public readonly name: string) {
    this.openssl('genpkey', ...KEYS['ecdsa-256'], '-out', 'ca.key');
    this.openssl('req', '-x509', '-new', '-key', 'ca.key', '-days', '1', '-subj', `/CN=${name}`, '-out', 'ca.crt');
    this.certificate = this.read('ca.crt');
  }

  /** Signs a certificate for hosts, as a server shows it and a caller, too; with an identity such as `spiffe://cluster.local/ns/a/sa/b`. */
  public sign(hosts: readonly string[], kind: KeyKind = 'ecdsa-256', identity?: string): KeyPair {
    this.count += 1;
    const file = `leaf-${this.count}`;
    const names = [...hosts.map((host) => `DNS:${host}`), ...identity === undefined ? [] : [`URI:${identity}`]].join(',');
    fs.writeFileSync(path.join(this.directory, `${file}.ext`), `subjectAltName=${names}\nextendedKeyUsage=serverAuth,clientAuth\n`);
    this.openssl('genpkey', ...KEYS[kind], '-out', `${file}.key`);
    this.openssl('req', '-new', '-key', `${file}.key`, '-subj', `/CN=${hosts[0]}`, '-out', `${file}.csr`);
    this.openssl('x509', '-req', '-in', `${file}.csr`, '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1',
      '-extfile', `${file}.ext`, '-out', `${file}.crt`);
    return { certificate: this.read(`${file}.crt`), key: this.read(`${file}.key`) };
  }

  private openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.directory, stdio: ['ignore', 'ignore', 'pipe'] });
  }

  private read(file: string): string {
    return fs.readFileSync(path.join(this.directory, file), 'utf8');
  }
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A Secret as cert-manager writes it; with an authority whose certificates callers show. */
export function tlsSecret(name: string, { certificate, key }: KeyPair, callers?: Authority, namespace = 'istio-system'): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace },
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': base64(certificate), 'tls.key': base64(key), ...callers === undefined ? {} : { 'ca.crt': base64(callers.certificate) } },
  };
}

/** A Secret with nothing but the authority whose certificates callers show. */
export const authoritySecret = (name: string, callers: Authority, namespace = 'istio-system'): Manifest => ({
  apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, type: 'Opaque', data: { 'ca.crt': base64(callers.certificate) },
});
