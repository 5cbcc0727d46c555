import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Mesh } from '../../../src/mesh/mesh';
import { Warnings } from '../../../src/mesh/warnings';
import { ServerCapability } from '../../../src/seldon/core2/capability';
import { Model, ModelProps } from '../../../src/seldon/core2/model';
import { InferenceAutoscaler } from '../../../src/seldon/core2-runtime/inference-autoscaler';
import { SeldonRuntime } from '../../../src/seldon/core2-runtime/seldon-runtime';
import { Server, ServerProps } from '../../../src/seldon/core2-runtime/server';
import { ServerConfig } from '../../../src/seldon/core2-runtime/server-config';
import { ServerInventory } from '../../../src/seldon/core2-runtime/server-inventory';
import { chartOf, chartOfNowhere, podOf, podThatCan } from '../../support/core2';

beforeEach(() => { jest.spyOn(console, 'warn').mockImplementation(); });
afterEach(() => { jest.restoreAllMocks(); });

function model(chart: Chart, props: Partial<ModelProps> = {}, id = 'iris'): Model {
  return new Model(chart, id, { storageUri: 'gs://bucket/iris', ...props });
}

function server(chart: Chart, id: string, props: Partial<ServerProps> = {}): Server {
  return new Server(chart, id, { serverConfig: ServerConfig.mlserver(), ...props });
}

/** What synthesis reports for a chart: errors, else warnings. */
function findingsOf(chart: Chart): string[] {
  const app = chart.node.root as App;
  try {
    app.synthYaml();
  } catch (e) {
    return (e as Error).message.split('\n').slice(1);
  }
  return Warnings.find(app);
}

function withImages(pod: k8s.PodSpec): k8s.PodSpec {
  return { containers: pod.containers.map((container) => ({ ...container, image: 'own:1' })) };
}

const GIVE = 'Give a Server the capabilities, or change the requirements';
const FEWER = 'Each replica of a Model needs a replica of the Server. Reduce the replicas of the Model, or increase those of the Server';

/** What synthesis reports for one Model and the Servers that `make` makes, when the app declares that it knows them all. */
function findingsFor(props: Partial<ModelProps>, make: (chart: Chart) => void): string[] {
  const chart = chartOf();
  make(chart);
  ServerInventory.declareComplete(chart);
  model(chart, props);
  return findingsOf(chart);
}

const mlserver = (chart: Chart) => { server(chart, 'mlserver'); };
const both = (chart: Chart) => {
  server(chart, 'mlserver');
  server(chart, 'triton', { serverConfig: ServerConfig.triton() });
};

