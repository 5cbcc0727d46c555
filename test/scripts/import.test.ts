import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'fs';
import { createServer, Server } from 'http';
import { AddressInfo } from 'net';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { parse, stringify } from 'yaml';
import { ImportOptions, importTypes } from '../../scripts/import';
import { Schema } from '../../scripts/import/crd';
import { checkTypes } from '../../scripts/import/generate';
import { Kind } from '../../scripts/import/kinds';
import { fetchAll, readAddresses } from '../../scripts/import/read';
import { selectCrds } from '../../scripts/import/select';
import { trimCrd, trimSchema } from '../../scripts/import/trim';
import { swapFolder } from '../../scripts/swap';

const ROOT = resolve(__dirname, '../..');
const CUP: Kind = { group: 'kitchen.example.com', version: 'v1', kind: 'Cup' };
const POT: Kind = { group: 'kitchen.example.com', version: 'v1beta1', kind: 'Pot' };
// cdk8s-cli is a program of its own, which takes a second to start, and more on a busy machine
jest.setTimeout(60_000);

const OPEN = { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true };

/** Folders of one test: a project with `imports/`, and CRD files next to it. */
let root: string;
let folder: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'import-test-'));
  folder = join(root, 'crds');
  mkdirSync(folder);
  mkdirSync(join(root, 'imports'));
  writeFileSync(join(root, 'imports', 'old.ts'), 'old');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function versionOf(name: string, spec: Schema = { type: 'object', properties: { size: { type: 'integer' } } }) {
  return { name, served: true, storage: true, schema: { openAPIV3Schema: { type: 'object', properties: { spec, status: { type: 'object' } } } } };
}

