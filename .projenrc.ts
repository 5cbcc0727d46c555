import { cdk, javascript, release, typescript } from 'projen';

const project = new cdk.JsiiProject({
  name: 'cdk8s-seldon-istio',
  description: 'cdk8s constructs for machine-learning models on Seldon Core behind Istio',
  author: 'cdk8s-seldon-istio authors',
  authorAddress: 'https://github.com/cdk8s-seldon-istio/cdk8s-seldon-istio',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-seldon-istio/cdk8s-seldon-istio.git',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk8s-seldon-istio authors',
  keywords: ['cdk8s', 'kubernetes', 'istio', 'seldon', 'seldon-core', 'model-serving', 'canary', 'shadow'],
  stability: 'stable',
  docgen: false,
  defaultReleaseBranch: 'main',
  packageManager: javascript.NodePackageManager.NPM,
  // The oldest release that Node.js still maintains.
  minNodeVersion: '22.12.0',

  projenrcTs: true,
  runner: typescript.TypeScriptRunner.tsx(),
  sampleCode: false,
  github: false,
  // By hand: `npm run release`. CHANGELOG.md is written by people, for users of the library.
  release: true,
  releaseTrigger: release.ReleaseTrigger.manual({ changelog: false }),
  bumpPackage: 'commit-and-tag-version@^12',
  nextVersionCommand: '[ "$VERSION" != 0.0.0 ] || echo 0.1.0',
  buildWorkflow: false,
  depsUpgrade: false,
  pullRequestTemplate: false,

  // The sources compile together with imports/, which is next to src/.
  entrypoint: 'lib/src/index.js',
  tsconfig: {
    compilerOptions: { rootDir: '.', outDir: 'lib', inlineSourceMap: false, inlineSources: false },
    include: ['src/**/*.ts', 'imports/**/*.ts'],
    exclude: ['node_modules', 'lib'],
  },
  tsconfigDevFile: 'tsconfig.dev.json',
  tsconfigDev: {
    compilerOptions: {
      // Examples import the package by its name and run without a build.
      paths: { 'cdk8s-seldon-istio': ['./src/index.ts'], 'cdk8s-seldon-istio/jest': ['./src/jest/index.ts'] },
      isolatedModules: true,
    },
    include: ['src/**/*.ts', 'imports/**/*.ts', 'examples/**/*.ts', 'scripts/**/*.ts', 'bench/**/*.ts', 'test/**/*.ts', 'docs/**/*.ts', '.projenrc.ts'],
    exclude: ['lib'],
  },
  // jsii-pacmak would write to dist/, which holds manifests here.
  artifactsDirectory: 'packages',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.0',
  publishToPypi: { distName: 'cdk8s-seldon-istio', module: 'cdk8s_seldon_istio' },
  publishToMaven: {
    javaPackage: 'io.github.cdk8sseldonistio',
    mavenGroupId: 'io.github.cdk8s-seldon-istio',
    mavenArtifactId: 'cdk8s-seldon-istio',
  },
  bin: { 'cdk8s-seldon-istio': 'lib/src/cli/bin.js', 'seldon-istio': 'lib/src/cli/bin.js' },
  publishToGo: { moduleName: 'github.com/cdk8s-seldon-istio/cdk8s-seldon-istio-go' },
  publishToNuget: { dotNetNamespace: 'Cdk8sSeldonIstio', packageId: 'Cdk8sSeldonIstio' },

  // As low as the code works with, which test/package/peers.sh shows; the library is developed with newer ones.
  peerDeps: ['cdk8s@^2.69.0', 'cdk8s-plus-27@^2.7.32', 'constructs@^10.2.70'],
  peerDependencyOptions: { pinnedDevDependency: false },
  // jsii installs no dependencies that are not jsii modules, so these are part of the package.
  bundledDeps: ['js-yaml@~5.5.0', 're2js@~2.10.0'],
  devDeps: [
    '@bufbuild/cel@^0.6',
    '@grpc/grpc-js@^1',
    '@grpc/proto-loader@^0.8',
    '@jest/expect@^30',
    '@jest/types@^30',
    '@lezer/common@^1',
    '@lezer/lr@^1',
    '@prometheus-io/lezer-promql@^0',
    '@stryker-mutator/api@^9',
    '@stryker-mutator/core@^9',
    '@types/node@^20',
    'ajv@^8',
    'axe-core@^4',
    'cdk8s@2.70.106',
    'cdk8s-cli@^2.207.60',
    'cdk8s-plus-27@2.9.5',
    'constructs@10.5.0',
    'esbuild@^0',
    'eslint-plugin-jsdoc@^62',
    'fast-check@^4',
    'fengari@^0.1',
    'jest-circus@^30',
    'jest-mock@^30',
    'jest-snapshot@^30',
    'jsdom@^26',
    'marked@^16',
    'mermaid@^11',
    'playwright-core@^1',
    'tsx@^4',
    'vitepress@^1.6',
    'yaml@^2',
  ],

  jestOptions: {
    jestVersion: '^30',
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    passWithNoTests: false,
    jestConfig: {
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/conformance/', '<rootDir>/test/browser/'],
      modulePathIgnorePatterns: ['<rootDir>/.conformance/', '<rootDir>/.mutation/'],
      moduleNameMapper: { '^cdk8s-seldon-istio$': '<rootDir>/src', '^cdk8s-seldon-istio/jest$': '<rootDir>/src/jest' },
      collectCoverageFrom: ['src/**/*.ts'],
      coverageThreshold: { lines: 95, branches: 90, functions: 95, statements: 95 },
      // Coverage costs time: it is for CI and for `npm run coverage`. The source maps of V8's coverage cost four times as much as the tests.
      collectCoverage: false,
      coverageProvider: 'babel',
    },
    junitReporting: false,
  },

  eslintOptions: {
    dirs: ['src', 'examples'],
    devdirs: ['test', 'scripts', 'bench'],
    commandOptions: { fix: false },
    tsconfigPath: './tsconfig.dev.json',
    projectService: false,
    ignorePatterns: ['*.js', '*.d.ts', 'node_modules/', 'imports/', 'lib/', 'coverage/', 'src/plan/checks/struct-table.ts', 'src/rules/schemas/schema-table.ts'],
  },
  npmignoreEnabled: false,
  gitignore: ['/packages/', '/.dist-*/', '/.import-*/', '/.conformance/', '/.mutation/', '/.site/', '/examples/*/dist/', '/.jsii.tabl.json', '.DS_Store'],
});

