import type { Finding } from '../../../constraints/finding';
import {
  bucketFinding,
  hcpOrganizationFinding,
  keyPrefixFinding,
  workspacePrefixFinding,
} from '../../../constraints/state-names';
import { type Access, allClusters } from '../../derived/access';
import { isEks } from '../../derived/cluster-kinds';
import { pathText } from '../../file/path';
import type { Check } from '../check';
import { isExpression } from './terraform-expression';

/** S3 and HCP Terraform take the names under which states are kept. */
export const stateNames: Check = {
  name: 'state-names',
  severity: 'error',
  reason: 'Terraform, S3, and HCP Terraform refuse names beyond their rules, but only in terraform init.',
  fix: 'Use only the characters that the service accepts.',
  source: 'https://developer.hashicorp.com/terraform/language/backend/s3',
  requires: [],
  find: (access) =>
    namesOf(access).flatMap(([place, finding]) =>
      // The check terraform-expression reports the others.
      finding === undefined || isExpression(finding.given)
        ? []
        : [{ ...finding, path: pathText(['backend', ...place]) }],
    ),
};

function namesOf(access: Access): readonly (readonly [place: readonly string[], finding: Finding | undefined])[] {
  const { backend } = access;
  if (backend === 'local') return [];
  if ('s3' in backend) {
    return [
      [['s3', 'bucket'], bucketFinding(backend.s3.bucket)],
      [['s3', 'keyPrefix'], keyPrefixFinding(backend.s3.keyPrefix)],
    ];
  }
  if ('custom' in backend) return [];
  const { organization, workspacePrefix } = backend.cloud;
  return [
    [['cloud', 'organization'], hcpOrganizationFinding(organization)],
    [['cloud', 'workspacePrefix'], workspacePrefixFinding(workspacePrefix, longestStack(access))],
  ];
}

/** The longest name of a stack. */
function longestStack(access: Access): string {
  const names = allClusters(access).map((cluster) => `${isEks(cluster) ? 'cluster' : 'guards'}-${cluster.key}`);
  return ['okta', ...names].reduce((longest, name) => (name.length > longest.length ? name : longest));
}
