import { Request } from '../../answers/request';

/**
 * A request on one line: `POST https://models.example.com/v2/models/iris/infer (HTTP/2)`.
 *
 * @internal
 */
export function requestText({ entry, method, authority, path, query, http }: Request): string {
  const scheme = entry.kind === 'gateway' && entry.tls !== undefined ? 'https' : 'http';
  return `${method} ${scheme}://${authority}${path}${query === undefined ? '' : `?${query}`} (HTTP/${http})`;
}

/**
 * Where a request comes from, and what its client sends with it, one fact per line.
 *
 * @internal
 */
export function clientTexts({ entry, headers, token }: Request): string[] {
  const source = entry.kind === 'workload'
    ? [`from a workload in namespace ${entry.namespace} with service account ${entry.serviceAccount}, to port ${entry.port}`]
    : [
      `to port ${entry.port}${entry.gateway === undefined ? '' : ` of Gateway ${entry.gateway}`}`,
      ...entry.tls?.serverName === undefined ? [] : [`server name ${entry.tls.serverName}`],
      ...entry.tls?.certificate === undefined ? [] : [`client certificate${entry.tls.certificate.principal === undefined ? '' : ` of ${entry.tls.certificate.principal}`}`],
      ...entry.sourceAddress === undefined ? [] : [`from address ${entry.sourceAddress}`],
      ...entry.remoteAddress === undefined ? [] : [`from address ${entry.remoteAddress} behind proxies`],
    ];
  return [
    ...source,
    ...headers.map(({ name, value }) => `${name}: ${name === 'authorization' ? hidden(value) : value}`),
    ...token === undefined ? [] : [`token with claims ${JSON.stringify(token.claims)}${token.isValid ? '' : ', which is not valid'}`],
  ];
}

/** Credentials are not printed. */
function hidden(value: string): string {
  return value.replace(/^(\w+ )?.*$/s, '$1…');
}
