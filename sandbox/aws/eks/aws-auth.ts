import { parse } from 'yaml';

/** A line of the ConfigMap `aws-auth`. */
export interface AwsAuthMapping {
  /** ARN of the role or user. */
  readonly arn: string;
  readonly username: string;
  readonly groups: readonly string[];
}

/**
 * The principals of the ConfigMap `aws-auth`. What cannot be read gives nobody access, as on EKS.
 * @param data the `data` of the ConfigMap.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html
 */
export function awsAuthMappings(data: Readonly<Record<string, string>>): readonly AwsAuthMapping[] {
  return [
    ...lines(data.mapRoles).flatMap((line) => mapping(line, line.rolearn)),
    ...lines(data.mapUsers).flatMap((line) => mapping(line, line.userarn)),
  ];
}

function lines(text: string | undefined): readonly Record<string, unknown>[] {
  if (text === undefined) return [];
  try {
    const value: unknown = parse(text);
    return Array.isArray(value) ? value.filter((line) => typeof line === 'object' && line !== null) : [];
  } catch {
    return [];
  }
}

function mapping({ username, groups }: Record<string, unknown>, arn: unknown): readonly AwsAuthMapping[] {
  if (typeof arn !== 'string') return [];
  return [
    {
      arn,
      username: typeof username === 'string' ? username : arn,
      groups: Array.isArray(groups) ? groups.filter((group) => typeof group === 'string') : [],
    },
  ];
}