// npx installs it for a release, which spares everybody else its hundred packages.
project.deps.removeDependency('commit-and-tag-version');
for (const task of ['bump', 'unbump']) project.tasks.tryFind(task)?.env('npm_config_yes', 'true');

// projen adds a table of all files.
if (project.jest) project.jest.config.coverageReporters = ['text-summary', 'lcovonly'];

// projen ignores `entrypointTypes` here, and without this field jsii finds no main file.
project.package.addField('types', 'lib/src/index.d.ts');

// The bindings of 1.13.0 are missing on the registry for some platforms, and npm ci wants the ones of all.
project.package.addField('overrides', { 'unrs-resolver': '1.12.2' });

for (const folder of ['api', 'constructs']) project.gitattributes.addAttributes(`/docs/${folder}/*.md`, 'linguist-generated');

// dist/ is what a GitOps repository would hold: committed, but no part of the npm package.
project.gitignore.include('/dist/');
project.package.addField('files', ['lib/**/*.js', 'lib/**/*.d.ts', 'jest/package.json', '.jsii', 'docs/*.md', 'docs/*.schema.json']);

// The matchers for jest are an entry of their own. Compilers that do not read this field find it by jest/package.json.
project.package.addField('exports', {
  '.': { types: './lib/src/index.d.ts', default: './lib/src/index.js' },
  './jest': { types: './lib/src/jest/index.d.ts', default: './lib/src/jest/index.js' },
  './lib/*': './lib/*',
  './docs/*': './docs/*',
  './.jsii': './.jsii',
  './package.json': './package.json',
});

