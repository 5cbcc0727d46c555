import { BuiltInNode } from './built-in-node';
import { GraphMethod, GraphNodeType } from './enums';
import { BuiltInNodeProps, GraphNodeOptions } from './graph-node-props';
import { checkNode } from './graph-node-type-checks';
import { GraphParameter } from './graph-parameter';
import { PrepackagedServer } from './prepackaged-server';
import { invalid, show } from '../../plan/checks/errors';
import { checkTexts } from '../../plan/checks/type-checks';

/** A node that works without children. */
export interface TransformerNodeProps extends GraphNodeOptions {
  /**
   * Nodes behind it.
   *
   * @default - none
   */
  readonly children?: GraphNode[];
}

/** A node that needs children. */
export interface BranchNodeProps extends GraphNodeOptions {
  /** Nodes behind it, at least one. */
  readonly children: GraphNode[];
}

/** A node that is known by its methods. */
export interface CustomNodeProps extends TransformerNodeProps {
  /** What the orchestrator may ask of it, at least one. */
  readonly methods: GraphMethod[];
}

/** A random choice between two nodes, made by the orchestrator. */
export interface RandomAbTestNodeProps extends GraphNodeOptions {
  /** The two nodes. */
  readonly children: GraphNode[];

  /**
   * Share of the requests that the first one gets, 0 to 1.
   *
   * @default 0.5
   */
  readonly ratioA?: number;
}

/** A node that answers. */
export interface ModelNodeProps extends TransformerNodeProps {
  /**
   * The server that Seldon brings for it.
   *
   * @default - a container of that name does the work
   */
  readonly implementation?: PrepackagedServer;

  /**
   * Where the files of the model are, such as `gs://seldon-models/v1.19.0-dev/sklearn/iris`. Most prepackaged servers need it.
   *
   * @default - none
   */
  readonly modelUri?: string;

  /**
   * Service account for the download, in the namespace of the deployment.
   *
   * @default - none
   */
  readonly serviceAccountName?: string;

  /**
   * Secret with the settings for the download, in the namespace of the deployment.
   *
   * @default - the operator's
   */
  readonly envSecretRefName?: string;

  /**
   * Image that downloads the model.
   *
   * @default - the operator's
   */
  readonly storageInitializerImage?: string;
}

/** Everything that a node may say. */
interface NodeDefinition extends ModelNodeProps {
  readonly methods?: GraphMethod[];
  readonly builtIn?: BuiltInNode;
}

/**
 * A node of the graph that a predictor runs requests through. The orchestrator walks it from the root to the leaves and back.
 *
 * @see https://docs.seldon.io/projects/seldon-core/en/latest/graph/inference-graph.html
 */
export class GraphNode {
  /**
   * A model: it answers, or hands what it made of a request to its children, as an outlier detector does.
   *
   * @param props Name, and the server that Seldon brings or the container of that name.
   */
  public static model(props: ModelNodeProps): GraphNode {
    checkNode('GraphNode.model', 'ModelNodeProps', props);
    return new GraphNode(GraphNodeType.MODEL, props);
  }

  /**
   * Picks the child that answers.
   *
   * @param props Name of the container, and at least one child.
   * @throws an error when there is no child.
   */
  public static router(props: BranchNodeProps): GraphNode {
    checkNode('GraphNode.router', 'BranchNodeProps', props);
    checkBranch('GraphNode.router', props);
    return new GraphNode(GraphNodeType.ROUTER, props);
  }

  /**
   * Picks one of two children at random. The orchestrator does it by itself; no container is needed.
   *
   * @param props Name, two children, and the share of the first.
   * @throws an error when there are not two children or the share is outside 0 to 1.
   */
  public static randomAbTest(props: RandomAbTestNodeProps): GraphNode {
    checkNode('GraphNode.randomAbTest', 'RandomAbTestNodeProps', props);
    const at = 'GraphNode.randomAbTest';
    const { children, ratioA = 0.5, parameters = [] } = props;
    if (children.length !== 2) {
      throw invalid(at, `random test ${show(props.name)} between ${children.length} children`, 'it chooses between exactly two');
    }
    if (typeof ratioA !== 'number' || !(ratioA >= 0 && ratioA <= 1)) throw invalid(at, `ratioA ${show(ratioA)} of ${show(props.name)}`, 'expected a share from 0 to 1');
    return GraphNode.builtIn(BuiltInNode.RANDOM_ABTEST, { ...props, parameters: [GraphParameter.float('ratioA', ratioA), ...parameters] });
  }

