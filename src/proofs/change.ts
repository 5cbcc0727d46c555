import { Answer } from '../answers/answer';
import { Request } from '../answers/request';

/**
 * Requests that are treated alike.
 *
 * @internal
 */
export interface RequestClass {
  /** The Gateway as `namespace/name`; `mesh` for requests of workloads. */
  readonly gateway: string;
  /** Its port. */
  readonly port: number;
  /** Whether clients use TLS. */
  readonly tls: boolean;
  /** The host pattern of the virtual host; hosts that narrower patterns match are others. */
  readonly host: string;
  /** The paths: one path, or those that begin with a string. Paths with longer beginnings may be others. */
  readonly path: { readonly kind: 'exact' | 'prefix'; readonly value: string };
  /** Further conditions, such as `header x-tester is "yes"`, the positive ones first. */
  readonly conditions: readonly string[];
}

/**
 * Requests whose answer is different in two states of a cluster.
 *
 * @internal
 */
export interface Change {
  /** The requests. */
  readonly requests: RequestClass;
  /** One of them. */
  readonly witness: Request;
  /** The answer to it before. */
  readonly before: Answer;
  /** The answer to it after. */
  readonly after: Answer;
  /** What may change requests or answers on their way in a manner that manifests do not tell, as a clause; undefined if nothing does. */
  readonly doubt?: string;
}

/**
 * Requests for which it was not found out whether their answer changes.
 *
 * @internal
 */
export interface Undecided {
  /** The requests, as far as they are known. */
  readonly requests: Partial<RequestClass>;
  /** Why, as a clause. */
  readonly reason: string;
  /** Whether it matters only for who gains access: other changes of the same rules are known. @default false */
  readonly isAboutAccess?: boolean;
}
