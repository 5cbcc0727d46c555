import { envoyCelProblem } from './envoy-cel';

/** Commands of Envoy without arguments. */
const PLAIN = `
  ACCESS_LOG_TYPE BYTES_RECEIVED BYTES_RETRANSMITTED BYTES_SENT CONNECTION_ID CONNECTION_TERMINATION_DETAILS CUSTOM_FLAGS
  DOWNSTREAM_CX_RTT DOWNSTREAM_DECOMPRESSED_HEADER_BYTES_RECEIVED DOWNSTREAM_DECOMPRESSED_HEADER_BYTES_SENT
  DOWNSTREAM_DETECTED_CLOSE_TYPE DOWNSTREAM_DIRECT_LOCAL_ADDRESS DOWNSTREAM_DIRECT_LOCAL_ADDRESS_ENDPOINT_ID
  DOWNSTREAM_DIRECT_LOCAL_PORT DOWNSTREAM_DIRECT_REMOTE_ADDRESS DOWNSTREAM_DIRECT_REMOTE_PORT DOWNSTREAM_HANDSHAKE_DURATION
  DOWNSTREAM_HEADER_BYTES_RECEIVED DOWNSTREAM_HEADER_BYTES_SENT DOWNSTREAM_LOCAL_ADDRESS DOWNSTREAM_LOCAL_ADDRESS_ENDPOINT_ID
  DOWNSTREAM_LOCAL_CLOSE_REASON DOWNSTREAM_LOCAL_DNS_SAN DOWNSTREAM_LOCAL_EMAIL_SAN DOWNSTREAM_LOCAL_IP_SAN
  DOWNSTREAM_LOCAL_OTHERNAME_SAN DOWNSTREAM_LOCAL_PORT DOWNSTREAM_LOCAL_SUBJECT DOWNSTREAM_LOCAL_URI_SAN DOWNSTREAM_PEER_CERT
  DOWNSTREAM_PEER_CHAIN_FINGERPRINTS_1 DOWNSTREAM_PEER_CHAIN_FINGERPRINTS_256 DOWNSTREAM_PEER_CHAIN_SERIALS DOWNSTREAM_PEER_DNS_SAN
  DOWNSTREAM_PEER_EMAIL_SAN DOWNSTREAM_PEER_FINGERPRINT_1 DOWNSTREAM_PEER_FINGERPRINT_256 DOWNSTREAM_PEER_IP_SAN
  DOWNSTREAM_PEER_ISSUER DOWNSTREAM_PEER_ISSUER_FINGERPRINT_256 DOWNSTREAM_PEER_ISSUER_SERIAL DOWNSTREAM_PEER_OTHERNAME_SAN
  DOWNSTREAM_PEER_SERIAL DOWNSTREAM_PEER_SUBJECT DOWNSTREAM_PEER_URI_SAN DOWNSTREAM_REMOTE_ADDRESS DOWNSTREAM_REMOTE_PORT
  DOWNSTREAM_TLS_CIPHER DOWNSTREAM_TLS_GROUP DOWNSTREAM_TLS_SESSION_ID DOWNSTREAM_TLS_VERSION DOWNSTREAM_TRANSPORT_FAILURE_REASON
  DOWNSTREAM_WIRE_BYTES_RECEIVED DOWNSTREAM_WIRE_BYTES_SENT DURATION FILTER_CHAIN_NAME GRPC_STATUS_NUMBER HOSTNAME LISTENER_NAME
  LOCAL_REPLY_BODY PACKETS_RETRANSMITTED PROTOCOL REQUEST_DURATION REQUEST_HEADERS_BYTES REQUEST_TX_DURATION RESPONSE_CODE
  RESPONSE_DURATION RESPONSE_FLAGS RESPONSE_FLAGS_LONG RESPONSE_HEADERS_BYTES RESPONSE_TRAILERS_BYTES RESPONSE_TX_DURATION
  ROUNDTRIP_DURATION ROUTE_NAME ROUTE_RESOLUTION_COUNT ROUTE_RESOLUTION_TIME_US SPAN_ID STREAM_ID TLS_JA3_FINGERPRINT
  TLS_JA4_FINGERPRINT TRACE_ID UNIQUE_ID UPSTREAM_CLUSTER UPSTREAM_CLUSTER_RAW UPSTREAM_CONNECTION_ID
  UPSTREAM_CONNECTION_IDS_ATTEMPTED UPSTREAM_CONNECTION_POOL_READY_DURATION UPSTREAM_DECOMPRESSED_HEADER_BYTES_RECEIVED
  UPSTREAM_DECOMPRESSED_HEADER_BYTES_SENT UPSTREAM_DETECTED_CLOSE_TYPE UPSTREAM_HEADER_BYTES_RECEIVED UPSTREAM_HEADER_BYTES_SENT
  UPSTREAM_HOST UPSTREAM_HOSTS_ATTEMPTED UPSTREAM_HOSTS_ATTEMPTED_WITHOUT_PORT UPSTREAM_HOST_NAME UPSTREAM_HOST_NAMES_ATTEMPTED
  UPSTREAM_HOST_NAMES_ATTEMPTED_WITHOUT_PORT UPSTREAM_HOST_NAME_WITHOUT_PORT UPSTREAM_LOCAL_ADDRESS UPSTREAM_LOCAL_CLOSE_REASON
  UPSTREAM_LOCAL_DNS_SAN UPSTREAM_LOCAL_IP_SAN UPSTREAM_LOCAL_PORT UPSTREAM_LOCAL_URI_SAN UPSTREAM_PEER_CERT UPSTREAM_PEER_DNS_SAN
  UPSTREAM_PEER_IP_SAN UPSTREAM_PEER_ISSUER UPSTREAM_PEER_SUBJECT UPSTREAM_PEER_URI_SAN UPSTREAM_PROTOCOL UPSTREAM_REMOTE_ADDRESS
  UPSTREAM_REMOTE_ADDRESS_ENDPOINT_ID UPSTREAM_REMOTE_PORT UPSTREAM_REQUEST_ATTEMPT_COUNT UPSTREAM_SERVER_NAME UPSTREAM_TLS_CIPHER
  UPSTREAM_TLS_GROUP UPSTREAM_TLS_SESSION_ID UPSTREAM_TLS_VERSION UPSTREAM_TRANSPORT_FAILURE_REASON UPSTREAM_WIRE_BYTES_RECEIVED
  UPSTREAM_WIRE_BYTES_SENT VIRTUAL_CLUSTER_NAME`;