  /**
   * Seldon's built-in model for trials, which needs no container. The orchestrator in Java answered with fixed numbers. The one in Go, which
   * Seldon Core 1.1 and later run, does not implement it and returns each request as its own answer: synthesis warns of it.
   *
   * @param props Name and parameters.
   */
  public static simpleModel(props: BuiltInNodeProps): GraphNode {
    checkNode('GraphNode.simpleModel', 'BuiltInNodeProps', props);
    return GraphNode.builtIn(BuiltInNode.SIMPLE_MODEL, props);
  }

  /**
   * Seldon's built-in mean of the answers of its children, which needs no container. The orchestrator in Go, which Seldon Core 1.1 and
   * later run, does not implement it and answers with that of the first child: synthesis warns of it.
   *
   * @param props Name, and at least one child.
   * @throws an error when there is no child.
   */
  public static averageCombiner(props: BranchNodeProps): GraphNode {
    checkNode('GraphNode.averageCombiner', 'BranchNodeProps', props);
    checkBranch('GraphNode.averageCombiner', props);
    return GraphNode.builtIn(BuiltInNode.AVERAGE_COMBINER, props);
  }

  /**
   * Makes one answer of those of its children.
   *
   * @param props Name of the container, and at least one child.
   * @throws an error when there is no child.
   */
  public static combiner(props: BranchNodeProps): GraphNode {
    checkNode('GraphNode.combiner', 'BranchNodeProps', props);
    checkBranch('GraphNode.combiner', props);
    return new GraphNode(GraphNodeType.COMBINER, props);
  }

  /**
   * Changes requests before its children get them.
   *
   * @param props Name of the container, and children.
   */
  public static transformer(props: TransformerNodeProps): GraphNode {
    checkNode('GraphNode.transformer', 'TransformerNodeProps', props);
    return new GraphNode(GraphNodeType.TRANSFORMER, props);
  }

  /**
   * Changes the answers of its children.
   *
   * @param props Name of the container, and children.
   */
  public static outputTransformer(props: TransformerNodeProps): GraphNode {
    checkNode('GraphNode.outputTransformer', 'TransformerNodeProps', props);
    return new GraphNode(GraphNodeType.OUTPUT_TRANSFORMER, props);
  }

  /**
   * A node that is known by its methods alone, for combinations that have no name.
   *
   * @param props Name of the container, methods and children.
   * @throws an error when there is no method.
   */
  public static custom(props: CustomNodeProps): GraphNode {
    checkNode('GraphNode.custom', 'CustomNodeProps', props);
    const at = 'GraphNode.custom';
    checkTexts(at, `methods of node ${show(props.name)}`, props.methods);
    if (props.methods.length === 0) {
      throw invalid(at, `node ${show(props.name)} without methods`, 'name what the orchestrator may ask of it');
    }
    return new GraphNode(GraphNodeType.UNKNOWN_TYPE, props);
  }

  /** With a type the orchestrator would call a container. */
  private static builtIn(builtIn: BuiltInNode, props: TransformerNodeProps): GraphNode {
    return new GraphNode(undefined, { ...props, builtIn });
  }

  /** Name of the node. */
  public readonly name: string;

  /** What it is; undefined for a built-in node, whose work the orchestrator does itself. */
  public readonly type?: GraphNodeType;

  /** @internal */
  public readonly _props: NodeDefinition;

  private constructor(type: GraphNodeType | undefined, props: NodeDefinition) {
    this.name = props.name;
    this.type = type;
    this._props = { ...props, children: props.children && [...props.children] };
  }

  /** Nodes behind it. */
  public get children(): GraphNode[] {
    return [...this._props.children ?? []];
  }
}

function checkBranch(at: string, props: BranchNodeProps & GraphNodeOptions): void {
  if (props.children.length === 0) throw invalid(at, `node ${show(props.name)} without children`, 'give it at least one: it has nothing to do without');
}