// npm takes no address of a registry into the lockfile, and runs no scripts of dependencies.
const npmrc = new javascript.NpmConfig(project);
npmrc.addConfig('omit-lockfile-registry-resolved', 'true');
npmrc.addConfig('ignore-scripts', 'true');
npmrc.addConfig('fund', 'false');

// ---------------------------------------------------------------- dependency rules of the folders
const AUTHORING = ['traffic', 'routers', 'seldon', 'istio', 'security', 'observability', 'delivery'];
const READING = ['objects', 'cluster', 'documents', 'gitops', 'answers', 'proofs', 'rules', 'report', 'preview', 'cli'];
const zone = (target: string, from: string | string[], message: string) => ({
  target: `./src/${target}`,
  from: (Array.isArray(from) ? from : [from]).map((folder) => `./src/${folder}`),
  message,
});
/** The shelves of each folder, and the other shelves of the folder that each may import. */
const SHELVES: { readonly [folder: string]: { readonly [shelf: string]: readonly string[] } } = {
  istio: {
    'common': [],
    'gateway': ['common'],
    'service': ['common'],
    'virtual-service': ['common', 'gateway'],
    'destination-rule': ['common', 'service'],
    'egress': ['common', 'gateway', 'virtual-service', 'destination-rule'],
    'namespace': ['common', 'egress'],
  },
  seldon: {
    'pods': [],
    'core1': ['pods'],
    'core2': ['pods'],
    'core2-runtime': ['pods', 'core2'],
  },
  security: {
    authentication: [],
    authorization: ['authentication'],
    access: ['authentication', 'authorization'],
  },
};
const shelvesOf = (folder: string, ...except: string[]) => Object.keys(SHELVES[folder]).filter((shelf) => !except.includes(shelf)).map((shelf) => `${folder}/${shelf}`);
const shelfZones = Object.entries(SHELVES).flatMap(([folder, shelves]) => Object.entries(shelves).map(([shelf, allowed]) => zone(
  `${folder}/${shelf}`,
  Object.keys(shelves).filter((other) => other !== shelf && !allowed.includes(other)).map((other) => `${folder}/${other}`),
  allowed.length === 0 ? `${folder}/${shelf} imports no other shelf of ${folder}/` : `of ${folder}/, ${folder}/${shelf} imports ${allowed.join(', ')} only`,
))).filter(({ from }) => from.length > 0);
project.eslint?.addRules({
  'import/no-restricted-paths': ['error', {
    zones: [
      zone('plan', [...AUTHORING, ...READING, 'mesh'], 'plan/ imports no other folder'),
      zone('printing', [...AUTHORING, ...READING, 'plan', 'mesh'], 'printing/ imports no other folder'),
      zone('mesh', [...AUTHORING, ...READING], 'mesh/ imports only plan/ and printing/'),
      zone('objects', [...AUTHORING, ...READING.filter((folder) => folder !== 'objects'), 'mesh'], 'objects/ imports only plan/'),
      zone('cluster', [...AUTHORING, 'mesh', 'gitops', 'answers', 'proofs', 'rules', 'report', 'preview', 'cli'], 'cluster/ reads manifests and imports no construct'),
      zone('documents', [...AUTHORING, 'mesh', 'gitops', 'answers', 'proofs', 'rules', 'report', 'preview', 'cli'], 'documents/ reads texts and imports no construct'),
      zone('gitops', [...AUTHORING, 'mesh', 'answers', 'proofs', 'report', 'preview', 'cli'], 'gitops/ reads a cluster and imports no construct'),
      zone('answers', [...AUTHORING, 'mesh', 'proofs', 'rules', 'report', 'preview', 'cli'], 'answers/ read a cluster and import no construct'),
      zone('proofs', [...AUTHORING, 'mesh', 'rules', 'report', 'preview', 'cli'], 'proofs/ compare answers and import no construct'),
      zone('rules', [...AUTHORING, 'mesh', 'report', 'preview', 'cli'], 'rules/ read a cluster and import no construct'),
      zone('report', [...AUTHORING, 'mesh', 'preview', 'cli'], 'report/ presents findings and imports no construct'),
      zone('preview', [...AUTHORING, 'mesh', 'gitops', 'cli'], 'preview/ presents a cluster and imports no construct'),
      zone('synthesis', AUTHORING, 'synthesis/ ties rules to apps and imports no construct'),
      zone('jest', [...AUTHORING, ...READING, 'mesh'], 'jest/ imports only types of answers'),
      zone('cli', [...AUTHORING, 'mesh', 'synthesis'], 'cli/ reads manifests and imports no construct'),
      ...AUTHORING.map((folder) => zone(folder, ['answers', 'proofs', 'rules', 'report', 'preview', 'cli'], 'constructs declare facts, and import neither answers, rules nor reports')),
      zone('seldon', ['traffic', 'routers', 'security', 'observability', 'delivery'], 'seldon/ is programmed by routers, not the other way round'),
      zone('istio', ['traffic', 'routers', 'seldon', 'security', 'observability', 'delivery'], 'istio/ is used by routers, not the other way round'),
      zone('delivery', ['seldon', 'istio', 'security'], 'delivery/ imports rollouts and no other construct'),
      zone('traffic', ['security', 'observability', 'delivery'], 'traffic/ imports neither security/ nor observability/'),
      zone('routers', ['traffic', 'security', 'observability', 'delivery'], 'routers/ imports neither traffic/ nor security/ nor observability/ nor delivery/'),
      { target: './src/routers/!(experiment-router|operator-router).ts', from: './src/seldon', message: 'only ExperimentRouter and OperatorRouter import seldon/; other routers bind backends' },
      { target: [...READING, 'plan', 'mesh', 'routers', 'traffic'].map((folder) => `./src/${folder}`), from: './imports', message: 'only files that write a manifest import from imports/' },
      zone('security', ['traffic', 'routers', 'observability', 'delivery'], 'security/ imports neither traffic/ nor routers/ nor observability/'),
      zone('security/access', [...shelvesOf('istio', 'common', 'virtual-service'), ...shelvesOf('seldon', 'core1', 'core2')], 'security/access imports only backends, and the routes to them'),
      ...['authentication', 'authorization'].map((shelf) => zone(`security/${shelf}`, ['seldon', ...shelvesOf('istio', 'common')], 'policies of Istio import neither backends nor routes')),
      zone('observability', [...AUTHORING.filter((folder) => !['observability', 'istio'].includes(folder)), ...shelvesOf('istio', 'common')], 'observability/ imports plans and no other construct'),
      ...shelvesOf('seldon', 'core1').map((shelf) => zone(shelf, 'istio', 'only the operator of Seldon Core 1 writes objects of Istio')),
      { ...zone('plan/checks', 'plan', 'plan/checks imports no other part of plan/'), except: ['./checks'] },
      { ...zone('plan/expressions', 'plan', 'plan/expressions imports only plan/checks'), except: ['./expressions', './checks'] },
      {
        ...zone('plan/conflicts', 'plan', 'plan/conflicts imports only matches and hosts'),
        except: ['./conflicts', './expressions', './checks', './groups.ts', './hosts.ts', './request-match.ts', './string-match.ts'],
      },
      ...shelfZones,
      { target: './src/security/*.ts', from: shelvesOf('security').map((shelf) => `./src/${shelf}`), message: 'files directly in security/ import none of its shelves' },
      { target: './src/!(index).ts', from: './src/index.ts', message: 'nothing inside src/ imports the public face' },
      { target: './src/*/**', from: './src/index.ts', message: 'nothing inside src/ imports the public face' },
    ],
  }],
  // What is large and few apps need is loaded where it is used.
  '@typescript-eslint/no-require-imports': ['error', { allow: ['^cdk8s-plus-27$', '^re2js$', '/header-variables$', '/imports/', '/synthesis/(check-app|sync-waves|traffic/routes-table)$', '/rules/(all|rejected-objects)$', '/of-constructs$', '/plugin-check$', '/route-proofs$', '/rejection-notes$', '^\\./(check|trace|routes|diagram|preview|test-command|diff|rule-command|gitops-command)$'] }],
});
project.eslint?.addPlugins('jsdoc');
if (project.eslint) project.eslint.config.settings.jsdoc = { ignoreInternal: true };
project.eslint?.addOverride({
  files: ['src/**/*.ts'],
  rules: {
    'jsdoc/require-jsdoc': ['error', {
      enableFixer: false,
      publicOnly: true,
      contexts: [
        'ClassDeclaration', 'TSInterfaceDeclaration', 'TSEnumDeclaration', 'TSEnumMember',
        'TSPropertySignature', 'TSMethodSignature', 'PropertyDefinition[accessibility!="private"]',
        'MethodDefinition[accessibility!="private"][kind!="constructor"]', 'FunctionDeclaration',
      ],
      require: { ClassDeclaration: true, FunctionDeclaration: true },
    }],
    'jsdoc/require-description': ['error', { contexts: ['any'] }],
    '@typescript-eslint/no-explicit-any': 'error',
    // The rules about folders do not see such imports.
    'no-restricted-syntax': ['error', { selector: 'TSImportType[source.value=/^\\./]', message: 'import the type at the top of the file' }],
  },
});
// Sets of bytes are bits, and hashes are made of them.
project.eslint?.addOverride({
  files: [
    ...['automaton', 'beginnings', 'inclusion', 'intersection', 'state-sets'].map((name) => `src/plan/expressions/${name}.ts`),
    'src/cluster/core1-operator/md5.ts',
  ],
  rules: { 'no-bitwise': 'off' },
});
// The names of what only this library uses say enough.
project.eslint?.addOverride({
  files: [...READING, 'synthesis'].map((folder) => `src/${folder}/**/*.ts`),
  excludedFiles: ['src/cluster/core1-operator/**', 'src/synthesis/rules.ts'],
  rules: {
    'jsdoc/require-jsdoc': ['error', {
      enableFixer: false, publicOnly: true, contexts: ['ClassDeclaration', 'TSInterfaceDeclaration', 'TSEnumDeclaration', 'FunctionDeclaration'],
    }],
  },
});
// What reads manifests runs in a browser, too.
project.eslint?.addOverride({
  files: ['printing', 'cluster', 'documents', 'objects', 'gitops', 'answers', 'proofs', 'rules', 'report', 'preview'].map((folder) => `src/${folder}/**/*.ts`),
  rules: {
    'import/no-nodejs-modules': 'error',
    'no-restricted-imports': ['error', { paths: ['constructs', 'cdk8s', 'cdk8s-plus-27'] }],
    '@typescript-eslint/no-require-imports': 'error',
  },
});
project.eslint?.allowDevDeps('examples/**');

