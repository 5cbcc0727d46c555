/**
 * Joins objects to one YAML text, for the pages of rules.
 *
 * @internal
 */
export function examples(...objects: readonly string[]): string {
  return objects.join('---\n');
}

/**
 * An object of Seldon Core 2, for the pages of rules.
 *
 * @param kind Its kind.
 * @param name Its name.
 * @param spec Its spec, as YAML that is indented by two spaces.
 * @internal
 */
export function core2Example(kind: string, name: string, spec: string): string {
  return `apiVersion: mlops.seldon.io/v1alpha1
kind: ${kind}
metadata: { name: ${name}, namespace: models }
spec:
${spec}
`;
}

/**
 * A Model that needs a capability, for the pages of rules.
 *
 * @internal
 */
export function modelOf(name: string, requirement = 'sklearn'): string {
  return core2Example('Model', name, `  storageUri: gs://models/${name}
  requirements: [${requirement}]`);
}

/**
 * A SeldonDeployment, for the pages of rules.
 *
 * @param spec Its spec, as YAML that is indented by two spaces.
 * @param annotations Its annotations, as YAML.
 * @internal
 */
export function deploymentExample(spec: string, annotations?: string): string {
  return `apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
${annotations === undefined ? '' : `  annotations: ${annotations}\n`}spec:
${spec}
`;
}

/**
 * A predictor on a prepackaged server, for the pages of rules.
 *
 * @param name Its name.
 * @param fields Other fields of it, as YAML that is indented by six spaces.
 * @internal
 */
export function predictorExample(name: string, fields = ''): string {
  return `    - name: ${name}
      graph: { name: classifier, implementation: SKLEARN_SERVER, modelUri: gs://models/${name} }${fields === '' ? '' : `\n${fields}`}`;
}
