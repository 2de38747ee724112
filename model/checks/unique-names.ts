import { appName, roleName } from '../access';
import type { Check, PlacedFinding } from '../check';
import { shown } from '../finding';
import { pathText } from '../path';
import { clientIdOutput } from '../sign-in-apps';

interface Claim {
  /** What must differ between two claims. */
  readonly identity: string;
  readonly name: string;
  readonly path: readonly string[];
}

/** The claims whose identity an earlier one has, each with that earlier one. */
function clashes(claims: readonly Claim[]): readonly { claim: Claim; earlier: Claim }[] {
  const first = new Map<string, Claim>();
  return claims.flatMap((claim) => {
    const earlier = first.get(claim.identity);
    if (earlier !== undefined) return [{ claim, earlier }];
    first.set(claim.identity, claim);
    return [];
  });
}

/** Names that a service, Terraform or a file system takes for the same have to differ. */
export const uniqueNames: Check = {
  name: 'unique-names',
  severity: 'error',
  reason: 'Two things with one name overwrite each other, or the second is refused when it is applied.',
  fix: 'Give each its own name.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  restsOn: [],
  find: ({ clusters, groups }) => {
    const entries = Object.entries(clusters);
    const found: PlacedFinding[] = [];
    const add = (claims: readonly Claim[], message: (earlier: string) => string, allowed: string, fix: string) => {
      for (const { claim, earlier } of clashes(claims)) {
        const given = shown(claim.name);
        found.push({ message: message(pathText(earlier.path)), given, allowed, fix, path: pathText(claim.path) });
      }
    };
    add(
      entries.flatMap(([key, cluster]) =>
        cluster.kind === 'eks'
          ? [
              {
                identity: `${cluster.account?.id ?? ''} ${roleName(key, cluster).toLowerCase()}`,
                name: roleName(key, cluster),
                path: cluster.roleName === undefined ? ['clusters', key] : ['clusters', key, 'roleName'],
              },
            ]
          : [],
      ),
      (earlier) => `This IAM role is made by ${earlier} already; role names are unique in an account, case ignored.`,
      'a role name of its own for each cluster of an account',
      'Set roleName to another name.',
    );
    add(
      entries.map(([key]) => ({ identity: key.toLowerCase(), name: key, path: ['clusters', key] })),
      (earlier) =>
        `This key differs from ${earlier} in case only; their stacks would share a folder where case is ignored.`,
      'cluster keys that differ in more than case',
      'Rename one of the two.',
    );
    add(
      [...new Map(entries.map(([key, cluster]) => [appName(key, cluster), key]))].map(([app, key]) => ({
        identity: clientIdOutput(app),
        name: app,
        path: ['clusters', key, 'app'],
      })),
      (earlier) => `The app's client id would have the same output name as that of ${earlier}.`,
      'app names that differ in letters, digits, - or _',
      'Rename one of the two apps.',
    );
    add(
      Object.keys(groups).map((name) => ({ identity: name.replaceAll('/', '--'), name, path: ['groups', name] })),
      (earlier) => `The group has the same construct id as ${earlier}, where / is written as --.`,
      'group names that differ in more than / and --',
      'Rename one of the two groups.',
    );
    return found;
  },
};
