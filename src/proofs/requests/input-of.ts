import { RequestInput } from '../../answers/input/request-input';
import { Request } from '../../answers/request';

/**
 * A request to a gateway as people write it; undefined for requests of workloads.
 *
 * @internal
 */
export function inputOf({ entry, http, method, authority, path, query, headers, token }: Request): RequestInput | undefined {
  if (entry.kind !== 'gateway') return undefined;
  const { tls, port, gateway, sourceAddress, remoteAddress } = entry;
  const scheme = tls === undefined ? 'http' : 'https';
  const isDefault = port === (tls === undefined ? 80 : 443);
  return {
    host: authority,
    ...gateway === undefined ? {} : { gateway },
    ...isDefault && tls === undefined ? {} : { scheme },
    ...isDefault ? {} : { port },
    path: query === undefined ? path : `${path}?${query}`,
    method,
    ...http === (tls === undefined ? '1.1' : '2') ? {} : { http },
    ...headers.length === 0 ? {} : { headers: headers.map(({ name, value }) => `${name}: ${value}`) },
    ...tls?.serverName === undefined || tls.serverName === authority ? {} : { serverName: tls.serverName },
    ...tls?.certificate === undefined ? {} : { clientCertificate: true },
    ...sourceAddress === undefined ? {} : { address: sourceAddress },
    ...remoteAddress === undefined ? {} : { forwardedAddress: remoteAddress },
    ...token === undefined ? {} : { claims: token.claims },
  };
}
