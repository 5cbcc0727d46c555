import { writeFileSync } from 'fs';
import { ApiObject, App, AppProps, Chart, Yaml } from 'cdk8s';
import { ObjectJson } from './object-json';
import { inOrder } from './order';
import { objectOf } from '../cluster/json';
import { recordConstructs } from '../mesh/construct-record';
import { withRemedyForCopies } from '../mesh/copies';
import { findUnreadable, markAsQuoting } from '../mesh/readable';
import { withFixedTree } from '../mesh/tree';
import { ManifestPrinter } from '../printing/manifest-printer';
import { quotesHelp } from '../printing/unreadable';

/** A method that cdk8s does not export. A chart uses it for its JSON. */
interface ChartSynthesis {
  _synthChart?(chart: Chart): unknown[];
}

/**
 * An App that writes its manifests in less time than the App of cdk8s, to the same files. It is used like that one, for charts
 * and objects of any kind, not only those of this library.
 *
 * The manifests are the same to the byte, with one exception: strings that kubectl would read as something else are quoted, such as `0o17`,
 * a number for kubectl. An `App` writes them without quotes, so the constructs of this library reject them there, and accept them here.
 * What is unusual is printed by cdk8s itself, such as a value that occurs twice or a key of more than 1,024 characters. An object that has both
 * is rejected.
 *
 * @example
 * const app = new FastApp();
 * const chart = new Chart(app, 'models', { namespace: 'seldon-mesh' });
 * new Model(chart, 'iris', { storageUri: 'gs://seldon-models/mlserver/iris' });
 * app.synth();
 */
export class FastApp extends App {
  private isResolving = false;

  /**
   * Creates an app.
   *
   * @param props Properties of the App, as those of cdk8s.
   */
  public constructor(props: AppProps = {}) {
    super(props);
    markAsQuoting(this);
  }

  /**
   * Writes all manifests to the output directory.
   *
   * @throws an error when the app is invalid.
   */
  public synth(): void {
    this.quickly(() => super.synth());
    recordConstructs(this);
  }

  /**
   * Returns all manifests as one YAML string.
   *
   * @throws an error when the app is invalid.
   */
  public synthYaml(): string {
    return this.quickly(() => super.synthYaml());
  }

  /** All charts, those first that others depend on. */
  public get charts(): Chart[] {
    return inOrder(this).filter((construct): construct is Chart => Chart.isChart(construct));
  }

  private quickly<T>(synthesize: () => T): T {
    const json = new ObjectJson(this);
    try {
      return withFixedTree(() => this.validatingOnce(json, () => this.printing(json, synthesize)));
    } catch (error) {
      throw withRemedyForCopies(error);
    }
  }

  /** cdk8s resolves and validates the whole app before it reads its charts, and again for each of them. */
  private validatingOnce<T>(json: ObjectJson, synthesize: () => T): T {
    const charts: ChartSynthesis = App as unknown as ChartSynthesis;
    const original = charts._synthChart;
    if (original === undefined) return synthesize();
    const synthesizeChart = (chart: Chart) => this.resolving(() => objectsOf(chart).map((object) => json.of(object)));
    charts._synthChart = (chart) => (App.of(chart) === this ? synthesizeChart(chart) : original.call(App, chart));
    try {
      return synthesize();
    } finally {
      charts._synthChart = original;
    }
  }

  /** Values of users are computed, whose code may print YAML by cdk8s. */
  private resolving<T>(resolve: () => T): T {
    this.isResolving = true;
    try {
      return resolve();
    } finally {
      this.isResolving = false;
    }
  }

  /** cdk8s prints by these two methods. They use this printer for as long as this app is synthesized, which is synchronous. */
  private printing<T>(json: ObjectJson, synthesize: () => T): T {
    const { stringify, save } = Yaml;
    const print = (document: unknown) => stringify.call(Yaml, document);
    const printer = new ManifestPrinter(print, (document) => print(checkQuoted(document)));
    let isUsed = false;
    const printAll = (documents: readonly unknown[]) => {
      isUsed = true;
      return documents.map((document) => printer.print(document, json.isTree(document))).join('---\n');
    };
    Yaml.stringify = (...documents) => (this.isResolving ? stringify.apply(Yaml, documents) : printAll(documents));
    // The original passes each document as an argument, and there can be too many for a call.
    Yaml.save = (file, documents) => writeFileSync(file, printAll(documents));
    try {
      const result = synthesize();
      if (!isUsed) this.charts.forEach((chart) => chart.toJson().forEach(checkQuoted));
      return result;
    } finally {
      Object.assign(Yaml, { stringify, save });
    }
  }
}

/** The objects of a chart in the order in which they are written. */
function objectsOf(chart: Chart): ApiObject[] {
  return inOrder(chart).filter((construct): construct is ApiObject => ApiObject.isApiObject(construct) && construct.chart === chart);
}

/** What is not printed by our printer must not need its quotes. */
function checkQuoted(document: unknown): unknown {
  const found = findUnreadable(document, quotesHelp);
  if (found === undefined) return document;
  const { kind, metadata } = objectOf(document);
  const object = `${String(kind)} "${String(objectOf(metadata).name)}"`;
  throw new Error(`${object} contains a value twice, an unusual key, or a value that is not JSON, so it cannot be written with quotes for ${found.path.replace(/^\./, '')}. Remove it`);
}
