import { SeldonProtocol } from './enums';
import { invalid, show } from '../../plan/checks/errors';
import { checkText, checkTexts } from '../../plan/checks/type-checks';

const { SELDON, TENSORFLOW, V2 } = SeldonProtocol;

/** Implementations that are not servers: the orchestrator implements them itself, or not at all. */
const NO_SERVERS = ['UNKNOWN_IMPLEMENTATION', 'SIMPLE_MODEL', 'SIMPLE_ROUTER', 'RANDOM_ABTEST', 'AVERAGE_COMBINER'];

/**
 * A model server that Seldon's operator adds to a graph: one that comes with Seldon Core 1, or one that the cluster configures.
 *
 * @see https://docs.seldon.io/projects/seldon-core/en/latest/servers/overview.html
 */
export class PrepackagedServer {
  /** Scikit-learn models, over the protocols seldon and v2. */
  public static readonly SKLEARN_SERVER = new PrepackagedServer('SKLEARN_SERVER', [SELDON, V2], true, true);

  /** XGBoost models, over the protocols seldon and v2. */
  public static readonly XGBOOST_SERVER = new PrepackagedServer('XGBOOST_SERVER', [SELDON, V2], true, true);

  /** MLflow models, over the protocols seldon and v2. */
  public static readonly MLFLOW_SERVER = new PrepackagedServer('MLFLOW_SERVER', [SELDON, V2], true, true);

  /** TensorFlow models, over the protocols seldon and tensorflow. */
  public static readonly TENSORFLOW_SERVER = new PrepackagedServer('TENSORFLOW_SERVER', [SELDON, TENSORFLOW], true, true);

  /** NVIDIA Triton, over the protocol v2. */
  public static readonly TRITON_SERVER = new PrepackagedServer('TRITON_SERVER', [V2], true, true);

  /** Hugging Face pipelines, over the protocol v2; the model may be named by parameters instead of a `modelUri`. */
  public static readonly HUGGINGFACE_SERVER = new PrepackagedServer('HUGGINGFACE_SERVER', [V2], false, true);

  /** Tempo models, over the protocol v2. */
  public static readonly TEMPO_SERVER = new PrepackagedServer('TEMPO_SERVER', [V2], true, true);

  /**
   * Returns a server by its name: one of Seldon's, or one in the settings of the cluster's operator.
   *
   * @param name Its key in `predictor_servers` of the operator's settings, such as `MY_SERVER`.
   * @param protocols Protocols that the operator has an image for, for a server that is not one of Seldon's. Without them
   * the node needs a container with an image.
   * @throws an error when the name is empty or not that of a server, or protocols are given for one of
   * Seldon's.
   */
  public static of(name: string, protocols?: SeldonProtocol[]): PrepackagedServer {
    const at = 'PrepackagedServer.of';
    checkText(at, 'name', name);
    if (protocols !== undefined) checkTexts(at, 'protocols', protocols);
    if (name.trim() === '') throw invalid(at, 'an empty name', 'set it to the key of the server in the operator\'s predictor_servers');
    if (NO_SERVERS.includes(name)) {
      throw invalid(at, `name ${show(name)}`, 'that is not a server. Use GraphNode.randomAbTest, GraphNode.simpleModel or GraphNode.averageCombiner for what Seldon has built in, and a container for everything else');
    }
    const known = KNOWN.find((server) => server.name === name);
    if (known !== undefined && protocols !== undefined) {
      throw invalid(at, `protocols of ${name}`, `leave them out. It supports ${known.protocols!.join(', ')}`);
    }
    return known ?? new PrepackagedServer(name, protocols, true, false);
  }

  /** Its key in `predictor_servers` of the operator's settings. */
  public readonly name: string;

  /** Protocols that it supports; undefined when they are not known. */
  public readonly protocols?: SeldonProtocol[];

  /** Whether a model must be named by its URI. @internal */
  public readonly _needsModelUri: boolean;

  /** Whether Seldon's operator knows it without settings of the cluster. @internal */
  public readonly _known: boolean;

  private constructor(name: string, protocols: SeldonProtocol[] | undefined, needsModelUri: boolean, known: boolean) {
    this.name = name;
    this.protocols = protocols && [...protocols];
    this._needsModelUri = needsModelUri;
    this._known = known;
  }

  /** Whether it supports a protocol; undefined when that is not known. @internal */
  public _speaks(protocol: SeldonProtocol): boolean | undefined {
    const same = (each: SeldonProtocol): SeldonProtocol => (each === SeldonProtocol.KFSERVING ? V2 : each);
    return this.protocols?.some((each) => same(each) === same(protocol));
  }
}

const KNOWN: readonly PrepackagedServer[] = [
  PrepackagedServer.SKLEARN_SERVER, PrepackagedServer.XGBOOST_SERVER, PrepackagedServer.MLFLOW_SERVER, PrepackagedServer.TENSORFLOW_SERVER,
  PrepackagedServer.TRITON_SERVER, PrepackagedServer.HUGGINGFACE_SERVER, PrepackagedServer.TEMPO_SERVER,
];
