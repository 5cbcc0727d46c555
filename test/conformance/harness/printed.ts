import { execFile } from 'child_process';
import * as net from 'net';
import { REQUEST_ID } from './envoy';
import { SERIAL } from './stubs';
import { WrittenCommand } from '../../../src/answers/command-line/write-command';

/** What a printed command got. */
export interface PrintedAnswer {
  /** The HTTP status; undefined if the connection was closed. */
  readonly status?: number;
  /** The gRPC status, by its number. */
  readonly grpcStatus?: number;
  /** The arrival that answered, if a stub did. */
  readonly serial?: string;
  /** All that the program wrote. */
  readonly text: string;
}

/**
 * Sends a printed request to a port of 127.0.0.1 as a shell runs it. Only the address of the gateway and the id of the request are added.
 *
 * @returns undefined for calls of grpcurl, and for requests of HTTP/2 that no program can send.
 */
export function sendPrinted({ kind, text }: WrittenCommand, port: number, id: string): Promise<PrintedAnswer> | undefined {
  if (kind === 'raw') return isRawHttp1(text) ? sendRaw(text, port, id).then(curlAnswer) : undefined;
  if (kind === 'grpcurl') return undefined;
  return shell(text.replace(/^curl /, `curl --silent --include --max-time 10 --connect-to ::127.0.0.1:${port} -H '${REQUEST_ID}: ${id}' `)).then(curlAnswer);
}

function shell(command: string): Promise<string> {
  return new Promise((resolve) => {
    execFile('sh', ['-c', command], { timeout: 20_000, maxBuffer: 16_000_000 }, (_error, out, err) => resolve(`${out}\n${err}`));
  });
}

/** Whether a raw request is one of HTTP/1.1, which can be written to a socket. */
function isRawHttp1(text: string): boolean {
  return text.split('\n')[0].endsWith(' HTTP/1.1');
}

function sendRaw(text: string, port: number, id: string): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = net.connect(port, '127.0.0.1', () => socket.write(`${text.split('\n').join('\r\n')}\r\n${REQUEST_ID}: ${id}\r\nconnection: close\r\n\r\n`));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
    socket.on('error', () => undefined);
    socket.setTimeout(10_000, () => socket.destroy());
  });
}

function curlAnswer(text: string): PrintedAnswer {
  const status = /^HTTP\/[\d.]+ (\d+)/.exec(text)?.[1];
  const grpcStatus = headerOf(text, 'grpc-status');
  return {
    ...status === undefined ? {} : { status: Number(status) },
    ...grpcStatus === undefined ? {} : { grpcStatus: Number(grpcStatus) },
    serial: headerOf(text, SERIAL),
    text,
  };
}

function headerOf(text: string, name: string): string | undefined {
  return new RegExp(`^${name}: (.*?)\\r?$`, 'im').exec(text)?.[1];
}
