import { dirname } from 'path';
import { TestsFile, TrafficProof, TrafficTest } from './traffic-test';
import { InputError } from '../../answers/input/input-error';
import { Coverage } from '../../answers/tests/coverage';
import { TrafficModel } from '../../answers/traffic-model';
import { Cluster } from '../../cluster/cluster';
import { computeIfAbsent } from '../../plan/groups';
import { withFullStop } from '../../report/place';
import { TestResult } from '../../report/tests/test-report';
import { CannotRun } from '../terminal';
import { Models } from '../traffic-models';

/**
 * Reads manifests and their context.
 *
 * @internal
 */
export type ReadManifests = (manifests: readonly string[], context: readonly string[]) => Models;

/** The manifests of a file with tests, and what the tests reached of them. */
interface TestedModel {
  readonly model: TrafficModel;
  readonly coverage: Coverage;
}

/**
 * A run of tests.
 *
 * @internal
 */
export class TestRun {
  private readonly tested = new Map<string, TestedModel>();
  private problems = false;

  /**
   * Prepares a run.
   *
   * @param read Reads manifests.
   * @param given The paths of manifests that the command was called with.
   */
  constructor(private readonly read: ReadManifests, private readonly given: readonly string[]) {}

  /** Whether some manifest could not be read. */
  public get hasProblems(): boolean {
    return this.problems;
  }

  /** What the tests have reached of all manifests. */
  public get coverages(): readonly Coverage[] {
    return [...this.tested.values()].map(({ coverage }) => coverage);
  }

  /**
   * Runs the tests of a file.
   *
   * @throws CannotRun if its manifests are those of several clusters.
   */
  public run(file: TestsFile): TestResult[] {
    const tested = this.modelFor(file);
    return [
      ...file.tests.map((test) => ({ file: file.file, line: test.line, name: test.name, ...resultOf(test, tested) })),
      ...file.proofs.map((proof) => ({ file: file.file, line: proof.line, name: proof.name, ...this.proven(proof, tested) })),
    ];
  }

  private proven(proof: TrafficProof, { model }: TestedModel): TestOutcome {
    return outcomeOf(() => {
      const before = proof.before === undefined ? undefined : this.earlier(proof.before);
      const result = proof.prove(model.cluster, before);
      switch (result.verdict) {
        case 'holds': return { outcome: 'passed', mismatches: [] };
        case 'undecided': return { outcome: 'error', mismatches: [], error: `it is not decided whether ${proof.statement}: ${withFullStop(result.reason)}` };
        case 'fails': {
          const { request, answer, problem, command } = result.counterexample;
          const mismatches = [{ expected: proof.statement, actual: `for this request, ${problem}` }];
          return { outcome: 'failed', mismatches, answered: { request, answer, notes: [] }, command };
        }
      }
    });
  }

  private earlier(path: string): Cluster {
    const { clusters, hasProblems } = this.read([path], []);
    this.problems ||= hasProblems;
    if (clusters.length !== 1) throw new InputError(`${path} has the manifests of ${clusters.length} clusters`, 'name the folder of one');
    const [{ model: { cluster } }] = clusters;
    if (cluster.objects.length === 0) throw new InputError(`there are no manifests in ${path}`, 'give the folder of the earlier state in `before`');
    return cluster;
  }

  private modelFor({ file, manifests, context }: TestsFile): TestedModel {
    // A folder that contains the file is looked through for tests, and is not what the file is about.
    const folder = dirname(file);
    const own = this.given.filter((path) => !isWithin(folder, path) || path === folder);
    const paths = manifests ?? (own.length > 0 ? own : [folder]);
    return computeIfAbsent(this.tested, JSON.stringify([paths, context]), () => {
      const { clusters, hasProblems } = this.read(paths, context);
      this.problems ||= hasProblems;
      if (clusters.length > 1) {
        throw new CannotRun([`${file}: the manifests are those of ${clusters.length} clusters, since files define one object differently: `
          + `${clusters.map(({ name }) => name).join(', ')}. Name the files or folders of one cluster in \`manifests\``]);
      }
      const [{ model }] = clusters;
      return { model, coverage: new Coverage(model.cluster) };
    });
  }
}

function isWithin(folder: string, path: string): boolean {
  const parent = path.replace(/\/+$/, '');
  return parent === '.' || folder === parent || folder.startsWith(`${parent}/`);
}

type TestOutcome = Pick<TestResult, 'outcome' | 'mismatches' | 'error' | 'answered' | 'command'>;

function resultOf(test: TrafficTest, { model, coverage }: TestedModel): TestOutcome {
  return outcomeOf(() => {
    const answered = model.ask(test.input(model));
    const mismatches = test.judge(answered, model);
    coverage.add(answered.answer, test.states);
    return { outcome: mismatches.length === 0 ? 'passed' : 'failed', mismatches, answered };
  });
}

/** A test that cannot be understood is an error. */
function outcomeOf(run: () => TestOutcome): TestOutcome {
  try {
    return run();
  } catch (error) {
    if (error instanceof InputError) return { outcome: 'error', mismatches: [], error: error.message };
    throw error;
  }
}
