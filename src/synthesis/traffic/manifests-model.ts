import { existsSync } from 'fs';
import { resolve } from 'path';
import { TrafficManifestsOptions } from './traffic-manifests-options';
import { TrafficModel } from '../../answers/traffic-model';
import { findRejections } from '../../cli/load-rejections';
import { manifestsIn, readPaths, ReadOptions } from '../../cli/manifest-files';
import { Manifests } from '../../cli/manifests';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind } from '../../cluster/cluster-object';
import { clustersIn } from '../../cluster/partition';
import { inSentences } from '../../plan/checks/errors';
import { showPosition } from '../../report/place';

/**
 * Reads the manifests of a folder, a file or a text.
 *
 * @throws an error if some cannot be read, if they are those of several clusters, or if there is nothing among them that answers requests.
 * @internal
 */
export function folderModel(folderOrText: string, options: TrafficManifestsOptions): TrafficModel {
  if (folderOrText.trim() === '') throw new Error(inSentences('an empty text instead of a folder or YAML', 'give the folder or the YAML with the routes to test'));
  const read: ReadOptions = { cwd: process.cwd(), defaultNamespace: options.defaultNamespace, readInput: () => '' };
  const own = isText(folderOrText) ? manifestsIn([{ file: 'text', text: folderOrText, isNamed: true }], read) : readFolder(folderOrText, read);
  const context = readPaths(options.context ?? [], { ...read, context: true });
  const problems = [...own.problems, ...context.problems].map((problem) => `${showPosition(problem)}: ${problem.message}`);
  if (problems.length > 0) throw new Error(inSentences(`manifests could not be read: ${problems.join('; ')}`, 'correct them'));
  const clusters = clustersIn([...own.objects, ...context.objects]);
  if (clusters.length > 1) {
    throw new Error(inSentences(`"${folderOrText}" has the manifests of ${clusters.length} clusters, since files define one object differently`,
      'give the folder of one of them'));
  }
  const { istioVersion, clusterDomain, rootNamespace, operatorIstio } = options;
  const core1Routes = operatorIstio === true ? 'operator' as const : 'library' as const;
  const settings = { istioVersion, clusterDomain, rootNamespace, ...operatorIstio === undefined ? {} : { core1Routes } };
  const cluster = new Cluster(clusters[0] ?? [], settings);
  if (!ANSWERING.some((kind) => cluster.all(kind).length > 0)) {
    throw new Error(inSentences('manifests without a Gateway, a VirtualService, a Service or a model', 'give the folder or the YAML with the routes to test'));
  }
  return new TrafficModel(cluster, findRejections);
}

/** Without any of these, no request has an answer. */
const ANSWERING: readonly ClusterKind[] = [
  ClusterKind.GATEWAY, ClusterKind.VIRTUAL_SERVICE, ClusterKind.SERVICE, ClusterKind.SERVICE_ENTRY, ClusterKind.SELDON_DEPLOYMENT, ClusterKind.MODEL,
];

/** A path has one line, and no `key: value`. */
function isText(folderOrText: string): boolean {
  return folderOrText.includes('\n') || /^\s*\{|^\w+: /.test(folderOrText);
}

function readFolder(path: string, options: ReadOptions): Manifests {
  if (!existsSync(resolve(options.cwd, path))) throw new Error(inSentences(`the folder "${path}" does not exist`, 'give a folder or a file with manifests, or YAML'));
  return readPaths([path], options);
}
