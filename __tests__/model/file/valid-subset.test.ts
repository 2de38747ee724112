import { settingsOf } from '../../../model/derived/access';
import { grantAt, validSubset } from '../../../model/file/valid-subset';
import { accessWith, SMALLEST } from '../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };
const PLACED = { ...ADMINS, accept: {}, path: 'grants[0]' };

const soundWith = (changes: Record<string, unknown>) => validSubset({ ...SMALLEST, ...changes });

describe('validSubset', () => {
  test('is the whole of a file that is sound', () => {
    const sound = validSubset(SMALLEST);

    expect(sound?.grants).toEqual([PLACED]);
    expect([...(sound?.broken ?? [])]).toEqual([]);
    expect(sound?.parsed.clusters).toEqual(settingsOf(accessWith()).clusters);
  });

  test.each([[null], [[]], ['x'], [undefined]])('is nothing of %j', (file) => {
    expect(validSubset(file)).toBeUndefined();
  });

  test('takes out a value that does not fit, and keeps what is beside it', () => {
    const sound = soundWith({
      clusters: { prod: { ...EKS, version: 1.35, tags: { a: 1, b: 'c' } } },
      tags: { x: 'y' },
    });

    expect(sound?.parsed.clusters.prod).toMatchObject({ region: 'eu-west-1', tags: { b: 'c' } });
    expect(sound?.parsed.clusters.prod).not.toHaveProperty('version');
    expect(sound?.parsed.tags).toEqual({ x: 'y' });
    expect([...(sound?.broken ?? [])]).toEqual(['clusters']);
  });

  test('takes out an unknown key, and counts the one that it looks like as broken', () => {
    const sound = soundWith({ groupClaim: {}, zzzzzzzz: 1 });

    expect(sound?.parsed).not.toHaveProperty('groupClaim');
    expect([...(sound?.broken ?? [])]).toEqual(['groupsClaim', 'zzzzzzzz']);
  });

  test('takes out a cluster without a value that it has to have', () => {
    const sound = soundWith({ clusters: { prod: EKS, test: { kind: 'eks' }, other: null } });

    expect(Object.keys(sound?.parsed.clusters ?? {})).toEqual(['prod']);
  });

  test('takes out a list as a whole, so that no item moves', () => {
    const sound = soundWith({ clusters: { prod: { ...EKS, logs: ['api', 'x', 'audit'] } } });

    expect(sound?.parsed.clusters.prod).toMatchObject({ logs: ['api', 'audit', 'authenticator'] });
  });

  test.each(['okta', 'groups', 'clusters'])('has something in the place of %s, which has to be there', (key) => {
    const sound = soundWith({ [key]: 5 });

    expect(Object.keys(sound?.parsed[key as 'okta'] ?? {}).length).toBeGreaterThan(0);
    expect([...(sound?.broken ?? [])]).toEqual([key]);
  });

  test('keeps the grants that fit, each with its place', () => {
    const sound = soundWith({ grants: [5, ADMINS, { ...ADMINS, role: 5 }] });

    expect(sound?.grants).toEqual([{ ...PLACED, path: 'grants[1]' }]);
    expect([...(sound?.broken ?? [])]).toEqual(['grants']);
  });

  test.each([[undefined], [5], [[]], [[5]]])('has no grants of %j, and counts them as broken', (grants) => {
    const sound = soundWith({ grants });

    expect(sound?.grants).toEqual([]);
    expect(sound?.broken.has('grants')).toBe(true);
  });

  test('does not change the file', () => {
    const file = { ...SMALLEST, clusters: { prod: { ...EKS, version: 1.35, logs: ['x'] } } };
    const copy = structuredClone(file);

    validSubset(file);

    expect(file).toEqual(copy);
  });
});

describe('grantAt', () => {
  test('has its place in the file', () => {
    const { path: _, ...grant } = accessWith().grants[0] as NonNullable<ReturnType<typeof accessWith>['grants'][0]>;

    expect(grantAt(grant as Parameters<typeof grantAt>[0], 2).path).toBe('grants[2]');
  });
});
