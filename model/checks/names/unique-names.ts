import { constructId } from '../../../constraints/construct-id';
import { shown } from '../../../constraints/finding';
import { ingressPolicyName } from '../../../constraints/kubernetes/ingress-policy-name';
import type { Access } from '../../derived/access';
import { madeClusters } from '../../derived/clusters';
import { clientIdOutput } from '../../derived/sign-in-apps';
import { pathText } from '../../file/path';
import type { Check, PlacedFinding } from '../check';

interface Named {
  readonly name: string;
  readonly path: readonly PropertyKey[];
  /** Where the name has to be unique, such as an account; one place where it is left out. */
  readonly place?: string;
}

interface Rule {
  readonly names: readonly Named[];
  /** What must differ between two names. */
  readonly identity: (named: Named) => string;
  /** @param earlier place of the name that was first. */
  readonly message: (earlier: string) => string;
  readonly allowed: string;
  readonly fix: string;
}

/** Names that a service, Terraform or a file system takes for the same have to differ. */
export const uniqueNames: Check = {
  name: 'unique-names',
  severity: 'error',
  reason: 'Two things with one name overwrite each other, or the second is refused when it is applied.',
  fix: 'Give each its own name.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  restsOn: [],
  find: (access) => rules(access).flatMap(clashes),
};

function rules(access: Access): readonly Rule[] {
  const { groups, namespaces } = access;
  const clusters = Object.values(access.clusters);
  const apps = [...new Map(clusters.map(({ app, key }) => [app, key]))].map(([name, key]) => ({
    name,
    path: ['clusters', key, 'app'],
  }));
  const roles = madeClusters(access).map(({ key, roleName, settings }) => ({
    name: roleName,
    path: settings.roleName === undefined ? ['clusters', key] : ['clusters', key, 'roleName'],
    place: settings.account?.id,
  }));
  const constructIds = (kind: 'app' | 'group', names: readonly Named[]): Rule => ({
    names,
    identity: ({ name }) => constructId(kind, name),
    message: (earlier) => `The name gives the same construct id as ${earlier}, where / is written as --.`,
    allowed: 'names that differ in more than / and --',
    fix: 'Rename one of the two.',
  });
  return [
    {
      names: roles,
      identity: ({ name, place }) => `${place} ${name.toLowerCase()}`,
      message: (earlier) =>
        `This IAM role is made by ${earlier} already; role names are unique in an account, case ignored.`,
      allowed: 'a role name of its own for each cluster of an account',
      fix: 'Set roleName to another name.',
    },
    {
      names: clusters.map(({ key }) => ({ name: key, path: ['clusters', key] })),
      identity: ({ name }) => name.toLowerCase(),
      message: (earlier) =>
        `This key differs from ${earlier} in case only; their stacks would share a folder where case is ignored.`,
      allowed: 'cluster keys that differ in more than case',
      fix: 'Rename one of the two.',
    },
    {
      names: apps,
      identity: ({ name }) => clientIdOutput(name),
      message: (earlier) => `The app's client id would have the same output name as that of ${earlier}.`,
      allowed: 'app names that differ in letters, digits, - or _',
      fix: 'Rename one of the two apps.',
    },
    ...Object.entries(namespaces).map(
      ([name, { allowIngressFrom }]): Rule => ({
        names: allowIngressFrom.map((source, index) => ({
          name: ingressPolicyName(source),
          path: ['namespaces', name, 'allowIngressFrom', index],
        })),
        identity: ({ name: policy }) => policy,
        message: (earlier) => `The NetworkPolicy of this source would have the same name as that of ${earlier}.`,
        allowed: 'each source once; labels that differ when all but a-z, 0-9 and . is written as -',
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

/** A finding for each name whose identity an earlier one has. */
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