function crdOf({ group, kind }: Kind, ...versions: object[]) {
  const plural = `${kind.toLowerCase()}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: { group, scope: 'Namespaced', names: { kind, plural }, versions },
  };
}

function write(name: string, ...manifests: object[]) {
  writeFileSync(join(folder, name), manifests.map((manifest) => stringify(manifest)).join('---\n'));
}

function run(options: Partial<ImportOptions> = {}) {
  return importTypes({ root, folder, kinds: [CUP, POT], ...options });
}

function imports(name: string): string {
  return readFileSync(join(root, 'imports', name), 'utf8');
}

function expectOldFiles() {
  expect(readdirSync(root).filter((name) => name.startsWith('.import-'))).toEqual([]);
  expect(readdirSync(join(root, 'imports'))).toEqual(['old.ts']);
}

describe('a run', () => {
  test('takes several kinds of one API group from several files and replaces the old files', async () => {
    write('b.yaml', crdOf(POT, versionOf('v1beta1')), { apiVersion: 'v1', kind: 'ConfigMap' });
    write('a.yml', crdOf(CUP, versionOf('v1')));
    await run();
    expect(readdirSync(join(root, 'imports'))).toEqual(['kitchen.example.com.ts']);
    expect(imports('kitchen.example.com.ts')).toMatch(/^\/\/ Made by "npm run import"/);
    expect(imports('kitchen.example.com.ts').match(/^export (class|function) \w+/gm)).toEqual([
      'export class Cup', 'export function toJson_CupProps', 'export function toJson_CupSpec',
      'export class Pot', 'export function toJson_PotProps', 'export function toJson_PotSpec',
    ]);
  });

  test('leaves nothing else behind', async () => {
    write('all.yaml', crdOf(CUP, versionOf('v1')), crdOf(POT, versionOf('v1beta1')));
    await run();
    expect(readdirSync(root)).toEqual(['crds', 'imports']);
  });

  test('makes `imports/` where there is none', async () => {
    rmSync(join(root, 'imports'), { recursive: true });
    write('cup.yaml', crdOf(CUP, versionOf('v1')));
    await run({ kinds: [CUP] });
    expect(readdirSync(join(root, 'imports'))).toEqual(['kitchen.example.com.ts']);
  });

  test('writes the same bytes however the input is cut into files, and whatever else is in it', async () => {
    write('1.yaml', crdOf(CUP, versionOf('v1')));
    write('2.yaml', crdOf(POT, versionOf('v1beta1')));
    await run();
    const first = imports('kitchen.example.com.ts');
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    const other = crdOf({ ...CUP, kind: 'Mug' }, versionOf('v1'));
    const items = [other, crdOf(POT, versionOf('v1'), versionOf('v1beta1')), crdOf(CUP, versionOf('v1'))];
    write('z.yaml', { apiVersion: 'v1', kind: 'List', items });
    await run();
    expect(imports('kitchen.example.com.ts')).toBe(first);
  });

  test('is not swayed by options of cdk8s-cli in the environment', async () => {
    write('cup.yaml', crdOf(CUP, versionOf('v1')));
    process.env.CDK8S_CLASS_PREFIX = 'My';
    try {
      await run({ kinds: [CUP] });
    } finally {
      delete process.env.CDK8S_CLASS_PREFIX;
    }
    expect(imports('kitchen.example.com.ts')).toContain('export class Cup extends ApiObject');
  });

  test('fails when cdk8s import fails, and leaves the old files', async () => {
    write('cup.yaml', crdOf(CUP, versionOf('v1', { type: 'string', properties: { size: {} } })));
    await expect(run({ kinds: [CUP] })).rejects.toThrow(
      'cdk8s import failed: for "properties", if "type" is specified it has to be an "object"',
    );
    expectOldFiles();
  });

  test('fails when cdk8s import wrote no type for a kind', () => {
    expect(() => checkTypes(join(root, 'imports'), [CUP])).toThrow(
      'cdk8s import wrote no type for Cup (kitchen.example.com/v1): expected a class for it in kitchen.example.com.ts',
    );
  });

  test('fails when the new files cannot be put in place, and puts the old ones back', () => {
    expect(() => swapFolder(join(root, 'nowhere'), join(root, 'imports'), root)).toThrow('ENOENT');
    expectOldFiles();
  });
});

describe('the input', () => {
  test('fails on a kind that is missing, and names each one', async () => {
    write('mug.yaml', crdOf({ ...CUP, kind: 'Mug' }, versionOf('v1')), crdOf({ ...CUP, group: 'other.example.com' }, versionOf('v1')));
    await expect(run()).rejects.toThrow([
      'these CRDs do not fit the kinds that the library uses, each of which is expected once:',
      '  Cup (kitchen.example.com/v1) is missing',
      '  Pot (kitchen.example.com/v1beta1) is missing',
    ].join('\n'));
    expectOldFiles();
  });

  test('fails on a version that is missing, and lists the existing ones', async () => {
    write('all.yaml', crdOf(CUP, versionOf('v1')), crdOf(POT, versionOf('v1'), versionOf('v2')));
    await expect(run()).rejects.toThrow('  Pot (kitchen.example.com/v1beta1) is missing: got the kind with v1, v2');
    expectOldFiles();
  });

  test('fails on a version that is not served or has no schema', async () => {
    write('all.yaml', crdOf(CUP, { ...versionOf('v1'), served: false }), crdOf(POT, { name: 'v1beta1', served: true }));
    await expect(run()).rejects.toThrow([
      '  Cup (kitchen.example.com/v1) is missing: got the kind with no served version',
      '  Pot (kitchen.example.com/v1beta1) is missing: got the kind with no served version',
    ].join('\n'));
    expectOldFiles();
  });

  test('fails on a kind that is there twice, and names the files', async () => {
    write('cup-1.0.yaml', crdOf(CUP, versionOf('v1')));
    write('cup-1.1.yaml', crdOf(CUP, versionOf('v1')));
    await expect(run({ kinds: [CUP] })).rejects.toThrow(
      `Cup (kitchen.example.com/v1) is there 2 times: in ${join(folder, 'cup-1.0.yaml')} and ${join(folder, 'cup-1.1.yaml')}`,
    );
    expectOldFiles();
  });

  test('fails on a folder that is not there, or is a file', async () => {
    await expect(run({ folder: join(root, 'crd') })).rejects.toThrow(
      `cannot read CRDs from "${join(root, 'crd')}": expected an existing folder of .yaml files`,
    );
    await expect(run({ folder: join(root, 'imports', 'old.ts') })).rejects.toThrow('expected an existing folder of .yaml files');
    expectOldFiles();
  });

  test('fails on a folder without YAML files', async () => {
    writeFileSync(join(folder, 'README.md'), '');
    await expect(run()).rejects.toThrow(
      `no .yaml file in "${folder}": expected the CRD files of Istio, Seldon, prometheus-operator and cert-manager`,
    );
    expectOldFiles();
  });

  test.each([
    ['double', String.raw`"Not the pot:|a cup, it's \"small\""`],
    ['single', '\'Not the pot:|a cup, it\'\'s "small"\''],
  ])('reads text in %s quotes that wraps at the column of its key, as kubectl does', (_quotes, text) => {
    const described = (lineBreak: (column: string) => string) => stringify(crdOf(CUP, versionOf('v1')))
      .replace(/^( +)type: object$/m, (line, column: string) => `${column}description: ${text.replace('|', lineBreak(column))}\n${line}`);
    const wrapped = described((column) => `\n${column}`);
    const plain = described(() => ' ');

    expect(() => parse(wrapped)).toThrow();
    expect(selectCrds([{ origin: 'cup.yaml', text: wrapped }], [CUP])).toEqual(selectCrds([{ origin: 'cup.yaml', text: plain }], [CUP]));
  });

  test('fails on broken YAML, and names the file and the line', async () => {
    writeFileSync(join(folder, 'broken.yaml'), 'a: 1\nb: [1, 2\nc: 3\n');
    await expect(run()).rejects.toThrow(/broken\.yaml is not valid YAML: .* at line 3/);
    expectOldFiles();
  });

  test('may be a Helm template, whose template lines are dropped', () => {
    const text = stringify(crdOf(CUP, versionOf('v1')))
      .replace('metadata:', 'metadata:\n  labels:\n    app: \'{{ .Release.Name }}\'\n{{- with .Values.labels }}\n{{- toYaml . }}\n{{- end }}');
    const [crd] = selectCrds([{ origin: 'cup.yaml', text: `{{- if .Values.crd.create }}\n${text}{{- end }}\n` }], [CUP]);
    expect(crd.metadata).toEqual({ labels: null, name: 'cups.kitchen.example.com' });
  });

  test('gives up all but the wanted version', () => {
    const text = stringify(crdOf(POT, versionOf('v1'), versionOf('v1beta1'), versionOf('v1alpha1')));
    const [crd] = selectCrds([{ origin: 'pot.yaml', text }], [POT]);
    expect(crd.spec.versions?.map(({ name }) => name)).toEqual(['v1beta1']);
  });
});

describe('trimming', () => {
  test('drops descriptions, and keeps a field of that name', () => {
    const text: Schema = { type: 'string', description: 'what it is' };
    expect(trimSchema({
      type: 'object',
      description: 'a cup',
      properties: { description: text, list: { type: 'array', items: text }, map: { type: 'object', additionalProperties: text } },
    })).toEqual({
      type: 'object',
      properties: {
        description: { type: 'string' },
        list: { type: 'array', items: { type: 'string' } },
        map: { type: 'object', additionalProperties: { type: 'string' } },
      },
    });
  });

  test('keeps required fields, enums, formats and unions', () => {
    const schema: Schema = {
      type: 'object',
      required: ['colour'],
      properties: {
        colour: { type: 'string', enum: ['red', 'blue'] },
        since: { type: 'string', format: 'date-time' },
        port: { 'anyOf': [{ type: 'integer' }, { type: 'string' }], 'x-kubernetes-int-or-string': true },
      },
    };
    expect(trimSchema(schema)).toEqual(schema);
  });

  test('opens pod specs, whatever the field is called', () => {
    const pod = { type: 'object', properties: { containers: {}, restartPolicy: {}, volumes: {}, other: {} } };
    expect(trimSchema({ properties: { template: { properties: { inner: pod } } } }))
      .toEqual({ properties: { template: { properties: { inner: OPEN } } } });
  });

  test('opens containers, also in a list', () => {
    const container = { type: 'object', properties: { image: {}, imagePullPolicy: {}, volumeMounts: {} } };
    expect(trimSchema({ properties: { agents: { type: 'array', items: container } } }))
      .toEqual({ properties: { agents: { type: 'array', items: OPEN } } });
  });

  test('keeps an object that only resembles a pod spec or a container', () => {
    const schema: Schema = {
      properties: { a: { properties: { containers: {}, volumes: {} } }, b: { properties: { image: {}, imagePullPolicy: {} } } },
    };
    expect(trimSchema(schema)).toEqual(schema);
  });

  test('cuts a tree that is spelled out level by level down to one level', () => {
    const level = (items: Schema): Schema => ({
      type: 'object',
      properties: { name: { type: 'string' }, children: { type: 'array', items } },
    });
    expect(trimSchema({ properties: { graph: level(level(level({}))) } })).toEqual({ properties: { graph: level(OPEN) } });
  });

  test('keeps a list of objects of another shape', () => {
    const schema: Schema = {
      properties: { name: {}, children: { type: 'array', items: { properties: { name: {}, size: {} } } } },
    };
    expect(trimSchema(schema)).toEqual(schema);
  });

  test('opens an object that accepts unknown fields in addition to its own', () => {
    expect(trimSchema({ 'type': 'object', 'properties': { a: {} }, 'x-kubernetes-preserve-unknown-fields': true })).toEqual(OPEN);
    expect(trimSchema({ type: 'object', properties: { a: {} }, additionalProperties: { type: 'string' } })).toEqual(OPEN);
  });

  test('keeps the first spelling of a field that has two, and fields that have underscores only', () => {
    expect(trimSchema({ properties: { jwks_uri: {}, jwksUri: {}, oauth_key: {} } })).toEqual({ properties: { jwksUri: {}, oauth_key: {} } });
  });

  test('drops the status and all that no type is made from', () => {
    const crd: any = crdOf(CUP, { ...versionOf('v1'), additionalPrinterColumns: [{ description: 'long' }] });
    expect(trimCrd({ ...crd, metadata: { ...crd.metadata, annotations: { a: 'b' } }, status: {} })).toEqual({
      ...crd,
      spec: {
        ...crd.spec,
        versions: [{
          name: 'v1',
          schema: { openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'integer' } } } } } },
        }],
      },
    });
  });
});

describe('without a folder', () => {
  let server: Server;
  let address: string;

  beforeEach(async () => {
    server = createServer((request, response) => {
      const file = join(folder, request.url ?? '');
      response.statusCode = existsSync(file) ? 200 : 404;
      response.end(existsSync(file) ? readFileSync(file) : 'not found');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => new Promise((done) => server.close(done)));

  function writeConfig(crds: unknown) {
    writeFileSync(join(root, 'cdk8s.yaml'), stringify({ language: 'typescript', crds }));
  }

  test('fetches the addresses in cdk8s.yaml', async () => {
    write('cup.yaml', crdOf(CUP, versionOf('v1')));
    write('pot.yaml', crdOf(POT, versionOf('v1beta1')));
    writeConfig([`${address}/cup.yaml`, `${address}/pot.yaml`]);
    await run({ folder: undefined });
    expect(imports('kitchen.example.com.ts').match(/^export class \w+/gm)).toEqual(['export class Cup', 'export class Pot']);
  });

  test('fails on any address that cannot be fetched, names each one, and leaves the old files', async () => {
    write('cup.yaml', crdOf(CUP, versionOf('v1')));
    writeConfig([`${address}/cup.yaml`, `${address}/gone.yaml`, 'http://127.0.0.1:1/pot.yaml']);
    await expect(run({ folder: undefined })).rejects.toThrow(new RegExp([
      '^cannot fetch 2 of 3 CRD files:',
      `  ${address}/gone.yaml: got HTTP status 404, expected 200`,
      '  http://127.0.0.1:1/pot.yaml: fetch failed \\(.+\\)',
      'without a network, pass a folder of CRD files: npm run import <folder>$',
    ].join('\n')));
    expectOldFiles();
  });

  test('gives an address only so long', async () => {
    const signals: AbortSignal[] = [];
    const fetch = async (_: string, init: { signal: AbortSignal }) => {
      signals.push(init.signal);
      return new Response('text');
    };
    expect(await fetchAll(['https://example.com/a'], fetch)).toEqual([{ origin: 'https://example.com/a', text: 'text' }]);
    expect(signals[0]).toBeInstanceOf(AbortSignal);
  });

  test('names a failure that is no error object', async () => {
    await expect(fetchAll(['https://example.com/a'], () => Promise.reject('no reason'))).rejects.toThrow('  https://example.com/a: no reason\n');
  });

  test('fails on a cdk8s.yaml without addresses', async () => {
    const file = join(root, 'cdk8s.yaml');
    writeConfig(undefined);
    await expect(run({ folder: undefined })).rejects.toThrow(`"crds" in ${file} is missing: expected a list of URLs of CRD files`);
    writeConfig([]);
    await expect(run({ folder: undefined })).rejects.toThrow(`"crds" in ${file} is []: expected a list of URLs of CRD files`);
    writeConfig(['istio.yaml']);
    await expect(run({ folder: undefined })).rejects.toThrow(
      `"crds" in ${file} contains "istio.yaml": expected a URL such as https://example.com/crds.yaml`,
    );
    expectOldFiles();
  });

  test('the project fetches from releases only, none of which can change', () => {
    const addresses = readAddresses(join(ROOT, 'cdk8s.yaml'));
    for (const pinned of addresses) {
      expect(pinned).toMatch(/^https:\/\/raw\.githubusercontent\.com\/[\w-]+\/[\w-]+\/v?\d+\.\d+\.\d+\/.+\.yaml$/);
    }
    expect(addresses.map((pinned) => pinned.split('/').slice(3, 5).join('/'))).toEqual(expect.arrayContaining([
      'istio/istio', 'SeldonIO/seldon-core', 'prometheus-operator/prometheus-operator', 'cert-manager/cert-manager',
    ]));
  });
});

describe('the command', () => {
  function command(...args: string[]) {
    const script = join(ROOT, 'scripts', 'import.ts');
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, ...args], { cwd: ROOT, encoding: 'utf8' });
    return { status, stderr };
  }

  test('fails with exit code 1 and one line on what is wrong', () => {
    expect(command(folder)).toEqual({
      status: 1,
      stderr: `import: no .yaml file in "${folder}": expected the CRD files of Istio, Seldon, prometheus-operator and cert-manager\n`,
    });
  });

  test('fails on more than one argument', () => {
    expect(command(folder, folder)).toEqual({
      status: 1,
      stderr: 'import: got 2 arguments, expected one folder of CRD files, or none to fetch them from upstream\n',
    });
  });
});
