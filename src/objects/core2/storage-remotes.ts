/** Schemes of other tools, and the remedies for Seldon. */
const UNLIKELY_REMOTES: { readonly [scheme: string]: string } = {
  gcs: 'Use gs:// for Google Cloud Storage',
  http: 'Copy the files to storage that Seldon\'s rclone supports',
  https: 'Copy the files to storage that Seldon\'s rclone supports',
  file: 'Set only the path for files in the pods of the Server',
  pvc: 'Set only the path for files in the pods of the Server',
};

/**
 * The scheme of a URI that rclone reads as the name of a remote, which Seldon's chart does not configure; undefined for any other URI.
 *
 * @internal
 */
export function unlikelyRemote(uri: string): { readonly remote: string; readonly remedy: string } | undefined {
  const [, remote] = /^([^:/]+):\/\//.exec(uri) ?? [];
  return remote === undefined || !Object.hasOwn(UNLIKELY_REMOTES, remote) ? undefined : { remote, remedy: UNLIKELY_REMOTES[remote] };
}
