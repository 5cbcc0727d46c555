/**
 * The `Host` header of a mirrored request, unless Envoy is told to leave it alone: with `-shadow` behind the name of the host.
 *
 * @internal
 */
export function shadowHost(authority: string): string {
  const port = /:\d+$/.exec(authority)?.[0] ?? '';
  return `${authority.slice(0, authority.length - port.length)}-shadow${port}`;
}
