import { execFile } from 'child_process';
import * as fs from 'fs';
import * as net from 'net';
import * as path from 'path';
import { newDirectory } from './directories';
import { REQUEST_ID } from './envoy';
import { SERIAL } from './stubs';
import { tool } from './tools';
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
 * Sends printed requests as a shell runs them. Only the address of the gateway and the id of the request are added, and the definition of the
 * service is put where grpcurl looks for it.
 */
export class PrintedCommands {
  private readonly folder = newDirectory('printed');

  constructor() {
    fs.copyFileSync(path.join(__dirname, 'open-inference.proto'), path.join(this.folder, 'v2_dataplane.proto'));
  }

  /** Sends a request to a port of 127.0.0.1. */
  public send({ kind, text }: WrittenCommand, port: number, id: string): Promise<PrintedAnswer> {
    switch (kind) {
      case 'curl': return this.shell(text.replace(/^curl /, `curl --silent --include --max-time 10 --connect-to ::127.0.0.1:${port} -H '${REQUEST_ID}: ${id}' `)).then(curlAnswer);
      case 'grpcurl': return this.shell(withAddress(text, port, id)).then(grpcurlAnswer);
      case 'raw': return sendRaw(text, port, id).then(curlAnswer);
    }
  }

  private shell(command: string): Promise<string> {
    return new Promise((resolve) => {
      execFile('sh', ['-c', command], { cwd: this.folder, timeout: 20_000, maxBuffer: 16_000_000 }, (_error, out, err) => resolve(`${out}\n${err}`));
    });
  }
}

/** Whether a raw request is one of HTTP/1.1, which can be written to a socket. */
export function isRawHttp1(text: string): boolean {
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

/** The address is the word before the method. It is sent as authority unless there is another one. */
function withAddress(text: string, port: number, id: string): string {
  const words = text.split(' ');
  const address = words[words.length - 2];
  const authority = words.includes('-authority') ? [] : ['-authority', address];
  const options = [tool('grpcurl'), '-v', '-max-time', '10', ...authority, '-H', `'${REQUEST_ID}: ${id}'`];
  return [...options, ...words.slice(1, -2), `127.0.0.1:${port}`, words[words.length - 1]].join(' ');
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

const CODES = ['OK', 'Canceled', 'Unknown', 'InvalidArgument', 'DeadlineExceeded', 'NotFound', 'AlreadyExists', 'PermissionDenied', 'ResourceExhausted',
  'FailedPrecondition', 'Aborted', 'OutOfRange', 'Unimplemented', 'Internal', 'Unavailable', 'DataLoss', 'Unauthenticated'];

/** grpcurl prints the name of a code other than OK. */
function grpcurlAnswer(text: string): PrintedAnswer {
  const code = /^\s*Code: (\w+)/m.exec(text)?.[1];
  return { status: 200, grpcStatus: code === undefined ? 0 : CODES.indexOf(code), serial: headerOf(text, SERIAL), text };
}

function headerOf(text: string, name: string): string | undefined {
  return new RegExp(`^${name}: (.*?)\\r?$`, 'im').exec(text)?.[1];
}
