/**
 * Codes of `istioctl analyze` that no rule repeats, for one reason.
 *
 * @internal
 */
export interface UnrepeatedCodes {
  /** The codes. */
  readonly codes: readonly string[];
  /** What they are about, as a phrase. */
  readonly about: string;
  /** Why no rule repeats them, as sentences. */
  readonly reason: string;
}

/**
 * All codes of `istioctl analyze` that no rule repeats. Together with the codes of the rules, they are all of them.
 *
 * @internal
 */
export const UNREPEATED_CODES: readonly UnrepeatedCodes[] = [
  {
    codes: ['IST0001', 'IST0126', 'IST0139', 'IST0141', 'IST0142', 'IST0148', 'IST0156', 'IST0163', 'IST0164', 'IST0168', 'IST0169', 'IST0170', 'IST0172', 'IST0175', 'IST0176'],
    about: 'the installation of Istio, its upgrades, and several clusters',
    reason: 'They are read from the control plane, not from the manifests of applications.',
  },
  {
    codes: ['IST0103', 'IST0143', 'IST0158', 'IST0171'],
    about: 'pods that run, and conditions in `status`',
    reason: 'Manifests do not show them.',
  },
  {
    codes: ['IST0102', 'IST0123', 'IST0146', 'IST0147'],
    about: 'injection of sidecars',
    reason: 'Which pods get a sidecar depends on the webhooks and revision tags of a cluster as well. A namespace without a label may be meant to be outside the mesh.',
  },
  {
    codes: ['IST0107', 'IST0108', 'IST0125', 'IST0135', 'IST0136'],
    about: 'annotations',
    reason: 'No request reaches a wrong backend because of them, and the known ones differ from one release to the next.',
  },
  {
    codes: ['IST0002'],
    about: 'deprecated fields and kinds',
    reason: 'They work. In a release that drops a field, `unknown-field` reports it.',
  },
  {
    codes: ['IST0118', 'IST0150'],
    about: 'names of ports',
    reason: 'A port without a protocol works: Istio detects HTTP. Where it matters, since the port carries gRPC, `grpc-over-http1` reports it.',
  },
  {
    codes: ['IST0116', 'IST0137', 'IST0144', 'IST0162'],
    about: 'Deployments and their Services',
    reason: 'The requests reach the pods. The Service of a gateway is that of its installation, which is rarely among the manifests.',
  },
  {
    codes: ['IST0128', 'IST0129'],
    about: 'TLS to a destination without `caCertificates`',
    reason: 'Proxies verify servers with the authorities of their operating system then.',
  },
  {
    codes: ['IST0134'],
    about: 'a ServiceEntry for TCP without addresses',
    reason: 'Whether it needs addresses depends on the release of Istio and on settings of the mesh, since Istio can allocate them.',
  },
  {
    codes: ['IST0140'],
    about: 'subsets of a VirtualService for the mesh',
    reason: 'It is not meant for requests from a gateway, which has routes of its own.',
  },
  {
    codes: ['IST0149'],
    about: 'matches on claims of a token without a RequestAuthentication',
    reason: 'The one for the pods of a gateway is often managed by another team.',
  },
  {
    codes: ['IST0151', 'IST0155'],
    about: 'operations of an EnvoyFilter that depend on other filters, without `priority`',
    reason: 'Filters of Istio itself are there whatever the priority. Only a filter that another EnvoyFilter adds can be missing.',
  },
  {
    codes: ['IST0152', 'IST0153', 'IST0154'],
    about: 'operations of an EnvoyFilter that istioctl expects Istio to ignore',
    reason: 'No rule judges what the operations of an EnvoyFilter do.',
  },
  {
    codes: ['IST0157'],
    about: 'a Telemetry without providers',
    reason: 'The mesh may have default providers.',
  },
  {
    codes: ['IST0165', 'IST0166', 'IST0167'],
    about: 'the Gateway API and the ambient mode',
    reason: 'Rules do not read the objects of the Gateway API.',
  },
];
