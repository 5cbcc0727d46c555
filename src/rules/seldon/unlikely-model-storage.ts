import { eachObject } from './each-object';
import { core2Example } from './examples';
import { ClusterKind } from '../../cluster/cluster-object';
import { JsonObject, objectOf, stringOf } from '../../cluster/json';
import { unlikelyRemote } from '../../objects/core2/storage-remotes';
import { Fault } from '../../objects/fault';
import { show } from '../../plan/checks/errors';
import { Level } from '../level';
import { Rule } from '../rule';

/** A location of a model for which Seldon's rclone is not configured. */
export const unlikelyModelStorage: Rule = {
  id: 'unlikely-model-storage',
  level: Level.WARNING,
  title: 'A location that Seldon cannot read',
  page: {
    explanation: `
Seldon loads models by rclone, which reads the scheme of a \`storageUri\` as the name of a remote. Seldon's chart configures \`gs\` and \`s3\`, for
instance, and not \`gcs\`, \`http\`, \`https\`, \`file\` or \`pvc\`, which other tools accept. A Secret that \`secretName\` refers to may define any
remote, so the rule is silent for such a Model. The agents of a cluster may be configured with more, so the finding is a warning.`,
    wrong: core2Example('Model', 'iris', '  storageUri: gcs://models/iris\n  requirements: [sklearn]'),
    right: core2Example('Model', 'iris', '  storageUri: gs://models/iris\n  requirements: [sklearn]'),
  },
  check: eachObject([ClusterKind.MODEL, storageFaults]),
};

function* storageFaults({ spec }: JsonObject): Iterable<Fault> {
  const { storageUri, secretName } = objectOf(spec);
  const found = stringOf(secretName) !== undefined ? undefined : unlikelyRemote(stringOf(storageUri) ?? '');
  if (found === undefined) return;
  yield {
    field: ['spec', 'storageUri'],
    problem: `storageUri ${show(storageUri)} is in an rclone remote named ${show(found.remote)}, which Seldon's chart does not configure`,
    remedy: `${found.remedy[0].toLowerCase()}${found.remedy.slice(1)}, or set secretName to a Secret that defines the remote`,
  };
}
