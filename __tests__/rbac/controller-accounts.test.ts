import { controllerAccounts } from '../../rbac';

describe('the service accounts of controllers', () => {
  test('are each once, sorted, and those of every known version', () => {
    const names = controllerAccounts();

    expect(names).toEqual([...new Set(names)].sort());
    expect(names.length).toBeGreaterThan(40);
    expect(names).toEqual(
      expect.arrayContaining([
        ...['statefulset-controller', 'daemon-set-controller', 'generic-garbage-collector', 'namespace-controller'],
        // In a Role, not in a ClusterRole.
        'token-cleaner',
        // Since 1.31, and 1.32.
        ...['service-cidrs-controller', 'selinux-warning-controller'],
      ]),
    );
  });

  test('are none of add-ons', () => {
    expect(controllerAccounts()).not.toContain('default');
    expect(controllerAccounts()).not.toContain('coredns');
  });
});
