import { MLSERVER_CAPABILITIES, TRITON_CAPABILITIES } from '../../objects/core2/capabilities';

/**
 * Capabilities of Servers of Seldon Core 2, which Models require: the names in Seldon's ServerConfigs. Any other
 * string is a valid capability as well. Seldon compares them exactly.
 *
 * @see https://docs.seldon.ai/seldon-core-2/user-guide/servers
 */
export class ServerCapability {
  /** Drift and outlier detectors of Alibi Detect, on MLServer. */
  public static readonly ALIBI_DETECT = 'alibi-detect';
  /** Explainers of Alibi Explain, on MLServer. Every Model that is an explainer needs it. */
  public static readonly ALIBI_EXPLAIN = 'alibi-explain';
  /** Pre- and postprocessing by NVIDIA DALI, on Triton. */
  public static readonly DALI = 'dali';
  /** Tree ensembles by NVIDIA FIL, on Triton. */
  public static readonly FIL = 'fil';
  /** Hugging Face transformers, on MLServer. */
  public static readonly HUGGINGFACE = 'huggingface';
  /** LightGBM, on MLServer. */
  public static readonly LIGHTGBM = 'lightgbm';
  /** MLflow, on MLServer. */
  public static readonly MLFLOW = 'mlflow';
  /** MLServer itself. */
  public static readonly MLSERVER = 'mlserver';
  /** ONNX, on Triton. */
  public static readonly ONNX = 'onnx';
  /** OpenVINO, on Triton. */
  public static readonly OPENVINO = 'openvino';
  /** Models written in Python, on MLServer and on Triton. */
  public static readonly PYTHON = 'python';
  /** PyTorch, on Triton. */
  public static readonly PYTORCH = 'pytorch';
  /** scikit-learn, on MLServer. */
  public static readonly SKLEARN = 'sklearn';
  /** Spark MLlib, on MLServer; Seldon writes it with one l. */
  public static readonly SPARK_MLIB = 'spark-mlib';
  /** TensorFlow, on Triton. */
  public static readonly TENSORFLOW = 'tensorflow';
  /** TensorRT, on Triton. */
  public static readonly TENSORRT = 'tensorrt';
  /** Triton itself. */
  public static readonly TRITON = 'triton';
  /** XGBoost, on MLServer. */
  public static readonly XGBOOST = 'xgboost';

  /** Capabilities of Servers with the ServerConfig `mlserver` of Seldon's chart. */
  public static ofMlserver(): string[] {
    return [...MLSERVER_CAPABILITIES];
  }

  /** Capabilities of Servers with the ServerConfig `triton` of Seldon's chart. */
  public static ofTriton(): string[] {
    return [...TRITON_CAPABILITIES];
  }

  private constructor() {}
}
