import { slashed } from './place';

/**
 * The URI of a file: relative to the folder in which the command runs, or absolute if the path is.
 *
 * @internal
 */
export function uriOf(file: string): string {
  const path = slashed(file);
  const drive = /^[A-Za-z]:\//.test(path) ? path.slice(0, 2) : '';
  const encoded = path.slice(drive.length).split('/').map(encodedSegment).join('/');
  if (drive !== '') return `file:///${drive}${encoded}`;
  return encoded.startsWith('/') ? `file://${encoded}` : encoded;
}

/** Half of a surrogate pair has no encoding. */
function encodedSegment(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Cs}/gu, '\ufffd'));
}
