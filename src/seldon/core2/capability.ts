const MLSERVER = [
  'mlserver', 'alibi-detect', 'alibi-explain', 'huggingface', 'lightgbm', 'mlflow', 'python', 'sklearn', 'spark-mlib', 'xgboost',
];
const TRITON = ['triton', 'dali', 'fil', 'onnx', 'openvino', 'python', 'pytorch', 'tensorflow', 'tensorrt'];

/**
 * What Servers of Seldon Core 2 can do, and Models require: the names that Seldon's own server configurations know. Any other
 * text is a capability as well; the two sides are compared letter by letter.
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
  /** Forests of trees by NVIDIA FIL, on Triton. */
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
  /** Models written in Python, on MLServer and Triton: both have it. */
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

  /** What Servers of the configuration `mlserver` can do as Seldon's chart installs it. */
  public static ofMlserver(): string[] {
    return [...MLSERVER];
  }

  /** What Servers of the configuration `triton` can do as Seldon's chart installs it. */
  public static ofTriton(): string[] {
    return [...TRITON];
  }

  private constructor() {}
}
