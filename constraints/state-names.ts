import { type Finding, shown } from './finding';

/**
 * Checks the name of an S3 bucket.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export function bucketFinding(bucket: string): Finding | undefined {
  const isName = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) && !bucket.includes('..');
  const isReserved = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(bucket);
  if (isName && !isReserved && !/^\d+(\.\d+){3}$/.test(bucket)) return undefined;
  return {
    message: 'This is not a valid name for an S3 bucket.',
    given: shown(bucket),
    allowed: '3 to 63 characters: lowercase letters, digits, . and -, starting and ending with a letter or digit',
    fix: 'Write the name of the bucket, without s3:// or a path.',
  };
}

/**
 * Checks the start of the keys under which an S3 bucket keeps states.
 * @see https://developer.hashicorp.com/terraform/language/backend/s3
 */
export function keyPrefixFinding(prefix: string): Finding | undefined {
  if (prefix === '' || !/^\/|\/$|\/\/|^\.{1,2}(\/|$)|\/\.{1,2}(\/|$)/.test(prefix)) return undefined;
  return {
    message: 'Terraform refuses a key that starts or ends with /, and a part of a key has to have a name.',
    given: shown(prefix),
    allowed: 'parts with / between them, such as teams/eks-access',
    fix: `Write ${shown(
      prefix
        .split('/')
        .filter((part) => !['', '.', '..'].includes(part))
        .join('/'),
    )}.`,
  };
}

/** HCP Terraform allows at most this many characters in the name of a workspace. */
const MOST_WORKSPACE_CHARACTERS = 90;

/**
 * Checks the name of a workspace of HCP Terraform: a prefix and the name of a stack.
 * @see https://developer.hashicorp.com/terraform/cloud-docs/workspaces/create
 */
export function workspacePrefixFinding(prefix: string, longestStack: string): Finding | undefined {
  const most = MOST_WORKSPACE_CHARACTERS - longestStack.length;
  if (/^[A-Za-z0-9_-]*$/.test(prefix) && prefix.length <= most) return undefined;
  return {
    message: 'HCP Terraform refuses names of workspaces with other characters, and longer ones.',
    given: `${shown(prefix)}, ${prefix.length} characters, before ${longestStack}`,
    allowed: `at most ${most} letters, digits, - and _`,
    fix: 'Shorten it, or use only the allowed characters.',
  };
}

/** Checks the name of an organization of HCP Terraform. @see https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/organizations */
export function hcpOrganizationFinding(organization: string): Finding | undefined {
  if (/^[A-Za-z0-9_-]{3,40}$/.test(organization)) return undefined;
  return {
    message: 'This is not a valid name for an organization of HCP Terraform.',
    given: shown(organization),
    allowed: '3 to 40 letters, digits, - and _',
    fix: 'Write the name of the organization as the address of its page has it.',
  };
}
