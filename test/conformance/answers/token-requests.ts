import { boundaryRequest, Probe, sendable } from './boundary-requests';
import { AnswerSet } from './manifests/set';
import { Random } from './random';
import { HeaderLine, Request, TokenLocation } from '../../../src/answers/request';
import { ISSUERS, Place, policyRequests } from '../generator/access-policies';

const LOCATIONS: { readonly [place in Place]: TokenLocation } = {
  'bearer': { kind: 'header', name: 'authorization', prefix: 'Bearer ' },
  'x-token': { kind: 'header', name: 'x-token' },
  'x-token-prefix': { kind: 'header', name: 'x-token', prefix: 'Token ' },
  'parameter': { kind: 'parameter', name: 'token' },
  'access_token': { kind: 'parameter', name: 'access_token' },
  'cookie': { kind: 'cookie', name: 'token' },
};

/** A request with a token at a location. */
function withToken(request: Request, { kind, name, prefix = '' }: TokenLocation, token: string): Request {
  const { headers, query } = request;
  if (kind === 'parameter') return { ...request, query: `${query === undefined ? '' : `${query}&`}${name}=${token}` };
  if (kind === 'header') return { ...request, headers: [...headers, { name, value: prefix + token }] };
  const cookies = headers.filter((line) => line.name === 'cookie').map(({ value }) => value);
  return { ...request, headers: [...headers.filter((line) => line.name !== 'cookie'), { name: 'cookie', value: [...cookies, `${name}=${token}`].join('; ') }] };
}

/** Policies may depend on the address of the client, which is that of this machine. */
function fromHere(probe: Probe): Probe {
  return { ...probe, request: { ...probe.request, entry: { ...probe.request.entry, sourceAddress: '127.0.0.1' } as Request['entry'] } };
}

/** Requests near the boundaries of policies and routes, with and without tokens. The resolver knows the claims of a token, or only its bytes. */
export function tokenRequests(random: Random, set: AnswerSet, amount: number): Probe[] {
  return policyRequests(set.seed, amount).map((policy): Probe => {
    const base = fromHere(boundaryRequest(random, set));
    const headers = policy.headers.flatMap(([name, values]) => values.map((value): HeaderLine => ({ name, value })));
    const isOwn = random.chance(0.35);
    const made: Request = isOwn
      ? { ...base.request, headers: [...base.request.headers, ...headers.filter(({ name }) => !['accept', 'cookie', 'origin'].includes(name))] }
      : { ...base.request, http: '1.1', method: policy.method, authority: policy.host, path: policy.path, query: policy.query, headers };
    const request = made.http === '2' ? sendable(made) : made;
    if (policy.token === undefined) return { ...base, request };
    const { issuer, claims, place } = policy.token;
    const location = LOCATIONS[place];
    const written = withToken(request, location, ISSUERS[issuer].token(claims));
    const sent = written.http === '2' ? sendable(written) : written;
    const condition = issuer === 'forger' ? 'the signature or the time of the token is wrong' : 'the token is valid';
    // Redirects hold the parameters of the query, and so the token.
    if (location.kind === 'parameter' || random.chance(0.5)) return { ...base, request: sent, condition };
    const known = JSON.parse(JSON.stringify({ iss: ISSUERS[issuer].name, sub: 'someone', ...claims })) as Record<string, unknown>;
    return { ...base, sent, request: { ...request, token: { isValid: issuer !== 'forger', claims: known, location } } };
  });
}
