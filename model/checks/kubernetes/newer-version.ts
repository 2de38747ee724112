import { impossibleVersionFinding, newerVersionFinding } from '../../../constraints/kubernetes/known-version';
import { hasGuards } from '../../derived/guards';
import { pathText } from '../../file/path';
import type { Check } from '../check';

const EVERY_ACCOUNT_PASSES =
  'Its controllers are not known either, so guards let every service account of kube-system pass, whatever exemptServiceAccounts says.';

/** The roles and resources of the version are known. */
export const newerVersion: Check = {
  name: 'newer-version',
  severity: 'warning',
  reason: 'Reports and proofs use the roles and resources of the newest known version instead.',
  fix: 'Update okta-eks-access, or check by hand what the version adds.',
  source: 'https://kubernetes.io/releases/',
  requires: [],
  find: ({ clusters }) =>
    Object.values(clusters).flatMap(({ key, settings, guards }) => {
      const version = 'version' in settings ? settings.version : undefined;
      const finding =
        version === undefined || impossibleVersionFinding(version) !== undefined
          ? undefined
          : newerVersionFinding(version);
      if (finding === undefined) return [];
      const isExempt = guards.exemptServiceAccounts !== undefined && hasGuards(guards);
      const message = isExempt ? `${finding.message} ${EVERY_ACCOUNT_PASSES}` : finding.message;
      return [{ ...finding, message, path: pathText(['clusters', key, 'version']) }];
    }),
};
