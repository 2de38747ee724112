import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFile, versionsFile } from '../../../rbac/generate/kubernetes';
import { kubernetesData, NEWEST_KUBERNETES } from '../../../rbac/kubernetes/kubernetes-data';
import { KUBERNETES_VERSIONS } from '../../../rbac/kubernetes/versions';

const FOLDER = join(__dirname, '../../../rbac/kubernetes');
const VERSIONS = Object.keys(KUBERNETES_VERSIONS);
const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

const fileOf = (name: string) => readFileSync(join(FOLDER, name), 'utf8');

describe('the list of versions', () => {
  test('is what the command writes for the files in the folder', () => {
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

    expect(VERSIONS.map((version) => `${version}.json`).sort()).toEqual(files.sort());
    expect(fileOf('versions.ts')).toBe(versionsFile(VERSIONS));
  });

  test('goes from the oldest to the newest', () => {
    const minors = VERSIONS.map((version) => Number(version.split('.')[1]));

    expect(minors).toEqual([...minors].sort((a, b) => a - b));
    expect(VERSIONS.at(-1)).toBe(NEWEST_KUBERNETES);
  });
});

describe.each(VERSIONS)('the data of %s', (version) => {
  const data = kubernetesData(version);
  const { clusterRoles, roles, clusterRoleBindings, roleBindings } = data.rbac;

  test('is what the command writes', () => {
    expect(data.release).toMatch(new RegExp(`^${version.replace('.', '\\.')}\\.\\d+$`));
    expect(fileOf(`${version}.json`)).toBe(dataFile(data));
  });

  test('has every role and binding once, in order', () => {
    const names = [
      clusterRoles.map(({ name }) => name),
      roles.map(({ namespace, name }) => `${namespace}/${name}`),
      clusterRoleBindings.map(({ name }) => name),
      roleBindings.map(({ namespace, name }) => `${namespace}/${name}`),
    ];

    expect(names.map(({ length }) => length > 5)).toEqual([true, true, true, true]);
    expect(names).toEqual(names.map((list) => [...new Set(list)].sort()));
  });

  test('has rules with verbs, for resources or for URLs', () => {
    const rules = [...clusterRoles, ...roles].flatMap((role) => role.rules);

    // One assertion for all: Jest makes an error for each, and there are thousands.
    expect(rules.filter(({ verbs }) => verbs.length === 0)).toEqual([]);
    expect(
      rules.filter(({ apiGroups, resources, nonResourceURLs }) =>
        [apiGroups, resources].some((of) => (of === undefined) !== (nonResourceURLs !== undefined)),
      ),
    ).toEqual([]);
    const known = ['verbs', 'apiGroups', 'resources', 'nonResourceURLs', 'resourceNames'];
    expect(rules.flatMap(Object.keys).filter((key) => !known.includes(key))).toEqual([]);
  });

  test('has no role without rules, except those that others fill', () => {
    expect(clusterRoles.filter(({ rules }) => rules.length === 0).map(({ name }) => name)).toEqual([
      'admin',
      'edit',
      'view',
    ]);
    expect(clusterRoles.filter(({ aggregationRule }) => aggregationRule).map(({ name }) => name)).toEqual([
      'admin',
      'edit',
      'view',
    ]);
  });

  test('binds roles that exist, to subjects that RBAC knows', () => {
    const names = clusterRoles.map(({ name }) => name);
    const local = roles.map(({ namespace, name }) => `${namespace}/${name}`);

    expect(clusterRoleBindings.map(({ role }) => role).filter((role) => !names.includes(role))).toEqual([]);
    expect(
      roleBindings
        .map(({ namespace, roleRef }) => [roleRef.kind, `${namespace}/${roleRef.name}`])
        .filter(([kind, role = '']) => kind !== 'Role' || !local.includes(role)),
    ).toEqual([]);
    const subjects = [...clusterRoleBindings, ...roleBindings].flatMap((one) => one.subjects);
    expect(
      subjects.filter(({ kind, name, namespace }) =>
        kind === 'ServiceAccount'
          ? name === '' || namespace !== 'kube-system'
          : name === '' || namespace !== undefined || !['User', 'Group'].includes(kind),
      ),
    ).toEqual([]);
  });

  test('has every resource once, in order, with known verbs', () => {
    const resources = data.apiResources.map(({ apiGroup, name }) => [apiGroup, name]);

    expect(resources.length).toBeGreaterThan(60);
    expect(resources).toEqual([...new Map(resources.map((one) => [one.join('/'), one])).values()].sort());
    const shape = {
      apiGroup: expect.stringMatching(/^[a-z0-9.]*$/),
      name: expect.stringMatching(/^[a-z]+$/),
      kind: expect.stringMatching(/^[A-Z][A-Za-z]+$/),
      shortNames: expect.any(Array),
      isNamespaced: expect.any(Boolean),
      isServedByDefault: expect.any(Boolean),
    };
    expect(data.apiResources.map(({ verbs: _, subresources: __, ...resource }) => resource)).toEqual(
      data.apiResources.map(() => shape),
    );
    const lists = data.apiResources.flatMap(({ verbs, subresources }) => [verbs, ...Object.values(subresources)]);
    expect(lists).toEqual(lists.map((list) => VERBS.filter((verb) => list.includes(verb))));
    expect(lists).not.toContainEqual([]);
  });
});

describe('kubernetesData', () => {
  test.each([
    ['1.29', '1.30'],
    ['1.9', '1.30'],
    ['0.9', '1.30'],
    ['1.34', '1.34'],
    ['1.100', NEWEST_KUBERNETES],
    ['2.0', NEWEST_KUBERNETES],
  ])('of %s is that of %s', (version, known) => {
    expect(kubernetesData(version).release).toMatch(`${known}.`);
    expect(kubernetesData(version)).toBe(kubernetesData(known));
  });

  test('reads the file of a version when it is asked for', () => {
    jest.isolateModules(() => {
      jest.doMock('../../../rbac/kubernetes/1.30.json', () => {
        throw new Error('is read');
      });
      const { kubernetesData: fresh } = require('../../../rbac/kubernetes/kubernetes-data');

      expect(fresh('1.31').release).toMatch('1.31.');
      expect(() => fresh('1.30')).toThrow('is read');
    });
  });
});