describe('when the app declares all Servers', () => {
  test.each<[string, Partial<ModelProps>, (chart: Chart) => void]>([
    ['requires nothing', {}, mlserver],
    ['requires what a Server can do', { requirements: ['sklearn'] }, mlserver],
    ['requires what only the second can do', { requirements: ['tensorrt', 'triton'] }, both],
    ['has a type that a Server can do', { modelType: 'sklearn', requirements: ['mlserver'] }, mlserver],
    ['explains, and MLServer can', { explainer: { type: 'anchor_tabular' } }, both],
    ['requires with spaces around', { requirements: [' sklearn '] }, mlserver],
    ['requires what a Server can do besides', { requirements: ['own', 'sklearn'] }, (chart) => server(chart, 'mlserver', { extraCapabilities: ['own'] })],
    ['requires what a Server sets itself', { requirements: ['own'] }, (chart) => server(chart, 'mlserver', { capabilities: ['own'] })],
    ['requires what the pod of a Server sets', { requirements: ['own'] }, (chart) => server(chart, 'mlserver', { podSpec: podThatCan('own') })],
    ['requires what a ServerConfig of this app sets', { requirements: ['own'] }, (chart) => {
      server(chart, 'mlserver', { serverConfig: new ServerConfig(chart, 'config', { podSpec: withImages(podThatCan('own')), namespace: 'seldon-mesh' }) });
    }],
    ['may find it on a Server of which that is not known', { requirements: ['own'] },
      (chart) => server(chart, 'mlserver', { serverConfig: ServerConfig.fromServerConfigName(chart, 'existing', 'custom') })],
    ['requires what an existing one can do', { requirements: ['onnx'] },
      (chart) => Server.fromServerName(chart, 'existing', 'triton', { capabilities: ServerCapability.ofTriton() })],
    ['is for a Server that can', { requirements: ['sklearn'], server: 'mlserver' }, both],
    ['has as many replicas as a Server', { replicas: 3, requirements: ['sklearn'] }, (chart) => server(chart, 'mlserver', { replicas: 3 })],
    ['has as many replicas as a Server may have', { replicas: 3 }, (chart) => server(chart, 'mlserver', { minReplicas: 1, maxReplicas: 3 })],
    ['has as many replicas as the larger of two', { replicas: 3 }, (chart) => { mlserver(chart); server(chart, 'large', { replicas: 3 }); }],
    ['has many replicas, and a Server no limit', { replicas: 300 }, (chart) => server(chart, 'mlserver', { minReplicas: 1, maxReplicas: 0 })],
    ['has many replicas, and the number of the Server is unknown', { replicas: 300 }, (chart) => Server.fromServerName(chart, 'existing', 'mlserver')],
    ['has many replicas, and an existing one no limit', { replicas: 300 }, (chart) => Server.fromServerName(chart, 'existing', 'mlserver', { maxReplicas: 0 })],
    ['has no replicas, and so has the Server', { replicas: 0, minReplicas: 0 }, (chart) => server(chart, 'mlserver', { replicas: 0, minReplicas: 0 })],
    ['may have more replicas some day', { minReplicas: 1, maxReplicas: 300 }, mlserver],
  ])('all is well with a Model that %s', (_what, props, make) => {
    expect(findingsFor(props, make)).toEqual([]);
  });

  test.each<[string, Partial<ModelProps>, (chart: Chart) => void, string]>([
    ['no Server', {}, () => {}, 'namespace "models" has no Server for Model "iris". Add one, or refer to an existing one by Server.fromServerName'],
    ['none that can do it', { requirements: ['sklearn', 'own'] }, both,
      'Model "iris" requires "sklearn", "own", and no Server in namespace "models" has all required capabilities '
      + `("mlserver" does not have "own"; "triton" does not have "sklearn" and "own"). ${GIVE}`],
    ['two that can do it only together', { requirements: ['sklearn', 'onnx'] }, both,
      'Model "iris" requires "sklearn", "onnx", and no Server in namespace "models" has all required capabilities '
      + `("mlserver" does not have "onnx"; "triton" does not have "sklearn"). ${GIVE}`],
    ['none of its type', { modelType: 'own' }, mlserver,
      `Model "iris" requires "own", and no Server in namespace "models" has all required capabilities ("mlserver" does not have "own"). ${GIVE}`],
    ['none for its capitals', { requirements: ['SKLearn'] }, mlserver,
      `Model "iris" requires "SKLearn", and no Server in namespace "models" has all required capabilities ("mlserver" does not have "SKLearn"). ${GIVE}`],
    ['none that explains', { explainer: { type: 'tree_shap' } }, (chart) => server(chart, 'triton', { serverConfig: ServerConfig.triton() }),
      `Model "iris" requires "alibi-explain", and no Server in namespace "models" has all required capabilities ("triton" does not have "alibi-explain"). ${GIVE}`],
    ['what the ServerConfig sets and the Server does not', { requirements: ['sklearn'] }, (chart) => server(chart, 'mlserver', { capabilities: ['own'] }),
      `Model "iris" requires "sklearn", and no Server in namespace "models" has all required capabilities ("mlserver" does not have "sklearn"). ${GIVE}`],
    ['a ServerConfig that can do nothing', { requirements: ['sklearn'] }, (chart) => {
      server(chart, 'mlserver', { serverConfig: new ServerConfig(chart, 'config', { podSpec: podOf('agent'), namespace: 'seldon-mesh' }) });
    }, `Model "iris" requires "sklearn", and no Server in namespace "models" has all required capabilities ("mlserver" does not have "sklearn"). ${GIVE}`],
    ['not the Server that it is for', { server: 'gpu' }, both,
      'Model "iris" names Server "gpu", which namespace "models" does not have. Expected one of "mlserver", "triton"'],
    ['no Server at all, that it is for', { server: 'gpu' }, () => {}, 'Model "iris" names Server "gpu", which namespace "models" does not have. It has no Server'],
    ['a Server that it is for, which cannot', { server: 'triton', requirements: ['sklearn'] }, both,
      `Model "iris" requires "sklearn", and Server "triton" does not have all required capabilities ("triton" does not have "sklearn"). ${GIVE}`],
    ['one that is too small', { replicas: 2 }, mlserver,
      `Model "iris" may have 2 replicas, and Server "mlserver", the largest that satisfies its requirements, at most 1. ${FEWER}`],
    ['one that starts too small', { minReplicas: 3 }, (chart) => server(chart, 'mlserver', { minReplicas: 2 }),
      `Model "iris" may have 3 replicas, and Server "mlserver", the largest that satisfies its requirements, at most 2. ${FEWER}`],
    ['one with too low a limit', { replicas: 4 }, (chart) => server(chart, 'mlserver', { minReplicas: 1, maxReplicas: 3 }),
      `Model "iris" may have 4 replicas, and Server "mlserver", the largest that satisfies its requirements, at most 3. ${FEWER}`],
    ['one with a limit that Seldon never scales to', { replicas: 2 }, (chart) => server(chart, 'mlserver', { maxReplicas: 3 }),
      `Model "iris" may have 2 replicas, and Server "mlserver", the largest that satisfies its requirements, at most 1. ${FEWER}`],
    ['one without minReplicas, which is as large as its replicas', { replicas: 3 }, (chart) => server(chart, 'mlserver', { replicas: 2, maxReplicas: 3 }),
      `Model "iris" may have 3 replicas, and Server "mlserver", the largest that satisfies its requirements, at most 2. ${FEWER}`],
    ['one without pods, and 0 alone is 1 to Seldon', { replicas: 0 }, (chart) => server(chart, 'mlserver', { replicas: 0, minReplicas: 0 }),
      `Model "iris" may have 1 replicas, and Server "mlserver", the largest that satisfies its requirements, at most 0. ${FEWER}`],
    ['a large one that cannot, and a small one that can', { replicas: 2, requirements: ['sklearn'] }, (chart) => {
      mlserver(chart);
      server(chart, 'triton', { serverConfig: ServerConfig.triton(), replicas: 9 });
    }, `Model "iris" may have 2 replicas, and Server "mlserver", the largest that satisfies its requirements, at most 1. ${FEWER}`],
    ['a small one that it is for, next to a large one', { replicas: 2, server: 'mlserver' }, (chart) => {
      mlserver(chart);
      server(chart, 'large', { replicas: 9 });
    }, `Model "iris" may have 2 replicas, and Server "mlserver", the largest that satisfies its requirements, at most 1. ${FEWER}`],
    ['a small one that this app does not define', { replicas: 2 }, (chart) => Server.fromServerName(chart, 'existing', 'mlserver', { maxReplicas: 1 }),
      `Model "iris" may have 2 replicas, and Server "mlserver", the largest that satisfies its requirements, at most 1. ${FEWER}`],
  ])('fails for a Model that finds %s', (_what, props, make, message) => {
    expect(findingsFor(props, make)).toEqual([expect.stringContaining(`${message} (at chart/iris)`)]);
  });

  test.each([true, false])('a ServerConfig of this app is known better than by its name (made first: %s)', (first) => {
    const make = (chart: Chart) => { new ServerConfig(chart, 'config', { podSpec: withImages(podThatCan('own')), namespace: 'seldon-mesh', metadata: { name: 'mlserver' } }); };
    const findings = (requirement: string) => findingsFor({ requirements: [requirement] }, (chart) => {
      if (first) make(chart);
      mlserver(chart);
      if (!first) make(chart);
    });
    expect(findings('own')).toEqual([]);
    expect(findings('sklearn')).toEqual([
      expect.stringContaining(`Model "iris" requires "sklearn", and no Server in namespace "models" has all required capabilities ("mlserver" does not have "sklearn"). ${GIVE} (at chart/iris)`),
    ]);
  });

  test('of two ServerConfigs of one name, none is used', () => {
    expect(findingsFor({ requirements: ['sklearn'] }, (chart) => {
      for (const namespace of ['seldon-a', 'seldon-b']) new ServerConfig(chart, namespace, { podSpec: podOf('agent'), namespace, metadata: { name: 'mlserver' } });
      mlserver(chart);
    })).toEqual([]);
  });

  test('a Server has what it starts with where its runtime scales none', () => {
    const make = (enabled: boolean, namespace = 'models') => (chart: Chart) => {
      new SeldonRuntime(chart, 'seldon', { namespace, config: { scalingConfig: { servers: { enabled } } } });
      server(chart, 'mlserver', { minReplicas: 1, maxReplicas: 3 });
    };
    expect(findingsFor({ replicas: 3 }, make(true))).toEqual([]);
    expect(findingsFor({ replicas: 3 }, make(false, 'team'))).toEqual([]);
    expect(findingsFor({ replicas: 3 }, make(false))).toEqual([
      expect.stringContaining(`Model "iris" may have 3 replicas, and Server "mlserver", the largest that satisfies its requirements, at most 1. ${FEWER} (at chart/iris)`),
    ]);
    expect(findingsFor({ replicas: 3 }, (chart) => {
      new SeldonRuntime(chart, 'seldon', { config: { scalingConfig: { servers: { enabled: false } } } });
      Server.fromServerName(chart, 'existing', 'mlserver', { maxReplicas: 3 });
    })).toEqual([]);
  });

  test('a message lists no more than five Servers', () => {
    const [text] = findingsFor({ requirements: ['own'] }, (chart) => {
      for (let i = 0; i < 6; i++) server(chart, `s${i}`, { capabilities: [`c${i}`] });
    });
    expect(text).toContain('"s4" does not have "own"; …');
    expect(text).not.toContain('s5');
  });

  test('an autoscaler is counted with the most that it may give', () => {
    const chart = chartOf();
    ServerInventory.declareComplete(chart);
    const scaled = model(chart, { replicas: 1 });
    const alone = server(chart, 'mlserver', { replicas: 1 });
    new InferenceAutoscaler(chart, 'scaling', { model: scaled, server: alone, maxReplicas: 5, requestsPerSecond: 3 });
    expect(findingsOf(chart)).toEqual([]);
    new InferenceAutoscaler(chart, 'other-scaling', { model: model(chart, { replicas: 1 }, 'wine'), maxReplicas: 6, requestsPerSecond: 3 });
    expect(findingsOf(chart)).toEqual([
      expect.stringContaining(`Model "wine" may have 6 replicas, and Server "mlserver", the largest that satisfies its requirements, at most 5. ${FEWER} (at chart/wine)`),
    ]);
  });

  test('a Server of this app is known better than by its name, in either order', () => {
    for (const first of [true, false]) {
      expect(findingsFor({ requirements: ['own'] }, (chart) => {
        if (first) Server.fromServerName(chart, 'reference', 'mlserver');
        server(chart, 'mlserver');
        if (!first) Server.fromServerName(chart, 'reference', 'mlserver');
      })).toEqual([expect.stringContaining('"mlserver" does not have "own"')]);
    }
  });
});

