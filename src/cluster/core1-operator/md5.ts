/* The operator hashes long names with MD5, which browsers do not offer. */

const BLOCK = 64;

/** Where the length of the message starts in its last block. */
const LENGTH_AT = 56;

const INITIAL = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476] as const;

const ROTATIONS = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]] as const;

const SINES = Array.from({ length: BLOCK }, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));

/** By round: how three words are mixed, and which word of the block is next. */
const ROUNDS: readonly { readonly mix: (b: number, c: number, d: number) => number; readonly word: (step: number) => number }[] = [
  { mix: (b, c, d) => (b & c) | (~b & d), word: (step) => step },
  { mix: (b, c, d) => (d & b) | (~d & c), word: (step) => (5 * step + 1) % 16 },
  { mix: (b, c, d) => b ^ c ^ d, word: (step) => (3 * step + 5) % 16 },
  { mix: (b, c, d) => c ^ (b | ~d), word: (step) => (7 * step) % 16 },
];

/**
 * The MD5 digest of a string in UTF-8, in hexadecimal digits.
 *
 * @see https://www.rfc-editor.org/rfc/rfc1321
 * @internal
 */
export function md5(text: string): string {
  const message = padded(new TextEncoder().encode(text));
  const digest = new DataView(new ArrayBuffer(16));
  let state: readonly number[] = INITIAL;
  for (let at = 0; at < message.byteLength; at += BLOCK) state = digestBlock(state, new DataView(message.buffer, at, BLOCK));
  state.forEach((word, i) => digest.setUint32(4 * i, word, true));
  return Array.from(new Uint8Array(digest.buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The message, a single set bit, zeros, and the length of the message in bits. */
function padded(message: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.ceil((message.length + 1 + BLOCK - LENGTH_AT) / BLOCK) * BLOCK);
  bytes.set(message);
  bytes[message.length] = 0x80;
  new DataView(bytes.buffer).setBigUint64(bytes.length - (BLOCK - LENGTH_AT), BigInt(message.length) * 8n, true);
  return bytes;
}

function digestBlock(state: readonly number[], block: DataView): number[] {
  let [a, b, c, d] = state;
  for (let i = 0; i < BLOCK; i++) {
    const round = Math.floor(i / 16);
    const { mix, word } = ROUNDS[round];
    const sum = (a + mix(b, c, d) + SINES[i] + block.getUint32(4 * word(i), true)) | 0;
    const bits = ROTATIONS[round][i % 4];
    [a, d, c, b] = [d, c, b, (b + ((sum << bits) | (sum >>> (32 - bits)))) | 0];
  }
  return [a, b, c, d].map((word, i) => (word + state[i]) | 0);
}
