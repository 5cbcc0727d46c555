import { EnvoyRule } from './envoy-routes';
import { AccessLine } from '../../harness/envoy';
import { Arrival } from '../../harness/stubs';
import { Probe } from '../boundary-requests';
import { AnswerSet } from '../manifests/set';
import { RawResponse } from '../sending/raw-response';

/** What became of a request in Envoy. */
export interface Observation {
  readonly set: AnswerSet;
  readonly probe: Probe;
  readonly response: RawResponse;
  /** The arrival that answered, if a stub did. */
  readonly answeredBy?: Arrival;
  /** All other arrivals. */
  readonly mirrored: readonly Arrival[];
  readonly line?: AccessLine;
  /** The rule that Envoy took; several if they have the same name. */
  readonly rules: readonly EnvoyRule[];
  /** The clusters of the proxy that exist. */
  readonly clusters: ReadonlySet<string>;
}