describe('when the app does not declare all Servers', () => {
  test('nothing is reported when no Server is known', () => {
    const chart = chartOf();
    model(chart, { requirements: ['own'], server: 'gpu', replicas: 9 });
    expect(findingsOf(chart)).toEqual([]);
    expect(ServerInventory.unresolvedModels(chart)).toEqual([
      'whether a Server can load Model "iris" is unknown: Model "iris" names Server "gpu", which the app does not know in namespace "models" (at chart/iris)',
    ]);
  });

  test('nothing is reported when a Server can', () => {
    const chart = chartOf();
    model(chart, { requirements: ['sklearn'] });
    mlserver(chart);
    expect(findingsOf(chart)).toEqual([]);
    expect(ServerInventory.unresolvedModels(chart)).toEqual([]);
  });

  test('a warning when none of the known Servers can', () => {
    const chart = chartOf();
    model(chart, { requirements: ['own'] });
    mlserver(chart);
    const why = 'Model "iris" requires "own", and no Server that the app knows in namespace "models" has all required capabilities ("mlserver" does not have "own")';
    expect(findingsOf(chart)).toEqual([`whether a Server can load the Model is unknown: ${why}. `
      + 'If an existing Server can, refer to it by Server.fromServerName (at chart/iris)']);
    expect(console.warn).toHaveBeenCalledTimes(1);
    expect(ServerInventory.unresolvedModels(chart)).toEqual([`whether a Server can load Model "iris" is unknown: ${why} (at chart/iris)`]);
  });

  test('what is unknown can be asked for', () => {
    const chart = chartOf();
    model(chart, { requirements: ['sklearn'] });
    expect(ServerInventory.unresolvedModels(chart)).toEqual([
      'whether a Server can load Model "iris" is unknown: the app knows no Server in namespace "models" (at chart/iris)',
    ]);
    server(chart, 'custom', { serverConfig: ServerConfig.fromServerConfigName(chart, 'existing', 'custom') });
    expect(ServerInventory.unresolvedModels(chart)).toEqual([
      'whether a Server can load Model "iris" is unknown: the app does not know the capabilities of all Servers in namespace "models" (at chart/iris)',
    ]);
    expect(ServerInventory.unresolvedModels(chart.node.findChild('custom'))).toEqual([]);
  });
});

describe('namespaces', () => {
  test('are separate', () => {
    const app = new App();
    const [a, b] = ['a', 'b'].map((namespace) => new Chart(app, namespace, { namespace }));
    mlserver(a);
    ServerInventory.declareComplete(a);
    model(b, { requirements: ['own'] });
    expect(findingsOf(b)).toEqual([]);
    ServerInventory.declareComplete(a, { namespace: 'b' });
    expect(findingsOf(b)).toEqual([expect.stringContaining('namespace "b" has no Server for Model "iris"')]);
  });

  test('are those of charts when they are not specified', () => {
    const chart = chartOfNowhere();
    ServerInventory.declareComplete(chart);
    model(chart);
    expect(findingsOf(chart)).toEqual([expect.stringContaining('the namespace of chart chart has no Server for Model "iris"')]);
  });

  test('of two meshes are two', () => {
    const app = new App();
    const [production, development] = ['production', 'development'].map((id) => {
      const chart = new Chart(app, id, { namespace: 'models' });
      Mesh.configure(chart, {});
      return chart;
    });
    mlserver(production);
    ServerInventory.declareComplete(production);
    model(development, { requirements: ['own'] });
    expect(findingsOf(development)).toEqual([]);
  });
});
