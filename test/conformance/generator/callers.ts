import { Request } from '../harness/clients';
import { Claims, Issuer } from '../harness/tokens';

/** The one issuer whose tokens gateways accept. */
export const LOGIN = new Issuer('https://login.example.com');

/** Has the same name and another key. */
const FORGER = new Issuer(LOGIN.name);

/** Groups that policies allow. */
export const GROUPS = ['risk', 'web'] as const;

/** Someone who sends requests, with or without a token. */
export interface Caller {
  /** The header that carries the token. */
  readonly headers: { readonly authorization?: string };
  /** The groups that the token names; undefined without a token. */
  readonly groups?: readonly string[];
  /** Whether the token is signed by someone else. */
  readonly isForged?: boolean;
}

const withToken = (issuer: Issuer, claims: Claims): Caller => ({ headers: issuer.header(claims), groups: (claims.groups ?? []) as string[] });

/** Callers of each kind; the first sends no token. */
export const CALLERS: readonly Caller[] = [
  { headers: {} },
  withToken(LOGIN, { groups: ['staff', 'risk'] }),
  withToken(LOGIN, { groups: ['web'] }),
  withToken(LOGIN, {}),
  { ...withToken(FORGER, { groups: ['risk', 'web'] }), isForged: true },
];

/** Who sends a request. */
export function callerOf({ headers }: Request): Caller {
  return CALLERS.find((caller) => caller.headers.authorization === headers?.authorization)!;
}