// ---------------------------------------------------------------- tasks
const quiet = {
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20',
  CDK8S_CHECK_UPGRADE: 'false',
  CDK8S_RECORD_CONSTRUCT_METADATA: 'false',
};
for (const [name, value] of Object.entries(quiet)) project.tasks.addEnvironment(name, value);

project.addTask('synth', {
  description: 'Writes the manifests of all examples to dist/, or leaves dist/ as it is when one fails',
  exec: 'tsx scripts/synth.ts',
});
project.addTask('import', {
  description: 'Makes imports/ from CRDs: upstream ones, or those of a folder given as argument',
  exec: 'tsx scripts/import.ts',
  receiveArgs: true,
});
project.addTask('conformance:tools', {
  description: 'Builds Kubernetes, etcd, Istio, Envoy and grpcurl for the conformance suite, where they are not up to date',
  exec: 'tsx test/conformance/tools/build.ts',
});
project.addTask('test:browser', {
  description: 'Tests the page of `preview` in Chromium, which must be installed',
  exec: 'jest --ci --config test/browser/jest.config.json',
  receiveArgs: true,
});
project.addTask('conformance', {
  description: 'Judges the manifests in dist/ with a Kubernetes API server, istioctl, istiod and Envoy',
  exec: 'jest --ci --config test/conformance/jest.config.json',
  receiveArgs: true,
});
project.addTask('conformance:deep', {
  description: 'Judges several thousand generated apps and sets of manifests with the same tools; takes about half an hour',
  env: { CONFORMANCE_DEEP: 'true' },
  exec: 'jest --ci --config test/conformance/jest.config.json generated raw-routes answers changes',
  receiveArgs: true,
});
project.addTask('mutation', {
  description: 'Mutates a folder of src/, such as rules, and prints the mutants that no test notices',
  exec: 'tsx test/mutation/mutate.ts',
  receiveArgs: true,
});
// jsii would have the lowest peers as development dependencies.
project.compileTask.updateStep(0, { exec: 'jsii --silence-warnings=reserved-word --silence-warnings=metadata/missing-dev-dependency' });
// The table is generated from what jsii finds, and jsii does not read it.
project.compileTask.exec('tsx scripts/structs.ts', { name: 'table of structs' });
project.compileTask.exec('tsx scripts/lazy-exports.ts', { name: 'lazy exports' });
project.compileTask.exec('tsx scripts/combine-modules.ts', { name: 'combined modules' });
// Editors read the schema, and it names all rules.
project.compileTask.exec('tsx scripts/configuration-schema.ts', { name: 'schema of the configuration file' });
project.compileTask.exec('tsx scripts/preview-script.ts', { name: 'script of the preview' });
project.compileTask.exec('tsx scripts/trim-bundled.ts', { name: 'bundled dependencies without unused files' });
// npm makes commands executable where it installs them. The runtime of jsii, which runs them for Python, does not.
project.compileTask.exec('node -e "fs.chmodSync(\'lib/src/cli/bin.js\', 0o755)"', { name: 'executable command' });
project.addTask('bundle', { description: 'Makes one file of the command, packages/seldon-istio.cjs, which needs only Node.js', exec: 'tsx scripts/bundle.ts' });
const lint = project.addTask('lint', { description: 'Lints without changing a file' });
if (project.eslint) lint.spawn(project.eslint.eslintTask);
const bench = project.addTask('bench', {
  description: 'Measures the library against Helm and plain cdk8s, as ratios, and writes bench/results.json',
});
bench.spawn(project.compileTask);
bench.exec('tsx bench/bench.ts', { receiveArgs: true });
project.addTask('bench:helm', { description: 'Builds Helm, which the bench then compares as well', exec: 'tsx test/conformance/tools/build.ts helm' });
project.testTask.reset('jest --ci', { receiveArgs: true });
project.addTask('test:printer', {
  description: 'Compares 100,000 generated documents with those that cdk8s prints',
  env: { PRINTER_RUNS: '100000' },
  exec: 'jest --ci --testTimeout=600000 test/printing',
});
project.addTask('coverage', { description: 'Runs the unit tests and measures what they cover', exec: 'jest --ci --coverage', receiveArgs: true });
// jest and tsx only strip types.
project.addTask('typecheck', { description: 'Checks the types of all code, tests included', exec: 'tsc --noEmit -p tsconfig.dev.json' });

