/** A request for a resource of the Kubernetes API. */
export interface ResourceRequest {
  readonly verb: string;
  /** API group of the resource; `''` is the core group. */
  readonly apiGroup: string;
  readonly resource: string;
  /** @default - the resource itself */
  readonly subresource?: string;
  /** Name of the object. @default - none, as for list and create */
  readonly name?: string;
  /** Namespace of the object; Kubernetes sets it for a request about a namespace itself. @default - the whole cluster */
  readonly namespace?: string;
}

/** A request for a non-resource URL of the API server, such as `/healthz`. */
export interface UrlRequest {
  /** HTTP method in lower case. */
  readonly verb: string;
  readonly path: string;
}

/** A request that the API server authorizes. */
export type AccessRequest = ResourceRequest | UrlRequest;

/** A request in words, such as `get pods/log in namespace team-a`. */
export function requestText(request: AccessRequest): string {
  if ('path' in request) return `${request.verb} ${request.path}`;
  const { verb, apiGroup, resource, subresource, name, namespace } = request;
  const thing = subresource ? `${resource}/${subresource}` : resource;
  const group = apiGroup === '' ? '' : ` in ${apiGroup}`;
  const object = name ? ` named "${name}"` : '';
  return `${verb} ${thing}${group}${object} ${namespace ? `in namespace ${namespace}` : 'on the whole cluster'}`;
}
