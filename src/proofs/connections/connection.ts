import { GatewayHost } from '../../answers/gateways/gateway-hosts';
import { GatewayEntry } from '../../answers/request';
import { HostTable } from '../../answers/routes/host-table';

/**
 * How requests enter on one side.
 *
 * @internal
 */
export interface ConnectionSide {
  /** The connection; undefined if no gateway listens. */
  readonly entry: GatewayEntry | undefined;
  /** The virtual hosts; undefined if all requests are treated alike, as by a server that forwards connections. */
  readonly hosts: HostTable<GatewayHost> | undefined;
}

/**
 * A connection to a gateway, in two states of a cluster.
 *
 * @internal
 */
export interface Connection {
  /** The Gateway as `namespace/name`; before a change if it has another name then. */
  readonly gateway: string;
  /** The port. */
  readonly port: number;
  /** Whether clients use TLS. */
  readonly tls: boolean;
  /** The server name pattern for which clients reach it; undefined without TLS. */
  readonly serverNames?: readonly string[];
  readonly before: ConnectionSide;
  readonly after: ConnectionSide;
}