// The registries of Python, Go and Java have the runtime of this release.
project.addDevDeps('jsii-pacmak@~1.139.0');

// Examples in the documentation are translated, and one that does not compile fails.
const pacmak = project.tasks.all.filter(({ name }) => /^package:(python|java|go|dotnet)$/.test(name));
for (const task of pacmak) {
  const language = task.name.replace('package:', '');
  task.reset('jsii-rosetta extract --strict --compile --output .jsii.tabl.json');
  task.exec(`jsii-pacmak -v --target ${language} --rosetta-tablet .jsii.tabl.json --rosetta-unknown-snippets fail`);
}

// Other languages are packed by name (package:python, …), since each needs a toolchain of its own.
project.packageTask.reset();
project.packageTask.spawn(project.tasks.tryFind('package:js')!);

project.addTask('docs:rules', { description: 'Writes docs/rules.md from the rules', exec: 'tsx scripts/rules-page.ts' });
const site = project.addTask('site', { description: 'Builds the documentation to .site/dist, and fails on links that lead nowhere' });
site.spawn(project.compileTask);
site.exec('tsx scripts/site.ts');
const docs = project.addTask('docs', { description: 'Writes the pages of all constructs and types to docs/' });
docs.spawn(project.compileTask);
docs.exec('tsx scripts/reference.ts');

project.synth();
