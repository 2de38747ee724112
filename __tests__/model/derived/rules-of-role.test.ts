import { rulesOfRole } from '../../../model/derived/rules-of-role';
import { PRESETS } from '../../../rbac/presets';
import { accessWith } from '../../access-files';

const RULES = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
const { roles } = accessWith({ roles: { own: { rules: RULES } } });

describe('rulesOfRole', () => {
  test("are those of a role of the file's own", () => {
    expect(rulesOfRole('own', { roles }, '1.35')).toEqual(RULES);
  });

  test('are those of a preset', () => {
    expect(rulesOfRole('restricted-user', { roles }, '1.35')).toEqual(PRESETS['restricted-user'].rules);
  });

  test("are those of Kubernetes' own role, with what is aggregated", () => {
    const view = rulesOfRole('view', { roles }, '1.35');
    const edit = rulesOfRole('edit', { roles }, '1.35');

    expect(view.length).toBeGreaterThan(5);
    expect(edit).toEqual(expect.arrayContaining([...view]));
    expect(rulesOfRole('cluster-admin', { roles }, '1.35')).toEqual([
      { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
      { nonResourceURLs: ['*'], verbs: ['*'] },
    ]);
  });

  test('are those of the version', () => {
    const reads = (version: string) =>
      rulesOfRole('view', { roles }, version).some(({ apiGroups = [] }) => apiGroups.includes('resource.k8s.io'));

    expect([reads('1.33'), reads('1.34')]).toEqual([false, true]);
  });
});