/** Commands with an optional argument of any form, such as the length of a mask or ALLOW_WHITESPACES. */
const FREE = `
  DOWNSTREAM_DIRECT_LOCAL_ADDRESS_WITHOUT_PORT DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT
  DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT RESPONSE_CODE_DETAILS UPSTREAM_LOCAL_ADDRESS_WITHOUT_PORT
  UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT`;

/** Commands with an optional argument for the format of a time. */
const TIMES = `
  DOWNSTREAM_PEER_CERT_V_END DOWNSTREAM_PEER_CERT_V_START EMIT_TIME EMIT_TIME_LOCAL START_TIME START_TIME_LOCAL
  UPSTREAM_PEER_CERT_V_END UPSTREAM_PEER_CERT_V_START`;

/** Commands that read a header. */
const HEADERS = 'REQ REQUEST_HEADER RESP RESPONSE_HEADER RESPONSE_TRAILER STREAM_INFO_REQ TRAILER';

/** Commands with a required argument of any form. */
const NAMED = 'CLUSTER_METADATA DYNAMIC_METADATA ENVIRONMENT QUERY_PARAM UPSTREAM_METADATA';

const HEADER = /^(:?[!#$%&'*+\-.^_`|~0-9A-Za-z]+)?$/;
const LINE_BREAK = /%[-_0^#]*[1-9]*[EO]?n/;

const METADATA_TYPES = ['DYNAMIC', 'CLUSTER', 'ROUTE', 'UPSTREAM_HOST', 'LISTENER', 'LISTENER_FILTER_CHAIN', 'VIRTUAL_HOST'];
const CERTIFICATE_PARTS = ['by', 'hash', 'cert', 'chain', 'subject', 'uri', 'dns'];

const anyOf = (choice: readonly string[]) => choice.join(', ').replace(/, ([^,]*)$/, ' or $1');

/**
 * Returns what the argument of a command must be; undefined if it is valid. A missing argument is empty.
 *
 * @internal
 */
export type ArgumentCheck = (argument: string) => string | undefined;

const noArgument: ArgumentCheck = (argument) => argument === '' ? undefined : 'no arguments';
const needed: ArgumentCheck = (argument) => argument === '' ? 'an argument in parentheses' : undefined;

const header: ArgumentCheck = (argument) => {
  const names = argument.split('?');
  return argument !== '' && names.length < 3 && names.every((name) => HEADER.test(name)) ? undefined
    : 'the name of a header, or two separated by "?"';
};

const time: ArgumentCheck = (argument) => LINE_BREAK.test(argument) ? 'a time format without %n' : undefined;

/** Optional parts separated by colons. Envoy ignores further parts. */
const parts = (...choices: readonly (readonly string[])[]): ArgumentCheck => (argument) => {
  const given = argument.split(':');
  const wrong = choices.find((choice, i) => given[i] !== undefined && given[i] !== '' && !choice.includes(given[i]));
  return wrong === undefined ? undefined : anyOf(wrong);
};

const oneOf = (...choice: readonly string[]): ArgumentCheck => (argument) =>
  argument === '' || choice.includes(argument) ? undefined : anyOf(choice);

const filterState: ArgumentCheck = (argument) => {
  const [key, form = '', field = ''] = argument.split(':');
  const isRight = key !== '' && (form === 'FIELD' ? field !== '' : field === '' && ['', 'PLAIN', 'TYPED'].includes(form));
  return isRight ? undefined : 'a key, optionally followed by a colon and PLAIN, TYPED, or FIELD with a colon and the name of a field';
};

const duration: ArgumentCheck = (argument) => {
  const [, end, precision = 'ms', ...rest] = argument.split(':');
  return end !== undefined && rest.length === 0 && ['ms', 'us', 'ns'].includes(precision) ? undefined
    : 'two points in time and optionally ms, us or ns, separated by colons';
};

const cel: ArgumentCheck = (argument) => envoyCelProblem(argument) === undefined ? undefined : 'a CEL expression';

/** Istio rejects the quotes of JSON in headers. */
const coalesce: ArgumentCheck = (argument) => {
  try {
    if (Array.isArray((JSON.parse(argument) as { readonly operators?: unknown } | null)?.operators)) return undefined;
  } catch {
    // It is not valid JSON.
  }
  return 'JSON with a list of operators, which Istio rejects in a header';
};

const metadata: ArgumentCheck = (argument) => METADATA_TYPES.includes(argument.split(':')[0]) ? undefined
  : `${anyOf(METADATA_TYPES)}, followed by a colon and a namespace`;

const certificate: ArgumentCheck = (argument) => CERTIFICATE_PARTS.includes(argument.toLowerCase()) ? undefined : anyOf(CERTIFICATE_PARTS);

const words = (names: string, check: ArgumentCheck) => names.trim().split(/\s+/).map((name): [string, ArgumentCheck] => [name, check]);

/**
 * The commands of Envoy 1.40 by name, each with the check of its argument.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/advanced/substitution_formatter
 * @internal
 */
export const COMMANDS: ReadonlyMap<string, ArgumentCheck> = new Map<string, ArgumentCheck>([
  ...words(PLAIN, noArgument),
  ...words(FREE, () => undefined),
  ...words(TIMES, time),
  ...words(HEADERS, header),
  ...words(NAMED, needed),
  ...words('CEL TYPED_CEL', cel),
  ...words('FILTER_STATE UPSTREAM_FILTER_STATE', filterState),
  ['COALESCE', coalesce],
  ['COMMON_DURATION', duration],
  ['GRPC_STATUS', oneOf('CAMEL_STRING', 'SNAKE_STRING', 'NUMBER')],
  ['METADATA', metadata],
  ['PATH', parts(['WQ', 'NQ'], ['ORIG', 'PATH', 'ORIG_OR_PATH'])],
  ['QUERY_PARAMS', oneOf('ORIG', 'DECODED')],
  ['REQUESTED_SERVER_NAME', parts(['SNI_ONLY', 'SNI_FIRST', 'HOST_FIRST'], ['ORIG', 'HOST', 'ORIG_OR_HOST'])],
  ['XFCC_VALUE', certificate],
]);
