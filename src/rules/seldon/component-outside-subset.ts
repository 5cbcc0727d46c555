import { deploymentExample, predictorExample } from './examples';
import { Cluster } from '../../cluster/cluster';
import { ClusterKind, ClusterObject } from '../../cluster/cluster-object';
import { asStored } from '../../cluster/core1-operator/as-stored';
import { checkForm } from '../../cluster/core1-operator/form';
import { findUnroutedComponents } from '../../cluster/core1-operator/unrouted-components';
import { show } from '../../plan/checks/errors';
import { Level } from '../level';
import { Problem, Rule } from '../rule';

const component = (labels: string) => `      componentSpecs:
        - metadata: { labels: { ${labels} } }
          spec: { containers: [{ name: classifier, image: "registry.example.com/iris:2" }] }`;

/** A component whose pods the subset of its predictor excludes. */
export const componentOutsideSubset: Rule = {
  id: 'component-outside-subset',
  level: Level.ERROR,
  title: 'The subset of a predictor excludes its pods',
  page: {
    explanation: `
The operator's routes select the pods of a predictor by the label \`version\`, whose value is that of the predictor's labels, or its name. A
component with a label \`version\` of its own overrides it, so the subset has no pods, and requests get 503. It is a warning unless the
configuration states that the operator writes the routes.`,
    wrong: deploymentExample(`  predictors:\n${predictorExample('main', component('version: v2'))}`),
    right: deploymentExample(`  predictors:\n${predictorExample('main', `      labels: { version: v2 }\n${component('team: fraud')}`)}`),
  },
  check: (cluster: Cluster) => {
    const level = cluster.settings.core1Routes === 'operator' ? Level.ERROR : Level.WARNING;
    return cluster.all(ClusterKind.SELDON_DEPLOYMENT).flatMap((object) => problemsOf(object, level));
  },
};

function problemsOf(object: ClusterObject, level: Level): Problem[] {
  return unroutedIn(object).map(({ predictor, component: index, version, expected }) => {
    const position = (object.spec.predictors as readonly { readonly name: string }[]).findIndex(({ name }) => name === predictor);
    return {
      object,
      field: ['spec', 'predictors', position, 'componentSpecs', index, 'metadata', 'labels', 'version'],
      level,
      problem: `componentSpecs[${index}] of predictor ${show(predictor)} has the label version ${show(version)}, and routes select the pods by version ${show(expected)}`,
      remedy: 'set the label in the labels of the predictor instead',
    };
  });
}

/** The API server rejects a SeldonDeployment of another form, so it has no pods. */
function unroutedIn({ manifest }: ClusterObject): ReturnType<typeof findUnroutedComponents> {
  try {
    checkForm('', manifest);
  } catch {
    return [];
  }
  return findUnroutedComponents(asStored(manifest).spec);
}
