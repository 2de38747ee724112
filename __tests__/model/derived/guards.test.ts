import { isServiceAccountGroup } from '../../../constraints/kubernetes/service-account-group';
import { type GuardLists, hasGuards, refusingLists } from '../../../model/derived/guards';
import { accessWith, clusterOf } from '../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const DEFAULTS = { mode: 'deny', allowPrivilegeEscalation: true };
const GROUPS = { 'eks-admins': {}, 'eks-a': {}, 'eks-b': {} };

function guardsWith(ofFile: unknown, ofCluster: unknown) {
  const access = accessWith({
    groups: GROUPS,
    guards: ofFile,
    clusters: { prod: { ...EKS, guards: ofCluster }, test: EKS },
  });
  return clusterOf(access, 'prod').guards;
}

describe('the guards of a cluster', () => {
  test('are none by default', () => {
    expect(guardsWith(undefined, undefined)).toEqual({ ...DEFAULTS, namespaces: {} });
  });

  test('are those of the file', () => {
    const guards = { secretDeletion: ['eks-a'], runAsRoot: [], systemNamespaces: [], namespaces: { a: ['eks-a'] } };

    expect(guardsWith(guards, undefined)).toEqual({ ...DEFAULTS, ...guards });
  });

  test('are those of the file, overridden one by one by those of the cluster', () => {
    const guards = guardsWith(
      {
        secretDeletion: ['eks-a'],
        runAsRoot: ['eks-a'],
        systemNamespaces: ['eks-a'],
        namespaces: { a: ['eks-a'], b: ['eks-a'] },
      },
      { runAsRoot: ['eks-b'], systemNamespaces: ['eks-b'], namespaces: { b: ['eks-b'], c: [] } },
    );

    expect(guards).toEqual({
      ...DEFAULTS,
      secretDeletion: ['eks-a'],
      runAsRoot: ['eks-b'],
      systemNamespaces: ['eks-b'],
      namespaces: { a: ['eks-a'], b: ['eks-b'], c: [] },
    });
  });
});

describe('the settings of guards', () => {
  const OF_FILE = { mode: 'warn', allowPrivilegeEscalation: false, exemptServiceAccounts: ['kube-system/a'] };

  test('are those of the file', () => {
    expect(guardsWith(OF_FILE, { runAsRoot: [] })).toMatchObject(OF_FILE);
  });

  test('are those of the cluster instead, one by one', () => {
    expect(guardsWith(OF_FILE, { mode: 'deny', exemptServiceAccounts: [] })).toMatchObject({
      ...{ mode: 'deny', allowPrivilegeEscalation: false, exemptServiceAccounts: [] },
    });
  });
});

describe('refusingLists', () => {
  const lists = { secretDeletion: ['a'], runAsRoot: ['b'], systemNamespaces: ['c'], namespaces: { x: [] } };

  test('are the lists of guards that deny', () => {
    expect(refusingLists({ ...lists, mode: 'deny', allowPrivilegeEscalation: true })).toEqual(lists);
  });

  test('are none of guards that only warn', () => {
    expect(refusingLists({ ...lists, mode: 'warn', allowPrivilegeEscalation: true })).toEqual({ namespaces: {} });
  });
});

describe('hasGuards', () => {
  test.each<GuardLists>([
    { secretDeletion: [], namespaces: {} },
    { runAsRoot: [], namespaces: {} },
    { systemNamespaces: [], namespaces: {} },
    { namespaces: { a: [] } },
  ])('is true for %j: an empty list exempts nobody', (guards) => {
    expect(hasGuards(guards)).toBe(true);
  });

  test('is false without guards', () => {
    expect(hasGuards({ namespaces: {} })).toBe(false);
  });
});

describe('isServiceAccountGroup', () => {
  test.each(['system:serviceaccounts', 'system:serviceaccounts:a', 'system:serviceaccounts:cert-manager-2'])(
    'is true for %s',
    (member) => {
      expect(isServiceAccountGroup(member)).toBe(true);
    },
  );

  test.each([
    'system:serviceaccount:a:b',
    'system:serviceaccounts:',
    'system:serviceaccounts:-a',
    'system:serviceaccounts:a-',
    'system:serviceaccounts:A',
    'system:serviceaccounts:a:b',
    'system:serviceaccounts\n',
    'xsystem:serviceaccounts',
    'system:masters',
    'eks-admins',
  ])('is false for %j', (member) => {
    expect(isServiceAccountGroup(member)).toBe(false);
  });
});
