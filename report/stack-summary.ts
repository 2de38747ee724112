/** What a summary shows of a synthesized stack. */
export interface StackSummary {
  readonly name: string;
  /** Names of the stacks that are deployed before it. */
  readonly dependencies: readonly string[];
  readonly resources: readonly ResourceSummary[];
  /** The outputs of other stacks that it reads, without duplicates. */
  readonly reads: readonly { readonly stack: string; readonly output: string }[];
}

/** What a summary shows of a resource. */
export interface ResourceSummary {
  /** The Terraform type, such as `okta_group`. */
  readonly type: string;
  /** The name in the service; empty if it has none. */
  readonly name: string;
}

/**
 * Summarizes a synthesized stack.
 * @param json the parsed `cdk.tf.json`.
 */
export function stackSummary(name: string, dependencies: readonly string[], json: unknown): StackSummary {
  const { resource = {} } = json as { resource?: Record<string, Record<string, Record<string, unknown>>> };
  const resources = Object.entries(resource).flatMap(([type, instances]) =>
    Object.values(instances).map((instance) => ({ type, name: nameOf(instance) })),
  );
  const references = JSON.stringify(json).matchAll(/data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g);
  const reads = new Map([...references].map(([reference, stack = '', output = '']) => [reference, { stack, output }]));
  return { name, dependencies, resources, reads: [...reads.values()] };
}

/** The first argument that holds a name; the providers use different ones. */
function nameOf(instance: Record<string, unknown>): string {
  const { metadata, oidc } = instance as { metadata?: Record<string, unknown>; oidc?: Record<string, unknown> };
  const candidates = [
    instance.label,
    instance.name,
    metadata?.name,
    oidc?.identity_provider_config_name,
    instance.principal_arn,
  ];
  const name = candidates.find((candidate) => typeof candidate === 'string' && !candidate.startsWith('${'));
  return (name as string | undefined) ?? '';
}
