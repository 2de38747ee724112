import { isServiceAccountGroup } from '../../../constraints/kubernetes/service-account-group';
import { type Guards, hasGuards } from '../../../model/derived/guards';
import { accessWith, clusterOf } from '../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
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
    expect(guardsWith(undefined, undefined)).toEqual({ namespaces: {} });
  });

  test('are those of the file', () => {
    const guards = { secretDeletion: ['eks-a'], runAsRoot: [], systemNamespaces: [], namespaces: { a: ['eks-a'] } };

    expect(guardsWith(guards, undefined)).toEqual(guards);
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
      secretDeletion: ['eks-a'],
      runAsRoot: ['eks-b'],
      systemNamespaces: ['eks-b'],
      namespaces: { a: ['eks-a'], b: ['eks-b'], c: [] },
    });
  });
});

describe('hasGuards', () => {
  test.each<Guards>([
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
