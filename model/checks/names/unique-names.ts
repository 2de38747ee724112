import { constructId } from '../../../constraints/construct-id';
import { shown } from '../../../constraints/finding';
import { ingressPolicyName } from '../../../constraints/kubernetes/ingress-policy-name';
import { type Access, allClusters } from '../../derived/access';
import { createdClusters } from '../../derived/clusters';
import { clientIdOutput } from '../../derived/sign-in-apps';
import { pathText } from '../../file/path';
import type { Check, PlacedFinding } from '../check';

interface Named {
  readonly name: string;
  readonly path: readonly PropertyKey[];
  /** In what the name must be unique, such as an account. @default - all names without a scope are in one */
  readonly scope?: string;
}

interface Rule {
  readonly names: readonly Named[];
  /** What two names must not have in common. */
  readonly identity: (named: Named) => string;
  /** @param earlier path of the first name. */
  readonly message: (earlier: string) => string;
  readonly allowed: string;
  readonly fix: string;
}

/** Names differ if a service, Terraform, or a file system would treat them as equal. */
export const uniqueNames: Check = {
  name: 'unique-names',
  severity: 'error',
  reason: 'Two objects with the same name overwrite each other, or the second one is refused at apply.',
  fix: 'Give each object its own name.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  requires: [],
  find: (access) => rules(access).flatMap(clashes),
};

function rules(access: Access): readonly Rule[] {
  const { groups, namespaces } = access;
  const clusters = Object.values(access.clusters);
  const apps = [...new Map(clusters.map(({ app, key }) => [app, key]))].map(([name, key]) => ({
    name,
    path: ['clusters', key, 'app'],
  }));
  const roles = createdClusters(access).map(({ key, roleName, settings }) => ({
    name: roleName,
    path: settings.roleName === undefined ? ['clusters', key] : ['clusters', key, 'roleName'],
    scope: settings.account?.id,
  }));
  const constructIds = (kind: 'app' | 'group', names: readonly Named[]): Rule => ({
    names,
    identity: ({ name }) => constructId(kind, name),
    message: (earlier) => `This name gives the same construct ID as ${earlier}, because / becomes --.`,
    allowed: 'names that differ in more than / and --',
    fix: 'Rename one of the two.',
  });
  return [
    {
      names: roles,
      identity: ({ name, scope }) => `${scope} ${name.toLowerCase()}`,
      message: (earlier) =>
        `${earlier} already creates this IAM role: role names must be unique in an account, ignoring case.`,
      allowed: 'a different role name for each cluster in an account',
      fix: 'Set roleName to another name.',
    },
    {
      names: allClusters(access).map(({ key }) => ({ name: key, path: ['clusters', key] })),
      identity: ({ name }) => name.toLowerCase(),
      message: (earlier) =>
        `This key differs from ${earlier} only in case, so their stacks share a folder if the file system ignores case.`,
      allowed: 'cluster keys that differ in more than case',
      fix: 'Rename one of the two.',
    },
    {
      names: apps,
      identity: ({ name }) => clientIdOutput(name),
      message: (earlier) => `The client ID of this app has the same output name as that of ${earlier}.`,
      allowed: 'app names that differ in letters, digits, -, or _',
      fix: 'Rename one of the two apps.',
    },
    ...Object.entries(namespaces).map(
      ([name, { allowIngressFrom }]): Rule => ({
        names: allowIngressFrom.map((source, index) => ({
          name: ingressPolicyName(source),
          path: ['namespaces', name, 'allowIngressFrom', index],
        })),
        identity: ({ name: policy }) => policy,
        message: (earlier) => `The NetworkPolicy of this source has the same name as that of ${earlier}.`,
        allowed:
          'each source once, with labels that differ even in lowercase and with - for all except a-z, 0-9, and .',
        fix: 'Remove one of the two.',
      }),
    ),
    constructIds('app', apps),
    constructIds(
      'group',
      Object.keys(groups).map((name) => ({ name, path: ['groups', name] })),
    ),
  ];
}

/** A finding for each name that has the identity of an earlier one. */
function clashes({ names, identity, message, allowed, fix }: Rule): readonly PlacedFinding[] {
  const first = new Map<string, Named>();
  return names.flatMap((named) => {
    const earlier = first.get(identity(named));
    if (earlier === undefined) {
      first.set(identity(named), named);
      return [];
    }
    return [
      { message: message(pathText(earlier.path)), given: shown(named.name), allowed, fix, path: pathText(named.path) },
    ];
  });
}
