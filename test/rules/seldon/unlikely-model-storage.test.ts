import { unlikelyModelStorage } from '../../../src/rules/seldon/unlikely-model-storage';
import { problemsOf } from '../../support/cluster';

test('finds schemes of other tools', () => {
  expect(problemsOf(unlikelyModelStorage, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: a, namespace: models}
spec: {storageUri: 'gcs://m/iris'}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: b, namespace: models}
spec: {storageUri: 'pvc://claim/iris'}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: c, namespace: models}
spec: {storageUri: 'https://example.com/iris'}
`)).toEqual([
    {
      at: 'warning at Model models/a spec.storageUri',
      problem: 'storageUri "gcs://m/iris" is in an rclone remote named "gcs", which Seldon\'s chart does not configure',
      remedy: 'use gs:// for Google Cloud Storage, or set secretName to a Secret that defines the remote',
      related: [],
    },
    {
      at: 'warning at Model models/b spec.storageUri',
      problem: 'storageUri "pvc://claim/iris" is in an rclone remote named "pvc", which Seldon\'s chart does not configure',
      remedy: 'set only the path for files in the pods of the Server, or set secretName to a Secret that defines the remote',
      related: [],
    },
    {
      at: 'warning at Model models/c spec.storageUri',
      problem: 'storageUri "https://example.com/iris" is in an rclone remote named "https", which Seldon\'s chart does not configure',
      remedy: 'copy the files to storage that Seldon\'s rclone supports, or set secretName to a Secret that defines the remote',
      related: [],
    },
  ]);
});

test('is silent about remotes of the chart, paths, unknown remotes, and a Secret', () => {
  expect(problemsOf(unlikelyModelStorage, `
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: a, namespace: models}
spec: {storageUri: 'gs://m'}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: b, namespace: models}
spec: {storageUri: /mnt/iris}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: c, namespace: models}
spec: {storageUri: 'myremote://iris'}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: d, namespace: models}
spec: {storageUri: 'gcs://m', secretName: gcs}
---
apiVersion: mlops.seldon.io/v1alpha1
kind: Model
metadata: {name: e, namespace: models}
spec: {storageUri: 3}
`)).toEqual([]);
});
