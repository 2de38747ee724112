import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Access } from '../../model';
import { defineAccessStacks } from '../../stacks';
import { accessWith } from '../access-files';
import { inSynthesizedFolder, type StackJson, synthesizedAccess } from '../synthesized';
import { FLEET, fleet, fleetStacks } from './fleet';

/** The stacks that each stack is deployed after, as the cdktf CLI reads them. */
const dependencies = (access: Access): Record<string, string[]> =>
  inSynthesizedFolder(
    (app) => defineAccessStacks(app, access),
    (outdir) => {
      const { stacks } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
      return Object.fromEntries(
        Object.entries<{ dependencies: string[] }>(stacks).map(([name, stack]) => [name, stack.dependencies]),
      );
    },
  );

/** Every file of a synthesis, byte by byte. */
const bytes = (access: Access): Record<string, string> =>
  inSynthesizedFolder(
    (app) => defineAccessStacks(app, access),
    (outdir) =>
      Object.fromEntries(
        readdirSync(outdir, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .map((path) => [path.slice(outdir.length), readFileSync(path, 'utf8')]),
      ),
  );

/** The distinct references of a stack to the states of others. */
const readFromStates = (stack: StackJson | undefined) => [
  ...new Set(JSON.stringify(stack).match(/data\.terraform_remote_state[^}"]*/g)),
];

describe('the stacks of an access file', () => {
  test('are okta, and cluster-<key> and rbac-<key> for each cluster', () => {
    expect(Object.keys(fleetStacks()).sort()).toEqual([
      'cluster-dev',
      'cluster-legacy',
      'cluster-prod',
      'cluster-stage',
      'okta',
      'rbac-dev',
      'rbac-legacy',
      'rbac-prod',
      'rbac-stage',
    ]);
  });

  test('are deployed in order: okta, then a cluster, then its RBAC; no cluster waits for another', () => {
    expect(dependencies(fleet())).toEqual({
      okta: [],
      'cluster-dev': ['okta'],
      'cluster-legacy': ['okta'],
      'cluster-prod': ['okta'],
      'cluster-stage': ['okta'],
      'rbac-dev': ['cluster-dev'],
      'rbac-legacy': ['cluster-legacy'],
      'rbac-prod': ['cluster-prod'],
      'rbac-stage': ['cluster-stage'],
    });
  });

  test('have named outputs for what crosses between them, none of them sensitive', () => {
    const stacks = fleetStacks();

    const outputs = Object.fromEntries(
      Object.entries(stacks).map(([name, { output }]) => [name, Object.keys(output ?? {})]),
    );
    expect(outputs).toEqual({
      okta: ['client_id_legacy', 'client_id_prod', 'client_id_shared', 'issuer_url'],
      'cluster-dev': ['certificate_authority', 'endpoint'],
      'cluster-legacy': ['certificate_authority', 'endpoint'],
      'cluster-prod': ['certificate_authority', 'endpoint'],
      'cluster-stage': ['certificate_authority', 'endpoint'],
      'rbac-dev': [],
      'rbac-legacy': [],
      'rbac-prod': [],
      'rbac-stage': [],
    });
    const arguments_ = Object.values(stacks).flatMap(({ output }) => Object.values(output ?? {}).map(Object.keys));
    expect(arguments_).toEqual(Array.from(arguments_, () => ['value']));
  });

  test('have no output with a generated name', () => {
    expect(JSON.stringify(bytes(fleet()))).not.toContain('cross-stack');
  });

  test('read the issuer and the client ID of their own app from the state of okta, and nothing else', () => {
    const stacks = fleetStacks();

    expect(Object.fromEntries(Object.entries(stacks).map(([name, stack]) => [name, readFromStates(stack)]))).toEqual({
      okta: [],
      ...Object.fromEntries(
        [
          ['cluster-dev', 'client_id_shared'],
          ['cluster-legacy', 'client_id_legacy'],
          ['cluster-prod', 'client_id_prod'],
          ['cluster-stage', 'client_id_shared'],
        ].map(([name, clientId]) => [
          name,
          [
            `data.terraform_remote_state.okta.outputs.${clientId}`,
            'data.terraform_remote_state.okta.outputs.issuer_url',
          ],
        ]),
      ),
      'rbac-dev': [],
      'rbac-legacy': [],
      'rbac-prod': [],
      'rbac-stage': [],
    });
  });

  test.each(['okta', 'rbac-dev', 'rbac-legacy', 'rbac-prod', 'rbac-stage'])(
    'read no state of other stacks in %s',
    (name) => {
      expect(fleetStacks()[name]?.data?.terraform_remote_state).toBeUndefined();
    },
  );

  test.each(['cluster-dev', 'cluster-legacy', 'cluster-prod', 'cluster-stage'])(
    'open the state of okta in %s',
    (name) => {
      const stacks = fleetStacks();

      expect(stacks[name]?.data?.terraform_remote_state).toEqual({
        okta: {
          backend: 'local',
          config: stacks.okta?.terraform?.backend.local,
          workspace: '${terraform.workspace}',
        },
      });
    },
  );

  test.each(Object.keys(FLEET.clusters))('contain nothing of other clusters in those of %s', (key) => {
    const stacks = fleetStacks();

    const text = JSON.stringify([stacks[`cluster-${key}`], stacks[`rbac-${key}`]]);
    const others = Object.entries(FLEET.clusters).filter(([other]) => other !== key);
    for (const [other, { region }] of others) {
      expect(text).not.toMatch(new RegExp(`\\b(cluster|rbac|EKSCluster)-${other}\\b`));
      expect(text).not.toContain(`"${region}"`);
    }
  });

  test('each have their own state', () => {
    const stacks = fleetStacks();

    for (const [name, { terraform }] of Object.entries(stacks)) {
      expect(terraform?.backend).toEqual({
        local: {
          path: `../../../terraform.${name}.tfstate`,
          workspace_dir: `../../../terraform.${name}.tfstate.d`,
        },
      });
    }
  });

  test('have the same bytes whatever the order of keys and grants in the file', () => {
    const reversed = <Value>(map: Record<string, Value>) => Object.fromEntries(Object.entries(map).reverse());
    const withReversedLists = (settings: object) =>
      Object.fromEntries(
        Object.entries(settings)
          .reverse()
          .map(([key, value]) => [key, Array.isArray(value) ? [...value].reverse() : value]),
      );
    const clusters = Object.entries(FLEET.clusters).map(([key, cluster]) => [key, withReversedLists(cluster)]);

    const inOrder = bytes(fleet());
    const inReverse = bytes(
      fleet({
        groups: reversed(FLEET.groups),
        clusters: reversed(Object.fromEntries(clusters)),
        grants: FLEET.grants.map(withReversedLists).reverse(),
        tags: reversed(FLEET.tags),
      }),
    );

    expect(Object.keys(inOrder)).toHaveLength(10);
    expect(inReverse).toEqual(inOrder);
  });

  test('contain no path of the machine and no stack trace', () => {
    const text = JSON.stringify(bytes(fleet()));

    expect(text).not.toContain(process.cwd());
    expect(text).not.toContain('stackTrace');
  });

  test('pin the providers to the versions of their bindings', () => {
    const stacks = synthesizedAccess(accessWith());

    const pins = Object.fromEntries(
      Object.entries(stacks).map(([name, { terraform }]) => [name, terraform?.required_providers]),
    );
    expect(pins).toEqual({
      okta: { okta: { source: 'okta/okta', version: '4.20.0' } },
      'cluster-prod': { aws: { source: 'aws', version: '6.25.0' } },
      'rbac-prod': {
        aws: { source: 'aws', version: '6.25.0' },
        kubernetes: { source: 'kubernetes', version: '2.38.0' },
      },
    });
  });
});
