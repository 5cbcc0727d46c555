import { ApiObject, App, Chart } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { folderModel } from './manifests-model';
import { checkRequestForm } from './request-form';
import { requestSetOf } from './request-set';
import { modelOf } from './routes-table';
import { TrafficAnswer } from './traffic-answer';
import { TrafficDiagramOptions } from './traffic-diagram-options';
import { TrafficManifestsOptions } from './traffic-manifests-options';
import { TrafficRequest } from './traffic-request';
import { TrafficRequestSet } from './traffic-request-set';
import { TrafficRequests } from './traffic-requests';
import { parseCommandLine } from '../../answers/command-line/command-line';
import { AnsweredRequest, TrafficModel } from '../../answers/traffic-model';
import { provenForChange, provenForRoutes } from '../../cli/diff-rejected';
import { Cluster } from '../../cluster/cluster';
import { Mesh } from '../../mesh/mesh';
import { IBackend } from '../../plan/backend';
import { inSentences } from '../../plan/checks/errors';
import { checkProps } from '../../plan/checks/props';
import { disjoint } from '../../proofs/queries/disjoint';
import { Proof } from '../../proofs/queries/proof';
import { routeRows } from '../../proofs/queries/route-examples';
import { equivalent, implies } from '../../proofs/queries/two-states';
import { renderRoutes } from '../../report/answers/routes';
import { renderDiagram } from '../../report/diagram/diagram';
import { proofProblem } from '../../report/proofs/text';

/**
 * Answers which model serves a request, before anything is deployed. It reads the objects as they are when it is created, raw `ApiObject`s and JSON
 * patches included, and follows requests through Istio and Seldon.
 *
 * @example
 * const traffic = Traffic.fromApp(app);
 * traffic.request({ url: 'https://models.example.com/v2/models/iris/infer', headers: ['x-tester: yes'] }).assertServedBy('iris2');
 */
export class Traffic {
  /**
   * Reads the objects of an app.
   *
   * @param app The app.
   * @throws an error if it has objects of several meshes: read the charts of one of them.
   */
  public static fromApp(app: App): Traffic {
    const objects = app.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
    const meshes = new Set(objects.map((object) => Mesh.of(object)));
    if (meshes.size > 1) {
      throw new Error(inSentences(`the app has objects of ${meshes.size} meshes`, 'use Traffic.fromChart with a chart of the mesh that you want to test'));
    }
    return Traffic.of([...meshes][0] ?? Mesh.of(app), app);
  }

  /**
   * Reads the objects of a chart, and those of all other charts of its mesh, since requests can pass through them.
   *
   * @param chart The chart.
   */
  public static fromChart(chart: Chart): Traffic {
    return Traffic.of(Mesh.of(chart), chart);
  }

  /**
   * Reads manifests of any origin. Folders with routes that replace those of a folder above, such as steps of a rollout, are left out.
   *
   * @param folderOrText A folder, a file, or YAML.
   * @param options What the manifests do not tell.
   * @throws an error if a manifest cannot be read, or if the manifests are those of several clusters.
   */
  public static fromManifests(folderOrText: string, options: TrafficManifestsOptions = {}): Traffic {
    checkProps('Traffic.fromManifests', 'TrafficManifestsOptions', options);
    return new Traffic(folderModel(folderOrText, options), undefined);
  }

  private static of(mesh: Mesh, scope: Construct): Traffic {
    return new Traffic(modelOf(mesh._contents()), scope);
  }

  private constructor(private readonly model: TrafficModel, private readonly scope: IConstruct | undefined) {}

  /**
   * Answers a request.
   *
   * @param props The request.
   * @throws an error if the request cannot be understood.
   */
  public request(props: TrafficRequest): TrafficAnswer {
    checkRequestForm(props);
    checkProps('Traffic.request', 'TrafficRequest', props);
    return this.answerTo(this.model.ask(props));
  }

  /**
   * Answers the request of a curl or grpcurl command line, as it is written in a shell.
   *
   * @param line The command line, such as `curl -H 'x-tester: yes' https://models.example.com/v2/models/iris/infer`.
   * @throws an error if it is no such command line, or its request cannot be understood.
   */
  public command(line: string): TrafficAnswer {
    const { input, notes } = parseCommandLine(line);
    const answered = this.model.ask(input);
    return this.answerTo({ ...answered, notes: [...notes, ...answered.notes] });
  }

