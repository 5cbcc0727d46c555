import { readFileSync } from 'fs';
import { join } from 'path';
import { Size } from 'cdk8s';
import { ListedModel, ModelsFile } from '../../src';
import { modelsSchemaFile } from '../../src/delivery/models-file-schema';

const parse = (text: string): ListedModel[] => ModelsFile.parse(text, 'models.yaml');

const VALID = `models:
  - name: iris
    requirements: [sklearn]
    memory: 100Mi
    replicas: 2
    versions:
      - { version: v2, uri: gs://models/iris/v2 }
      - { version: v3, uri: gs://models/iris/v3, weight: 10 }
  - name: income
    versions:
      - { version: 1, uri: s3://models/income, weight: 100 }
`;

test('models and their versions', () => {
  expect(parse(VALID)).toEqual([
    {
      name: 'iris',
      requirements: ['sklearn'],
      memory: Size.mebibytes(100),
      replicas: 2,
      stable: { version: 'v2', uri: 'gs://models/iris/v2', weight: 0 },
      next: { version: 'v3', uri: 'gs://models/iris/v3', weight: 10 },
    },
    { name: 'income', requirements: [], stable: { version: '1', uri: 's3://models/income', weight: 100 } },
  ]);
});

test('a file is read by its path, which errors name', () => {
  const file = join(__dirname, '../../examples/models-file/models.yaml');

  expect(ModelsFile.read(file).map(({ name }) => name)).toEqual(['iris', 'income']);
  expect(() => ModelsFile.read(join(__dirname, 'missing.yaml'))).toThrow('missing.yaml');
});

const iris = (versions: string) => `models:\n  - name: iris\n    versions:${versions}\n`;

const version = (name: string, more = '') => `\n      - { version: ${name}, uri: "gs://models/${name}"${more} }`;

test.each([
  ['', 'models.yaml:1:1: models is required'],
  ['models: {}', 'models.yaml:1:1: models must be a list'],
  ['models: [', 'models.yaml:1:10: '],
  ['modells: []', 'models.yaml:1:1: unknown field "modells". Did you mean "models"?\nmodels.yaml:1:1: models is required'],
  ['models:\n  - name: iris\n    versons: []', 'models.yaml:3:5: unknown field "models[0].versons". Did you mean "versions"?\nmodels.yaml:2:5: models[0].versions is required'],
  [iris(' []'), 'models.yaml:3:5: model "iris" has no version. Add one'],
  [iris(version('v1') + version('v2') + version('v3')), 'models.yaml:6:9: model "iris" has 3 versions. Remove the first before you add the next'],
  [iris(version('v1') + version('v1')), 'models.yaml:5:11: version "v1" of model "iris" is listed twice. Give the new version another name'],
  [iris(version('v1')) + iris(version('v1')).slice('models:\n'.length), 'models.yaml:5:5: model "iris" is listed twice. Use one entry for each model, with its versions'],
  [iris(version('v1', ', weight: 101')), 'models.yaml:4:47: models[0].versions[0].weight is "101", but must be like "10"'],
  [iris(version('v1', ', weight: -1')), 'weight is "-1", but must be like "10"'],
  [iris(version('v1', ', weight: 1.5')), 'weight is "1.5", but must be like "10"'],
  [iris(version('V1')), 'version is "V1", but must be like "v2"'],
  [iris(version('v1')).replace('iris', 'iris\n    memory: 1.5Gi'), 'memory is "1.5Gi", but must be like "100Mi"'],
  [iris('\n      - { version: v1, uri: models }'), 'uri is "models", but must be like "gs://models/iris/v2"'],
  [iris('\n      - { version: v1 }'), 'models[0].versions[0].uri is required'],
  [iris('\n      - v1'), 'models[0].versions[0] must be an object'],
])('%j is rejected', (text, message) => {
  expect(() => parse(text)).toThrow(message);
});

test('the schema for editors is that of the class', () => {
  expect(readFileSync(join(__dirname, '../../docs/models.schema.json'), 'utf8')).toBe(modelsSchemaFile());
});
