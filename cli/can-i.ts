import { Command, Option } from 'commander';
import { escaped } from '../constraints/finding';
import { loadAccessFile } from '../load-access-file';
import { AccessError } from '../model';
import { type Answer, canI } from '../model/review/can-i';
import {
  isClusterScoped,
  requestedMethod,
  requestedPath,
  requestedResource,
  requestedVerb,
} from '../model/review/request-words';
import type { AccessRequest, PolicyRule } from '../rbac';
import { accessFileOption } from './access-file-option';
import { jsonText, withFormats } from './formats';
import { keyOption } from './key-option';
import { knownMember, knownName } from './known-name';
import { print, printText } from './print';

interface CanIOptions {
  readonly file: string;
  readonly format: string;
  readonly cluster: readonly string[];
  readonly group: readonly string[];
  readonly verb?: string;
  readonly resource?: string;
  readonly apiGroup?: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly url?: string;
}

/** `eks-access can-i`: whether users in some groups may do something on a cluster. */
export function canICommand(): Command {
  const command = new Command('can-i')
    .summary('answer whether users in some groups may do something')
    .description(
      'Answers whether users in some groups may do something on a cluster, and why. With several clusters, one answer for each. Exit code: 0 for yes and for no.',
    )
    .addOption(keyOption('cluster', 'a cluster of the access file').makeOptionMandatory())
    .addOption(keyOption('group', 'a group of the access file that the user is in').makeOptionMandatory())
    .option('--verb <verb>', 'such as get, list, create, or delete (default for --url: get)')
    .option('--resource <resource>', 'such as pods, pod, or po; with a subresource, pods/exec')
    .option(
      '--api-group <group>',
      'API group of the resource; required for a custom resource that no role of the file names',
    )
    .option('--name <name>', 'name of one object')
    .option(
      '--namespace <namespace>',
      'namespace of the resource (default: all namespaces, or none for cluster-scoped resources)',
    )
    .addOption(
      new Option('--url <path>', 'a path of the API server, such as /healthz, instead of a resource').conflicts([
        'resource',
        'apiGroup',
        'name',
        'namespace',
      ]),
    )
    .addOption(accessFileOption())
    .addHelpText(
      'after',
      '\nExample:\n  $ eks-access can-i --cluster prod --group eks-developers --verb create --resource pods/exec --namespace team-a',
    )
    .action((options: CanIOptions) => {
      const access = loadAccessFile(options.file);
      const clusters = options.cluster.map((cluster) => knownMember('cluster', cluster, access.clusters));
      const groups = options.group.map((group) => knownName('group', group, Object.keys(access.groups)));
      const rules = Object.values(access.roles).flatMap((role) => role.rules);
      const request = requestOf(options, rules);
      const answers = clusters.map((cluster) => ({
        cluster: cluster.key,
        ...canI(access, { cluster, groups, request }),
      }));
      if (options.format === 'json') print(jsonText(answers.length === 1 ? withoutCluster(answers) : answers));
      else printText(answers.map((answer) => answerText(answer, answers.length > 1)).join(''));
    });
  return withFormats(command, ['text', 'json']);
}

type ClusterAnswer = Answer & { readonly cluster: string };

/** The answer about the only cluster, which the question names. */
function withoutCluster([answer]: readonly ClusterAnswer[]): unknown {
  return { allowed: answer?.allowed, because: answer?.because };
}

function answerText({ cluster, allowed, because }: ClusterAnswer, isOneOfSeveral: boolean): string {
  const place = isOneOfSeveral ? `${escaped(cluster)}: ` : '';
  return `${place}${allowed ? 'yes' : 'no'}\n${isOneOfSeveral ? '  ' : ''}${escaped(because)}\n`;
}

function requestOf(options: CanIOptions, rules: readonly PolicyRule[]): AccessRequest {
  const { verb, name, namespace, url } = options;
  if (url !== undefined) return { verb: requestedMethod(verb ?? 'get'), path: requestedPath(url) };
  if (verb === undefined || options.resource === undefined) {
    throw new AccessError('The question is incomplete. Set --verb and --resource, or --url.');
  }
  const { apiGroup, resource, subresource } = requestedResource(options.resource, options.apiGroup, rules);
  if (namespace !== undefined && isClusterScoped(apiGroup, resource)) {
    throw new AccessError(`${resource} are cluster-scoped, so they are not in a namespace. Omit --namespace.`);
  }
  // The API server treats a namespace as an object in itself, so roles in the namespace apply to it.
  const within = apiGroup === '' && resource === 'namespaces' ? name : namespace;
  return {
    verb: requestedVerb(verb, rules),
    apiGroup,
    resource,
    ...(subresource !== undefined && { subresource }),
    ...(name !== undefined && { name }),
    ...(within !== undefined && { namespace: within }),
  };
}
