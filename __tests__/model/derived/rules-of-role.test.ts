import { roleDefinition } from '../../../model/derived/roles';
import { rulesOfRole } from '../../../model/derived/rules-of-role';
import { PRESETS } from '../../../rbac/presets';
import { accessWith } from '../../access-files';

const RULES = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
const access = accessWith({ roles: { own: { rules: RULES } } });

describe('rulesOfRole', () => {
  test('are those of a role of the file', () => {
    expect(rulesOfRole(roleDefinition('own', access), '1.35')).toEqual(RULES);
  });

  test('are those of a preset', () => {
    expect(rulesOfRole(roleDefinition('restricted-user', access), '1.35')).toEqual(PRESETS['restricted-user'].rules);
  });

  test('are those of a Kubernetes role, including aggregated rules', () => {
    const view = rulesOfRole(roleDefinition('view', access), '1.35');
    const edit = rulesOfRole(roleDefinition('edit', access), '1.35');

    expect(view.length).toBeGreaterThan(5);
    expect(edit).toEqual(expect.arrayContaining([...view]));
    expect(rulesOfRole(roleDefinition('cluster-admin', access), '1.35')).toEqual([
      { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
      { nonResourceURLs: ['*'], verbs: ['*'] },
    ]);
  });

  test('are those of the version', () => {
    const reads = (version: string) =>
      rulesOfRole(roleDefinition('view', access), version).some(({ apiGroups = [] }) =>
        apiGroups.includes('resource.k8s.io'),
      );

    expect([reads('1.33'), reads('1.34')]).toEqual([false, true]);
  });
});
