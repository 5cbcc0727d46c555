import { VirtualService } from '../istio/virtual-service/virtual-service';

/**
 * The VirtualService of an endpoint: other routes are compared with the endpoint, not with its rules.
 *
 * @internal
 */
export class EndpointVirtualService extends VirtualService {
  /** Whether its author wrote the rules. */
  public override get _isHandWritten(): boolean {
    return false;
  }
}
