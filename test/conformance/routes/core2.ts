import { Expectation, RouteCase, Share, Target } from '../checks/routed';
import { Headers, Request } from '../harness/clients';

/** A model of Seldon Core 2, by the header that its own Envoy picks it by. */
export const core2 = (model: string, namespace = 'seldon-mesh'): Target => ({ service: `seldon-mesh.${namespace}`, port: 80, model });

/** What an endpoint that ends in Seldon Core 2 promises. */
export interface Core2Endpoint {
  /** The name in `/v2/models/<name>`. */
  readonly name: string;
  readonly host: string;
  /** Who answers; several with their shares. */
  readonly arms: Target | readonly Share[];
  /** Its gRPC calls need no header, since the whole host is its own. */
  readonly allOnHost?: boolean;
  /** It takes every host, so there is no other one. */
  readonly takesAnyHost?: boolean;
  /** Its REST paths are all of `/v2/` on its host. */
  readonly ownsPaths?: boolean;
  /** The gateway port, where it is not 80. */
  readonly port?: number;
  /** Sent from inside the mesh. */
  readonly fromMesh?: boolean;
}

const NOT_FOUND = 404;
const UNIMPLEMENTED = 12;

/** What a client may try in order to reach another model than it asks for. */
const FORGED: Headers = { 'x-seldon-route': ':iris2_1:', 'seldon-internal-model': 'other_1' };

/** The requests that every endpoint of Seldon Core 2 must answer, and those that it must not. */
export function core2Endpoint(endpoint: Core2Endpoint): RouteCase[] {
  const { name, host, arms, allOnHost = false, ownsPaths = false, takesAnyHost = false, port, fromMesh } = endpoint;
  const where = `${name}${port === undefined ? '' : ` on port ${port}`}`;
  const any: Expectation = Array.isArray(arms) ? { shares: arms } : { to: arms as Target };
  const rest = (path: string, headers?: Headers): Request => ({ rest: path, host, headers, port, fromMesh });
  const grpc = (call: 'ModelInfer' | 'ModelReady' | 'ModelMetadata', headers?: Headers): Request =>
    ({ grpc: call, model: name, host, headers, port, fromMesh });
  const named = (headers?: Headers): Headers => ({ ...(allOnHost ? {} : { 'seldon-model': name }), ...headers });
  const several = Array.isArray(arms) ? { times: 1000 } : {};
  // Which arm answers is a matter of chance; once or a few times, any arm is right.
  const anyArm = Array.isArray(arms) ? { times: 100 } : {};

  const answered: RouteCase[] = [
    { title: `REST inference reaches ${where}`, request: rest(`/v2/models/${name}/infer`), expect: any, ...several },
    { title: `gRPC inference reaches ${where}`, request: grpc('ModelInfer', named()), expect: any, ...several },
    { title: `REST metadata of ${where}`, request: rest(`/v2/models/${name}`), expect: any, ...anyArm },
    { title: `REST readiness of ${where}`, request: rest(`/v2/models/${name}/ready`), expect: any, ...anyArm },
    { title: `REST inference of a version of ${where}`, request: rest(`/v2/models/${name}/versions/1/infer`), expect: any, ...anyArm },
    { title: `REST with a query reaches ${where}`, request: rest(`/v2/models/${name}/infer?trace=1`), expect: any, ...anyArm },
    { title: `gRPC readiness of ${where}`, request: grpc('ModelReady', named()), expect: any, ...anyArm },
    { title: `gRPC metadata of ${where}`, request: grpc('ModelMetadata', named()), expect: any, ...anyArm },
  ];
  const forged: RouteCase[] = [
    {
      title: `what a REST client forges does not reach ${where}`,
      request: rest(`/v2/models/${name}/infer`, { ...FORGED, 'seldon-model': ['other', 'another'] }),
      expect: any,
      ...anyArm,
    },
    { title: `what a gRPC client forges does not reach ${where}`, request: grpc('ModelInfer', named(FORGED)), expect: any, ...anyArm },
  ];
  // Envoy compares each value of a header with the match: one that fits is enough, and the others must not arrive.
  forged.push({
    title: `a second model that a gRPC client names does not reach ${where}`,
    request: grpc('ModelInfer', { 'seldon-model': allOnHost ? ['other', 'another'] : [name, 'other'] }),
    expect: any,
    ...anyArm,
  });

  const refused: RouteCase[] = [
    { title: `REST outside of the protocol is not found at ${where}`, request: rest('/'), expect: { status: NOT_FOUND } },
    { title: `another REST protocol is not found at ${where}`, request: rest(`/v1/models/${name}:predict`), expect: { status: NOT_FOUND } },
  ];
  if (!ownsPaths) {
    refused.push(
      {
        title: `REST for the neighbour ${name}-large does not reach ${where}`,
        request: rest(`/v2/models/${name}-large/infer`),
        expect: { status: NOT_FOUND },
      },
      {
        title: `REST for the neighbour ${name}-large, as such, does not reach ${where}`,
        request: rest(`/v2/models/${name}-large`),
        expect: { status: NOT_FOUND },
      },
      {
        title: `REST for a shorter name does not reach ${where}`,
        request: rest(`/v2/models/${name.slice(0, -1)}/infer`),
        expect: { status: NOT_FOUND },
      },
    );
  }
  if (allOnHost && !takesAnyHost) {
    refused.push(
      {
        title: `REST at another host does not reach ${where}`,
        request: { ...rest(`/v2/models/${name}/infer`), host: 'other.example.org' },
        expect: { status: NOT_FOUND },
      },
      {
        title: `gRPC at another host does not reach ${where}`,
        request: { ...grpc('ModelInfer'), host: 'other.example.org' },
        expect: { grpcStatus: UNIMPLEMENTED },
      },
    );
  }
  if (!allOnHost) {
    refused.push(
      { title: `gRPC that names no model by header does not reach ${where}`, request: grpc('ModelInfer'), expect: { grpcStatus: UNIMPLEMENTED } },
      {
        title: `gRPC for the neighbour ${name}-large does not reach ${where}`,
        request: grpc('ModelInfer', { 'seldon-model': `${name}-large` }),
        expect: { grpcStatus: UNIMPLEMENTED },
      },
    );
  }
  return [...answered, ...forged, ...refused];
}
