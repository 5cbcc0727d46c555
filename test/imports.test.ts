import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import * as certManager from '../imports/cert-manager.io';
import * as seldon1 from '../imports/machinelearning.seldon.io';
import * as seldon2 from '../imports/mlops.seldon.io';
import * as prometheus from '../imports/monitoring.coreos.com';
import * as networking from '../imports/networking.istio.io';
import * as security from '../imports/security.istio.io';
import * as telemetry from '../imports/telemetry.istio.io';
import { KINDS_IN_USE } from '../scripts/import/kinds';

const FOLDER = join(__dirname, '..', 'imports');
const FILES = readdirSync(FOLDER).sort();
const MODULES: Record<string, object> = {
  'cert-manager.io': certManager,
  'machinelearning.seldon.io': seldon1,
  'mlops.seldon.io': seldon2,
  'monitoring.coreos.com': prometheus,
  'networking.istio.io': networking,
  'security.istio.io': security,
  'telemetry.istio.io': telemetry,
};

/** Every kind that has a generated class, as `apiVersion kind`. */
function generatedKinds(): string[] {
  return Object.values(MODULES)
    .flatMap((module) => Object.values(module))
    .filter((exported) => exported.GVK !== undefined)
    .map(({ GVK }) => `${GVK.apiVersion} ${GVK.kind}`);
}

function linesOf(file: string): string[] {
  return readFileSync(join(FOLDER, file), 'utf8').split('\n');
}

test('has one file for each API group', () => {
  expect(FILES).toEqual(Object.keys(MODULES).map((group) => `${group}.ts`));
});

test('has each kind that the library uses, in one version', () => {
  expect(generatedKinds()).toEqual([
    'cert-manager.io/v1 Certificate',
    'machinelearning.seldon.io/v1 SeldonDeployment',
    'mlops.seldon.io/v1alpha1 Experiment',
    'mlops.seldon.io/v1alpha1 Model',
    'mlops.seldon.io/v1alpha1 Pipeline',
    'mlops.seldon.io/v1alpha1 SeldonConfig',
    'mlops.seldon.io/v1alpha1 SeldonRuntime',
    'mlops.seldon.io/v1alpha1 Server',
    'mlops.seldon.io/v1alpha1 ServerConfig',
    'monitoring.coreos.com/v1 PodMonitor',
    'monitoring.coreos.com/v1 PrometheusRule',
    'monitoring.coreos.com/v1 ServiceMonitor',
    'networking.istio.io/v1 DestinationRule',
    'networking.istio.io/v1 Gateway',
    'networking.istio.io/v1 ServiceEntry',
    'networking.istio.io/v1 Sidecar',
    'networking.istio.io/v1 VirtualService',
    'security.istio.io/v1 AuthorizationPolicy',
    'security.istio.io/v1 PeerAuthentication',
    'security.istio.io/v1 RequestAuthentication',
    'telemetry.istio.io/v1 Telemetry',
  ]);
});

test('has the kinds that the import command asks for, and no others', () => {
  expect(generatedKinds()).toEqual(KINDS_IN_USE.map(({ group, version, kind }) => `${group}/${version} ${kind}`));
});

test('writes the spec of each kind with a function of its own', () => {
  for (const { group, kind } of KINDS_IN_USE) {
    expect(MODULES[group]).toHaveProperty(`toJson_${kind}Spec`, expect.any(Function));
  }
});

test('stays below 25,000 lines', () => {
  expect(FILES.flatMap(linesOf).length).toBeLessThan(25_000);
});

test.each(FILES)('%s has no descriptions, no statuses, and no pods or containers of its own', (file) => {
  const lines = linesOf(file);
  expect(lines[0]).toContain('npm run import');
  // what cdk8s import writes by itself, and the place in the schema
  const usual = /^ *\*( @(schema|param) .*|\/| Converts an object .*| Returns the apiVersion .*| Renders .*| Defines .*| This can be used .*|)$/;
  expect(lines.filter((line) => /^ *\*/.test(line) && !usual.test(line))).toEqual([]);
  const unwanted = /terminationGracePeriodSeconds|imagePullPolicy|^export interface \w+Status\b/;
  expect(lines.filter((line) => unwanted.test(line))).toEqual([]);
});

test('has one level of the graph of a SeldonDeployment, and takes the levels below as they are', () => {
  const toJson = seldon1.toJson_SeldonDeploymentSpecPredictorsGraph;
  const leaf = toJson({ name: 'leaf', endpoint: { serviceHost: 'leaf', servicePort: 9000 } });
  expect(toJson({ name: 'root', children: [toJson({ name: 'middle', children: [leaf] })] })).toEqual({
    name: 'root',
    children: [{ name: 'middle', children: [{ name: 'leaf', endpoint: { service_host: 'leaf', service_port: 9000 } }] }],
  });
});

test('writes the spelling that Istio documents where it knows two', () => {
  expect(networking.toJson_VirtualServiceSpecHttp({ mirrorPercent: 5 })).toEqual({ mirrorPercent: 5 });
  expect(security.toJson_RequestAuthenticationSpecJwtRules({ issuer: 'a', jwksUri: 'b' })).toEqual({ issuer: 'a', jwksUri: 'b' });
});
