import fc from 'fast-check';
import { isInClaim } from '../../constraints/okta/claim-filter';
import { type Access, readAccess } from '../../model';
import { DAY } from '../day';
import { resources, type StackJson, synthesizedAccess } from '../synthesized';
import { brokenFilesAreRefused } from './broken-files';
import { type AnyFile, validFile } from './random-files';

// A failure prints its seed and the smallest file; the seed makes the run the same each time.
const RUNS = { seed: 20_260_615, numRuns: 60 } as const;
const TIMEOUT = 120_000;

/** Random valid files whose clusters have keys that nothing else in the file contains. */
const fileWithMarkedClusters = validFile.map((file): AnyFile => {
  const marked = new Map(Object.keys(file.clusters).map((key, index) => [key, `${key}-zz${index}zz`]));
  return {
    ...file,
    clusters: Object.fromEntries(
      Object.entries(file.clusters).map(([key, cluster]) => [marked.get(key) as string, cluster]),
    ),
    grants: file.grants.map(({ clusters: on, ...grant }) => ({
      ...grant,
      clusters: on === '*' ? on : (on as string[]).map((key) => marked.get(key)),
    })),
  };
});

// The seed gives every property the same files, and a synthesis is what takes time.
const synthesized = new Map<string, ReturnType<typeof synthesize>>();

/** The model and the stacks of a file, made once. */
function synthesizedOnce(file: AnyFile): ReturnType<typeof synthesize> {
  const text = JSON.stringify(file);
  const made = synthesized.get(text) ?? synthesize(file);
  synthesized.set(text, made);
  return made;
}

function synthesize(file: AnyFile): { access: Access; stacks: Record<string, StackJson> } {
  const access = readAccess(file, DAY);
  return { access, stacks: synthesizedAccess(access) };
}

/** Every subject of every binding of a cluster: who, by which binding, in which namespace. */
function subjectsOf(stack: StackJson | undefined): readonly string[] {
  const bindings = ['kubernetes_cluster_role_binding_v1', 'kubernetes_role_binding_v1'].flatMap((type) =>
    resources(stack, type),
  );
  return bindings
    .flatMap(({ metadata, subject }) =>
      subject.map(({ name }: { name: string }) => JSON.stringify([name, metadata.name, metadata.namespace ?? null])),
    )
    .sort();
}

/** The prefix of groups that a cluster of a file has, or else the file. */
function groupsPrefix({ identityProvider }: Access, { clusters }: AnyFile, key: string): string {
  const cluster = clusters[key] as { identityProvider?: { prefix?: string } } | undefined;
  return cluster?.identityProvider?.prefix ?? identityProvider.prefix.groups;
}

/** The same by the grants of a file, independently of how the model finds them. */
function expectedSubjects(access: Access, file: AnyFile, key: string): readonly string[] {
  const inForce = file.grants.filter(({ expires }) => expires === undefined || (expires as string) >= DAY);
  return inForce
    .filter(({ clusters }) => clusters === '*' || (clusters as string[]).includes(key))
    .flatMap(({ group, role, namespaces = [null] }) =>
      (namespaces as (string | null)[]).map((namespace) =>
        JSON.stringify([`${groupsPrefix(access, file, key)}${group}`, `oidc-${role}`, namespace]),
      ),
    )
    .sort();
}

describe('every valid access file', () => {
  test(
    'synthesizes, each grant is exactly one subject a place, and each subject passes the claim filter',
    () => {
      fc.assert(
        fc.property(fileWithMarkedClusters, (file) => {
          const { access, stacks } = synthesizedOnce(file);

          for (const key of Object.keys(access.clusters)) {
            const subjects = subjectsOf(stacks[`rbac-${key}`]);
            expect(subjects).toEqual(expectedSubjects(access, file, key));
            for (const subject of subjects) {
              const [name] = JSON.parse(subject);
              const prefix = groupsPrefix(access, file, key);
              expect(name.startsWith(prefix)).toBe(true);
              const group = name.slice(prefix.length);
              // An expression is evaluated by Okta alone.
              expect(isInClaim(group, access.groupsClaim)).not.toBe(false);
            }
          }
        }),
        RUNS,
      );
    },
    TIMEOUT,
  );

  test(
    "has no resource of one cluster in another's stack",
    () => {
      fc.assert(
        fc.property(fileWithMarkedClusters, (file) => {
          const { access, stacks } = synthesizedOnce(file);

          for (const [name, stack] of Object.entries(stacks).filter(([stackName]) => stackName !== 'okta')) {
            const others = Object.keys(access.clusters).filter((key) => !name.endsWith(key));
            for (const other of others) expect(JSON.stringify(stack)).not.toContain(other.slice(-5));
          }
          expect(resources(stacks.okta, 'okta_app_oauth')).toHaveLength(
            new Set(Object.values(access.clusters).map(({ app }) => app)).size,
          );
        }),
        RUNS,
      );
    },
    TIMEOUT,
  );

  test(
    'gives the same bytes in any order of keys',
    () => {
      fc.assert(
        fc.property(fileWithMarkedClusters, (file) => {
          const { stacks } = synthesizedOnce(file);

          const reversed = synthesize(reversedKeys(file) as AnyFile);

          expect(JSON.stringify(sortedStacks(reversed.stacks))).toBe(JSON.stringify(sortedStacks(stacks)));
        }),
        { ...RUNS, numRuns: 30 },
      );
    },
    TIMEOUT,
  );
});

const sortedStacks = (stacks: Record<string, StackJson>) => Object.entries(stacks).sort(([a], [b]) => (a < b ? -1 : 1));

/** The same file with the keys of every object the other way round; lists keep their order, which means something. */
function reversedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversedKeys(member)]),
  );
}

// The end-to-end tests break 1000.
brokenFilesAreRefused({ seed: RUNS.seed, numRuns: 150 });
