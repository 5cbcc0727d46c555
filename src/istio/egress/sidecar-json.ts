import { portName } from './service-entry-props';
import { SidecarPort, SidecarProps, SidecarTlsMode } from './sidecar-props';
import { SidecarSpec, toJson_SidecarSpec } from '../../../imports/networking.istio.io';
import { fieldPaths, keepNewerFields } from '../../mesh/newer-fields';
import { toTrafficPolicy } from '../destination-rule/destination-rule-json';

const NEWER_FIELDS = fieldPaths('ingress[].connectionPool.http.http2KeepAlive', 'inboundConnectionPool.http.http2KeepAlive');

/**
 * Writes the spec of a Sidecar.
 *
 * @internal
 */
export function toSidecarSpec({ workloadSelector, egress, ingress, outboundTrafficPolicy, inboundConnectionPool }: SidecarProps): unknown {
  const spec = {
    workloadSelector: workloadSelector && { labels: workloadSelector },
    egress: egress?.map(({ port, bind, captureMode, hosts }) => ({ port: port && toPort(port), bind, captureMode, hosts })),
    ingress: ingress?.map(({ port, bind, captureMode, defaultEndpoint, tls, connectionPool }) => ({
      port: toPort(port),
      bind,
      captureMode,
      defaultEndpoint,
      tls: tls && { ...tls, mode: tls.mode ?? SidecarTlsMode.SIMPLE },
      connectionPool: connectionPool && toTrafficPolicy({ connectionPool }).connectionPool,
    })),
    outboundTrafficPolicy: outboundTrafficPolicy && { mode: outboundTrafficPolicy },
    inboundConnectionPool: inboundConnectionPool && toTrafficPolicy({ connectionPool: inboundConnectionPool }).connectionPool,
  };
  // The generated types have enums of their own for each place.
  return keepNewerFields(toJson_SidecarSpec(spec as unknown as SidecarSpec), spec, NEWER_FIELDS);
}

function toPort(port: SidecarPort): object {
  return { number: port.number, protocol: port.protocol, name: portName(port) };
}
