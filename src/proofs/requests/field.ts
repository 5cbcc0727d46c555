import { JOINED_HEADERS } from '../../cluster/joined-headers';
import { CLAIM_VALUES, Domain, HEADER_VALUES, METHODS, oneOf, PARAMETER_VALUES } from '../words/domain';

/**
 * A part of a request that conditions compare with strings.
 *
 * @internal
 */
export interface Field {
  /** What it is. */
  readonly kind: 'header' | 'parameter' | 'claim' | 'method' | 'authority' | 'address';
  /** The name in lower case, or that of the parameter; the path of a claim with line breaks between the names; empty otherwise. */
  readonly name: string;
  /** A key that equal fields share. */
  readonly key: string;
  /** Whether a request may have several values of which each counts. */
  readonly isList: boolean;
  /** Whether a request may be without it. */
  readonly isOptional: boolean;
  /** The values that clients can send. */
  readonly domain: Domain;
}

/** The field of the method. @internal */
export const METHOD: Field = { kind: 'method', name: '', key: 'method', isList: false, isOptional: false, domain: METHODS };

/**
 * The field of a header.
 *
 * @param name The name in lower case.
 * @internal
 */
export function headerField(name: string): Field {
  return { kind: 'header', name, key: `header ${name}`, isList: !JOINED_HEADERS.has(name), isOptional: true, domain: HEADER_VALUES };
}

/**
 * The field of a parameter of the query.
 *
 * @internal
 */
export function parameterField(name: string): Field {
  return { kind: 'parameter', name, key: `parameter ${name}`, isList: false, isOptional: true, domain: PARAMETER_VALUES };
}

/**
 * The field of a claim.
 *
 * @internal
 */
export function claimField(path: readonly string[]): Field {
  const name = path.join('\n');
  return { kind: 'claim', name, key: `claim ${name}`, isList: true, isOptional: true, domain: CLAIM_VALUES };
}

/**
 * The field of the `Host` header as it is sent.
 *
 * @param domain What clients may send to reach a virtual host.
 * @internal
 */
export function authorityField(domain: Domain): Field {
  return { kind: 'authority', name: '', key: 'authority', isList: false, isOptional: false, domain };
}

/**
 * The field of the issuer of the token.
 *
 * @param issuers The issuers whose tokens are accepted; undefined where a rule accepts any.
 * @internal
 */
export function issuerField(issuers: readonly (string | undefined)[]): Field {
  const named = issuers.flatMap((issuer) => issuer ?? []);
  return { ...claimField(['iss']), isList: false, ...named.length === issuers.length ? { domain: oneOf([...new Set(named)]) } : {} };
}

/**
 * The field of an address: that of the connection, or that of the client behind trusted proxies.
 *
 * @param addresses Addresses of which each satisfies other conditions.
 * @internal
 */
export function addressField(name: 'source' | 'client', addresses: readonly string[]): Field {
  return { kind: 'address', name, key: `address ${name}`, isList: false, isOptional: false, domain: oneOf(addresses) };
}

/** Headers that Envoy itself sets, changes or removes, so that clients do not choose what is compared. */
const MANAGED = /^(?:x-forwarded-|x-envoy-|x-request-id$|connection$|te$|upgrade$|content-length$|transfer-encoding$|keep-alive$|proxy-connection$|expect$)/;

/**
 * Whether Envoy manages a header.
 *
 * @internal
 */
export function isManaged(name: string): boolean {
  return MANAGED.test(name);
}

/**
 * Whether clients can send a header with a name.
 *
 * @internal
 */
export function isSendable(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name);
}