  /**
   * The requests of a set, for assertions that hold for each of them.
   *
   * @param props The set.
   * @example
   * traffic.requests({ host: 'models.example.com', path: StringMatch.prefix('/v2/models/iris/') }).assertAlwaysServedBy('iris');
   */
  public requests(props: TrafficRequestSet = {}): TrafficRequests {
    checkProps('Traffic.requests', 'TrafficRequestSet', props);
    return TrafficRequests._of(requestSetOf(props), this.model, (backend) => this.nameOf(backend));
  }

  /**
   * Asserts that all requests to gateways, those with repeated headers included, have the same answers as before a change. Names of objects make no
   * difference.
   *
   * @param before The manifests before the change.
   * @throws an error with a request if one has another answer, or if it is not decided.
   */
  public assertEquivalentTo(before: Traffic): void {
    this.check(this._equivalentTo(before));
  }

  /**
   * Asserts that no request to a gateway, those with repeated headers included, reaches a model or another backend that it did not reach before a
   * change.
   *
   * @param before The manifests before the change.
   * @throws an error with a request if one does, or if it is not decided.
   */
  public assertNoNewAccess(before: Traffic): void {
    this.check(this._noNewAccess(before));
  }

  /**
   * Asserts that no request to a gateway, those with repeated headers included, satisfies rules of two VirtualServices, so that their age makes no
   * difference. Rules for all requests do not count, since they answer what no other rule does.
   *
   * @param first The namespace and the name of a VirtualService, such as `models/iris`.
   * @param second Those of another one.
   * @throws an error with a request if one does, if there is no such VirtualService, or if it is not decided.
   */
  public assertDisjoint(first: string, second: string): void {
    this.check(this._disjoint(first, second));
  }

  /**
   * Why the answers are not those of before; undefined if they are.
   *
   * @internal
   */
  public _equivalentTo(before: Traffic): string | undefined {
    return this.compared(before, equivalent);
  }

  /**
   * Why some requests have new access; undefined if none has.
   *
   * @internal
   */
  public _noNewAccess(before: Traffic): string | undefined {
    return this.compared(before, implies);
  }

  /**
   * Why two VirtualServices are not disjoint; undefined if they are.
   *
   * @internal
   */
  public _disjoint(first: string, second: string): string | undefined {
    const { cluster } = this.model;
    return proofProblem(provenForRoutes(disjoint(cluster, first, second), cluster, [first, second]));
  }

  /** The table of all routes: host, path and headers, who answers with which share, mirrors and policies. */
  public table(): string {
    return renderRoutes(routeRows(this.model));
  }

  /**
   * Draws the routes as a flowchart of Mermaid, which code hosts show as a picture: gateways and hosts, rules in the order in which they are tried, and
   * who answers with which share. Mirrored requests are dashed, and policies are locks. What does not fit into one picture is counted in it.
   *
   * @param options What to draw. All routes if it is not specified.
   * @throws an error if a host has no routes.
   */
  public diagram(options: TrafficDiagramOptions = {}): string {
    checkProps('Traffic.diagram', 'TrafficDiagramOptions', options);
    return renderDiagram(routeRows(this.model), options.hosts);
  }

  private answerTo(answered: AnsweredRequest): TrafficAnswer {
    return TrafficAnswer._of(answered, this.model, (backend) => this.nameOf(backend));
  }

  private compared({ model: { cluster: before } }: Traffic, prove: (before: Cluster, after: Cluster) => Proof): string | undefined {
    const { cluster } = this.model;
    return proofProblem(provenForChange(prove(before, cluster), before, cluster));
  }

  private check(problem: string | undefined): void {
    if (problem !== undefined) throw new Error(problem);
  }

  private nameOf(backend: string | IBackend): string {
    if (typeof backend === 'string') return backend;
    if (typeof backend?.target !== 'function') throw new Error(inSentences(`${String(backend)} is not a backend`, 'use a backend, such as a Model, or its name'));
    const own = Construct.isConstruct(backend) ? backend as IConstruct : undefined;
    const scope = own ?? this.scope;
    if (scope === undefined) throw new Error(inSentences('a backend without an app has no namespace', 'use its name'));
    return backend.target(scope).description;
  }
}
