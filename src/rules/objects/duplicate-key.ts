import { Cluster } from '../../cluster/cluster';
import { show } from '../../plan/checks/errors';
import { Level, Rule } from '../rule';

const example = (hosts: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: iris, namespace: models }
spec:
  gateways: [istio-system/gateway]
  hosts: [iris.example.com]
  ${hosts}http:
    - match: [{ uri: { prefix: /v2/models/iris/ } }]
      route:
        - destination: { host: seldon-mesh.models.svc.cluster.local, port: { number: 80 } }
          headers: { request: { set: { seldon-model: iris }, remove: [x-seldon-route, seldon-internal-model] } }
`;

/** A key that occurs twice in one object of a manifest. */
export const duplicateKey: Rule = {
  id: 'duplicate-key',
  level: Level.ERROR,
  title: 'A key occurs twice',
  page: {
    explanation: `
Of two equal keys, kubectl uses the last one and ignores the other one silently, also with \`--validate=strict\`. What was written first is
lost. The finding is a warning if both have the same value. It needs the text of a manifest, so there is none for objects of an app.`,
    wrong: example('hosts: [models.example.com]\n  '),
    right: example('').replace('[iris.example.com]', '[iris.example.com, models.example.com]'),
  },
  check: (cluster: Cluster) => cluster.objects.flatMap((object) => (object.origin.duplicateKeys ?? []).map(({ field, isEqual }) => ({
    object,
    field,
    ...isEqual ? { level: Level.WARNING } : {},
    problem: `the key ${show(field[field.length - 1])} occurs twice in one object, and kubectl uses only the last one`,
    remedy: isEqual ? 'remove one of them' : 'remove one of them, or write the values of both under one key',
  }))),
};
