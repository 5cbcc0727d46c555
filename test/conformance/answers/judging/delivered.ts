import { DeliveredRequest, ResponseHeaders } from '../../../../src/answers/answer';
import { TokenLocation } from '../../../../src/answers/request';
import { JOINED_HEADERS } from '../../../../src/cluster/joined-headers';
import { REQUEST_ID } from '../../harness/envoy';
import { ANSWERED_BY, MIRRORED_TO } from '../../harness/seldon-envoy';
import { Arrival, SERIAL } from '../../harness/stubs';
import { RawResponse, valuesOf } from '../sending/raw-response';

/** Headers that proxies manage, or the tests. */
const MANAGED = /^(:.*|host|grpc-timeout|x-forwarded-.*|x-envoy-.*|x-request-id|content-length|transfer-encoding|connection|te|upgrade|keep-alive|x-b3-.*|traceparent|tracestate)$/;

type Lines = readonly (readonly [name: string, value: string])[];

/** Header lines in a form that can be compared: values by name, those that proxies join on one line. */
function comparable(lines: Lines): Map<string, string> {
  const values = new Map<string, string[]>();
  for (const [name, value] of lines) {
    if (!MANAGED.test(name) && name !== REQUEST_ID) values.set(name, [...values.get(name) ?? [], value]);
  }
  const parts = (all: readonly string[], separator: string) => all.flatMap((value) => value.split(separator)).map((part) => part.trim()).filter((part) => part !== '');
  const joined = (name: string, all: readonly string[]) => {
    if (name === 'cookie') return parts(all, ';').join('; ');
    return JOINED_HEADERS.has(name) ? all.filter((value) => value !== '').join(',') : all.join('\n');
  };
  return new Map([...values].map(([name, all]) => [name, joined(name, all)] as const).filter(([name, value]) => name !== 'cookie' || value !== ''));
}

const difference = (what: string, wanted: unknown, seen: unknown) => (wanted === seen ? [] : [`${what}: resolver ${JSON.stringify(wanted)}, Envoy ${JSON.stringify(seen)}`]);

/** Without a token, which the resolver does not count as a header if it gets the claims. */
function withoutToken(lines: Lines, location: TokenLocation | undefined): Lines {
  if (location === undefined || location.kind === 'parameter') return lines;
  if (location.kind === 'header') return lines.filter(([name, value]) => name !== location.name || !value.includes(`${location.prefix ?? ''}ey`));
  return lines.map(([name, value]) => [name, name === 'cookie' ? value.replace(new RegExp(`(; )?${location.name}=[^;]*`), '') : value] as const);
}

/** In what a request arrived differently from what was predicted. */
export function deliveryDifferences(delivered: DeliveredRequest, { path, ...arrival }: Arrival, location?: TokenLocation): string[] {
  const wanted = comparable(delivered.headers.map(({ name, value }) => [name, value.trim()] as const));
  const seen = comparable(withoutToken([...arrival.headers].flatMap(([name, values]) => values.map((value) => [name, value] as const)), location));
  return [
    ...difference('method', delivered.method, arrival.method),
    ...difference('path', delivered.path, location?.kind === 'parameter' ? path.replace(new RegExp(`[?&]${location.name}=[^&]*$`), '') : path),
    ...difference('authority', delivered.authority, arrival.host),
    ...[...new Set([...wanted.keys(), ...seen.keys()])].flatMap((name) => difference(`header ${name}`, wanted.get(name), seen.get(name))),
    ...[...delivered.set].filter(([name, value]) => !(seen.get(name)?.startsWith(comparable([[name, value]]).get(name) ?? '') ?? value === '') && !MANAGED.test(name))
      .map(([name, value]) => `header ${name} should be set to ${value}, Envoy ${JSON.stringify(arrival.headers.get(name))}`),
    ...delivered.removed.filter((name) => arrival.headers.has(name) && !MANAGED.test(name)).map((name) => `header ${name} should be removed`),
  ];
}

/** What stubs and Envoy send by themselves. */
const STUB_HEADERS: readonly string[] = [SERIAL, ANSWERED_BY, MIRRORED_TO, 'trailer', 'grpc-status', 'grpc-message', 'content-type', 'date', 'server'];

/** In what the headers of a response differ from what was predicted. */
export function responseDifferences(headers: ResponseHeaders | undefined, response: RawResponse): string[] {
  const names = new Set(response.headers.map(([name]) => name));
  const expected = new Set([...headers?.set.keys() ?? [], ...(headers?.added ?? []).map(({ name }) => name)]);
  const set = [...headers?.set ?? []].filter(([name, value]) => !valuesOf(response, name).includes(value.trim()))
    .map(([name, value]) => `response header ${name}: resolver sets ${JSON.stringify(value)}, Envoy ${JSON.stringify(valuesOf(response, name))}`);
  // The stand-in for Seldon's Envoy has version 1 of each Model.
  const lines = (headers?.added ?? []).map(({ name, value }) => ({ name, value: value.replace('<version>', '1') }));
  const added = lines.filter(({ name, value }) => !valuesOf(response, name).some((each) => each === value || each.split(',').includes(value)))
    .map(({ name, value }) => `response header ${name}: resolver adds ${JSON.stringify(value)}, Envoy ${JSON.stringify(valuesOf(response, name))}`);
  const removed = (headers?.removed ?? []).filter((name) => names.has(name) && name !== 'server').map((name) => `response header ${name} should be removed`);
  const unexpected = [...names].filter((name) => !expected.has(name) && !STUB_HEADERS.includes(name) && !MANAGED.test(name))
    .map((name) => `response header ${name}: resolver nothing, Envoy ${JSON.stringify(valuesOf(response, name))}`);
  return [...set, ...added, ...removed, ...unexpected];
}
