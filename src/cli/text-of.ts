/**
 * The text of a file: UTF-8, or UTF-16 with a mark of the byte order, which PowerShell writes.
 *
 * @internal
 */
export function textOf(content: Buffer): string {
  const mark = content.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return content.toString('utf16le');
  // Bytes are swapped in pairs.
  return mark === 'feff' ? Buffer.from(content.subarray(0, content.length - content.length % 2)).swap16().toString('utf16le') : content.toString('utf8');
}
