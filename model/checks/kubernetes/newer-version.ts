import { impossibleVersionFinding, newerVersionFinding } from '../../../constraints/kubernetes/known-version';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** The roles and resources of the version are known. */
export const newerVersion: Check = {
  name: 'newer-version',
  severity: 'warning',
  reason: 'Reports and proofs use the roles and resources of the newest known version instead.',
  fix: 'Update okta-eks-access, or check by hand what the version adds.',
  source: 'https://kubernetes.io/releases/',
  requires: [],
  find: ({ clusters }) =>
    Object.values(clusters).flatMap(({ key, settings }) => {
      const version = 'version' in settings ? settings.version : undefined;
      const finding =
        version === undefined || impossibleVersionFinding(version) !== undefined
          ? undefined
          : newerVersionFinding(version);
      return finding === undefined ? [] : [{ ...finding, path: pathText(['clusters', key, 'version']) }];
    }),
};
