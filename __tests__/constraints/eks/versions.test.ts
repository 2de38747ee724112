import { EKS_VERSIONS, versionsInStandardSupport } from '../../../constraints/eks/versions';
import { minorOf } from '../../../constraints/kubernetes/known-version';

describe('EKS_VERSIONS', () => {
  test('are sorted from oldest to newest, each supported longer than the one before', () => {
    const minors = EKS_VERSIONS.map(({ version }) => minorOf(version));
    const standard = EKS_VERSIONS.map(({ standardUntil }) => standardUntil);

    expect(minors).toEqual([30, 31, 32, 33, 34, 35, 36]);
    expect(standard).toEqual([...standard].sort());
  });

  test.each(EKS_VERSIONS)('$version is in extended support for a year after standard support', (version) => {
    const { standardUntil, extendedUntil } = version;

    expect(extendedUntil).toBe(`${Number(standardUntil.slice(0, 4)) + 1}${standardUntil.slice(4)}`);
  });
});

describe('versionsInStandardSupport', () => {
  test.each([
    ['2026-06-15', ['1.33', '1.34', '1.35', '1.36']],
    ['2026-07-29', ['1.33', '1.34', '1.35', '1.36']],
    ['2026-07-30', ['1.34', '1.35', '1.36']],
    ['2027-03-28', ['1.36']],
    ['2027-08-02', ['1.36']],
    ['2027-08-03', []],
  ])('on %s are %j', (day, versions) => {
    expect(versionsInStandardSupport(day)).toEqual(versions);
  });
});

describe('minorOf', () => {
  test.each([
    ['1.9', 9],
    ['1.30', 30],
    ['1.135', 135],
  ])('of %s is %i', (version, minor) => {
    expect(minorOf(version)).toBe(minor);
  });
});
