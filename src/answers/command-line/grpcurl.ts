import { missingValue, OptionEffect, ParsedWords, ProgramOption, unknownOption, WrittenOption } from './option-table';
import { ParsedCommand } from './parsed-command';
import { InputError } from '../input/input-error';
import { hostAndPort } from '../input/url';

const NAMES: { readonly [effect in OptionEffect]: { readonly flags: string; readonly values: string } } = {
  request: { flags: 'plaintext expand-headers', values: 'H rpc-header authority servername cert user-agent' },
  output: { flags: 'v vv emit-defaults format-error', values: 'format msg-template' },
  other: {
    flags: 'insecure allow-unknown-fields use-reflection unix alts help version',
    values: 'reflect-header d cacert key import-path proto protoset max-time connect-timeout keepalive-time max-msg-sz protoset-out proto-out-dir '
      + 'alts-handshaker-service alts-target-service-account',
  },
};

const HEADERS: readonly string[] = ['H', 'rpc-header'];

/** They tell grpcurl how to encode the message. */
const MESSAGE: ReadonlySet<string> = new Set(['d', 'import-path', 'proto', 'protoset', 'insecure', 'cacert', 'key', 'allow-unknown-fields', 'use-reflection']);

const OPTIONS = new Map<string, ProgramOption>(Object.entries(NAMES).flatMap(([effect, { flags, values }]) => [
  ...flags.split(' ').map((name) => [name, { name, hasValue: false, effect: effect as OptionEffect }] as const),
  ...values.split(' ').map((name) => [name, { name, hasValue: true, effect: effect as OptionEffect }] as const),
]));

/**
 * The request of a grpcurl command line.
 *
 * @param words The words after `grpcurl`.
 * @throws InputError if grpcurl has no such option, or there is no call.
 * @internal
 */
export function grpcurlCommand(words: readonly string[]): ParsedCommand {
  const { options, operands } = grpcurlWords(words);
  const values = (...names: readonly string[]) => options.filter(({ name }) => names.includes(name)).map(({ value }) => value);
  const last = (name: string) => values(name).pop();
  const [address, method] = callOf(operands);
  const { host, port } = hostAndPort(address, `address "${address}"`);
  if (port === undefined) throw new InputError(`address "${address}" has no port`, `write it with the port, as in "${host}:443"`);
  const isPlain = values('plaintext').length > 0;
  const authority = last('authority');
  const serverName = isPlain ? undefined : last('servername') ?? (authority === undefined ? undefined : hostAndPort(authority, `-authority "${authority}"`).host);
  return {
    input: {
      scheme: isPlain ? 'http' : 'https',
      host,
      port,
      grpc: method,
      // gRPC sends the address as it is written, also with the default port.
      headers: [`host: ${authority ?? address}`, `user-agent: ${[last('user-agent'), 'grpcurl/v1.9.1 grpc-go/1.61.0'].filter(Boolean).join(' ')}`],
      metadata: values(...HEADERS).map(metadataLine),
      ...serverName === undefined ? {} : { serverName },
      ...isPlain || values('cert').length === 0 ? {} : { clientCertificate: true },
    },
    notes: notesOn(options),
  };
}

function grpcurlWords(words: readonly string[]): ParsedWords {
  const options: WrittenOption[] = [];
  const operands: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const parts = /^--?([^=]+)(?:=([\s\S]*))?$/.exec(words[i]);
    // Options come first.
    if (operands.length > 0 || words[i] === '--' || parts === null) {
      if (words[i] !== '--' || operands.length > 0) operands.push(words[i]);
      continue;
    }
    const [, name, inline] = parts;
    const option = OPTIONS.get(name);
    if (option === undefined) throw unknownOption('grpcurl', words[i], [...OPTIONS.keys()].map((known) => `-${known}`));
    if (option.hasValue && inline === undefined) i += 1;
    if (i >= words.length) throw missingValue('grpcurl', `-${name}`);
    if (!option.hasValue && inline === 'false') continue;
    options.push({ ...option, written: `-${name}`, value: option.hasValue ? inline ?? words[i] : '' });
  }
  return { options, operands };
}

const VERBS: readonly string[] = ['list', 'describe'];

function callOf(operands: readonly string[]): readonly [address: string, method: string] {
  const verb = operands.find((word) => VERBS.includes(word));
  if (verb !== undefined) throw new InputError(`grpcurl ${verb} calls the reflection service`, 'give the method that you want to trace, as in "inference.GRPCInferenceService/ModelInfer"');
  if (operands.length < 2) throw new InputError('the grpcurl command has no address or no method', 'write it as in `grpcurl -plaintext models.example.com:80 inference.GRPCInferenceService/ModelInfer`');
  if (operands.length > 2) throw new InputError(`the grpcurl command has the words ${operands.map((word) => `"${word}"`).join(', ')}`, 'put options before the address, and give one method');
  const [address, method] = operands;
  return [address, method.includes('/') ? method : method.replace(/\.([^.]*)$/, '/$1')];
}

function metadataLine(header: string): string {
  const colon = header.indexOf(':');
  return colon < 0 ? `${header}: ` : `${header.slice(0, colon).trim()}: ${header.slice(colon + 1).trim()}`;
}

function notesOn(options: readonly WrittenOption[]): string[] {
  const names = [...new Set(options.filter(({ effect, name }) => effect === 'other' && !MESSAGE.has(name)).map(({ written }) => written))];
  return [
    ...names.length === 0 ? [] : [`${names.join(', ')} ${names.length === 1 ? 'changes' : 'change'} nothing here, and ${names.length === 1 ? 'is' : 'are'} ignored`],
    ...options.filter(({ name, value }) => HEADERS.includes(name) && !value.includes(':'))
      .map(({ written, value }) => `${written} "${value}" has no colon. The header is sent without a value, as grpcurl does`),
    ...options.some(({ name }) => name === 'expand-headers') ? ['-expand-headers is ignored. Variables in headers are read literally'] : [],
  ];
}
