import { type Command, Option } from 'commander';
import { AccessError } from '../model';
import {
  isClusterScoped,
  requestedMethod,
  requestedNamespace,
  requestedPath,
  requestedResource,
  requestedVerb,
} from '../model/review/request-words';
import type { AccessRequest, PolicyRule, ResourceRequest } from '../rbac';

/** The options that say where a resource is. */
export interface PlaceOptions {
  readonly apiGroup?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly unknown?: boolean;
}

/** The options that describe a request. */
export interface RequestOptions extends PlaceOptions {
  readonly verb?: string;
  readonly resource?: string;
  readonly url?: string;
}

/** Adds the options that describe a request to a command that asks for one. */
export function withRequest(command: Command): Command {
  return withPlace(
    command
      .option('--verb <verb>', 'such as get, list, create, or delete (default for --url: get)')
      .option('--resource <resource>', 'such as pods, Pod, po, deployments.apps; with a subresource, pods/exec'),
  ).addOption(
    new Option('--url <path>', 'a path of the API server, such as /healthz, instead of a resource').conflicts([
      'resource',
      'apiGroup',
      'name',
      'namespace',
      'unknown',
    ]),
  );
}

/** Adds the options that say where a resource is. */
export function withPlace(command: Command): Command {
  return command
    .option('--api-group <group>', 'API group of the resource')
    .option('--name <name>', 'name of one object')
    .option(
      '--namespace <namespace>',
      'namespace of the resource (default: all namespaces, or none for cluster-scoped resources)',
    )
    .option('--unknown', 'the resource or the verb is a custom one that no role of the file names');
}

/**
 * The request that options describe.
 * @param rules the rules of the roles of the file, which name custom resources.
 * @throws AccessError for words that nobody knows.
 */
export function requestOf(options: RequestOptions, rules: readonly PolicyRule[]): AccessRequest {
  const { verb, resource, url } = options;
  if (url !== undefined) return { verb: requestedMethod(verb ?? 'get'), path: requestedPath(url) };
  if (verb === undefined || resource === undefined) {
    throw new AccessError('The question is incomplete. Set --verb and --resource, or --url.');
  }
  return resourceRequest(verb, resource, options, rules);
}

/**
 * The request for a resource in the place that options describe.
 * @throws AccessError for words that nobody knows.
 */
export function resourceRequest(
  verb: string,
  word: string,
  { apiGroup: group, name, namespace, unknown }: PlaceOptions,
  rules: readonly PolicyRule[],
): ResourceRequest {
  const { apiGroup, resource, subresource } = requestedResource(word, group, rules, unknown);
  if (name === '') throw new AccessError('--name is empty. Omit it for a question about every object.');
  if (namespace !== undefined && isClusterScoped(apiGroup, resource)) {
    throw new AccessError(
      `${resource} are cluster-scoped, so they are not in a namespace. Omit --namespace; for one object, set --name.`,
    );
  }
  if (namespace !== undefined) requestedNamespace(namespace);
  // The API server treats a namespace as an object in itself, so roles in the namespace apply to it.
  const within = apiGroup === '' && resource === 'namespaces' ? name : namespace;
  return {
    verb: requestedVerb(verb, rules, unknown),
    apiGroup,
    resource,
    ...(subresource !== undefined && { subresource }),
    ...(name !== undefined && { name }),
    ...(within !== undefined && { namespace: within }),
  };
}
