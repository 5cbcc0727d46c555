import { BuiltInNode } from './built-in-node';
import { GraphMethod, GraphNodeType } from './enums';
import { BuiltInNodeProps, GraphNodeOptions } from './graph-node-props';
import { checkNode } from './graph-node-type-checks';
import { GraphParameter } from './graph-parameter';
import { PrepackagedServer } from './prepackaged-server';
import { invalid, show } from '../../plan/checks/errors';
import { checkTexts } from '../../plan/checks/type-checks';

/** Properties for a node that needs no children. */
export interface TransformerNodeProps extends GraphNodeOptions {
  /**
   * Its children.
   *
   * @default - none
   */
  readonly children?: GraphNode[];
}

/** Properties for a node that needs children. */
export interface BranchNodeProps extends GraphNodeOptions {
  /** Its children, at least one. */
  readonly children: GraphNode[];
}

/** Properties for a node that is defined by its methods. */
export interface CustomNodeProps extends TransformerNodeProps {
  /** Methods that the orchestrator calls, at least one. */
  readonly methods: GraphMethod[];
}

/** Properties for a random choice between two nodes. */
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

/** Properties for a model. */
export interface ModelNodeProps extends TransformerNodeProps {
  /**
   * The prepackaged server that runs it.
   *
   * @default - it runs in a container of its name
   */
  readonly implementation?: PrepackagedServer;

  /**
   * Location of the model, such as `gs://seldon-models/v1.19.0-dev/sklearn/iris`. Most prepackaged servers need it.
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

/** All properties of nodes. */
interface NodeDefinition extends ModelNodeProps {
  readonly methods?: GraphMethod[];
  readonly builtIn?: BuiltInNode;
}

/**
 * A node of the inference graph of a predictor. The orchestrator sends requests from the root to the leaves, and responses back.
 *
 * @see https://docs.seldon.io/projects/seldon-core/en/latest/graph/inference-graph.html
 */
export class GraphNode {
  /**
   * Creates a model, which responds to requests or, as an outlier detector does, forwards its output to its children.
   *
   * @param props Name, and the prepackaged server unless it runs in a container of that name.
   */
  public static model(props: ModelNodeProps): GraphNode {
    checkNode('GraphNode.model', 'ModelNodeProps', props);
    return new GraphNode(GraphNodeType.MODEL, props);
  }

  /**
   * Creates a router, which selects the child that handles a request.
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
   * Creates a random choice between two children. The orchestrator implements it; no container is needed.
   *
   * @param props Name, two children, and the share of the first.
   * @throws an error when there are not two children or the share is outside 0 to 1.
   */
  public static randomAbTest(props: RandomAbTestNodeProps): GraphNode {
    checkNode('GraphNode.randomAbTest', 'RandomAbTestNodeProps', props);
    const at = 'GraphNode.randomAbTest';
    const { children, ratioA = 0.5, parameters = [] } = props;
    if (children.length !== 2) {
      throw invalid(at, `random test ${show(props.name)} between ${children.length} children`, 'it needs exactly two');
    }
    if (typeof ratioA !== 'number' || !(ratioA >= 0 && ratioA <= 1)) throw invalid(at, `ratioA ${show(ratioA)} of ${show(props.name)}`, 'expected a share from 0 to 1');
    return GraphNode.builtIn(BuiltInNode.RANDOM_ABTEST, { ...props, parameters: [GraphParameter.float('ratioA', ratioA), ...parameters] });
  }

  /**
   * Creates Seldon's built-in test model, which needs no container. The orchestrator in Java responded with fixed numbers. The one in Go, which
   * Seldon Core 1.1 and later run, does not implement it and returns each request as the response, so synthesis reports a warning.
   *
   * @param props Name and parameters.
   */
  public static simpleModel(props: BuiltInNodeProps): GraphNode {
    checkNode('GraphNode.simpleModel', 'BuiltInNodeProps', props);
    return GraphNode.builtIn(BuiltInNode.SIMPLE_MODEL, props);
  }

  /**
   * Creates Seldon's built-in mean of the responses of its children, which needs no container. The orchestrator in Go, which Seldon Core 1.1
   * and later run, does not implement it and returns the response of the first child, so synthesis reports a warning.
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
   * Creates a combiner, which combines the responses of its children into one.
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
   * Creates a transformer, which transforms requests before its children get them.
   *
   * @param props Name of the container, and children.
   */
  public static transformer(props: TransformerNodeProps): GraphNode {
    checkNode('GraphNode.transformer', 'TransformerNodeProps', props);
    return new GraphNode(GraphNodeType.TRANSFORMER, props);
  }

  /**
   * Creates an output transformer, which transforms the responses of its children.
   *
   * @param props Name of the container, and children.
   */
  public static outputTransformer(props: TransformerNodeProps): GraphNode {
    checkNode('GraphNode.outputTransformer', 'TransformerNodeProps', props);
    return new GraphNode(GraphNodeType.OUTPUT_TRANSFORMER, props);
  }

  /**
   * Creates a node that is defined by its methods only, for combinations without a type of their own.
   *
   * @param props Name of the container, methods and children.
   * @throws an error when there is no method.
   */
  public static custom(props: CustomNodeProps): GraphNode {
    checkNode('GraphNode.custom', 'CustomNodeProps', props);
    const at = 'GraphNode.custom';
    checkTexts(at, `methods of node ${show(props.name)}`, props.methods);
    if (props.methods.length === 0) {
      throw invalid(at, `node ${show(props.name)} without methods`, 'set the methods that the orchestrator may call');
    }
    return new GraphNode(GraphNodeType.UNKNOWN_TYPE, props);
  }

  /** If it had a type, the orchestrator would call a container. */
  private static builtIn(builtIn: BuiltInNode, props: TransformerNodeProps): GraphNode {
    return new GraphNode(undefined, { ...props, builtIn });
  }

  /** Name of the node. */
  public readonly name: string;

  /** Its type; undefined for a built-in node, which the orchestrator implements itself. */
  public readonly type?: GraphNodeType;

  /** @internal */
  public readonly _props: NodeDefinition;

  private constructor(type: GraphNodeType | undefined, props: NodeDefinition) {
    this.name = props.name;
    this.type = type;
    this._props = { ...props, children: props.children && [...props.children] };
  }

  /** Its children. */
  public get children(): GraphNode[] {
    return [...this._props.children ?? []];
  }
}

function checkBranch(at: string, props: BranchNodeProps & GraphNodeOptions): void {
  if (props.children.length === 0) throw invalid(at, `node ${show(props.name)} without children`, 'add at least one child');
}
