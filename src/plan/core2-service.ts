/**
 * Name of the Service of Seldon Core 2's own Envoy, one in every namespace with a SeldonRuntime. All models, pipelines and
 * experiments of the namespace are behind it.
 *
 * @internal
 */
export const CORE2_SERVICE = 'seldon-mesh';

/**
 * Header by which callers and routes name what is asked for.
 *
 * @internal
 */
export const MODEL_HEADER = 'seldon-model';
