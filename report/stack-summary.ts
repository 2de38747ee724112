/** A stack as it was written for Terraform, in what a reader wants to know of it. */
export interface SynthesizedStack {
  readonly name: string;
  /** Stacks that are deployed before it. */
  readonly dependencies: readonly string[];
  /** What Terraform makes. */
  readonly resources: readonly SynthesizedResource[];
  /** Outputs of other stacks that it reads, each once. */
  readonly reads: readonly { readonly stack: string; readonly output: string }[];
}

/** A resource of a synthesized stack. */
export interface SynthesizedResource {
  /** Terraform's type, such as `okta_group`. */
  readonly type: string;
  /** What the service will call it; empty for what has no name of its own. */
  readonly name: string;
}

/**
 * Reads a synthesized stack.
 * @param json the parsed `cdk.tf.json`.
 */
export function synthesizedStack(name: string, dependencies: readonly string[], json: unknown): SynthesizedStack {
  const { resource = {} } = json as { resource?: Record<string, Record<string, Record<string, unknown>>> };
  const resources = Object.entries(resource).flatMap(([type, instances]) =>
    Object.values(instances).map((instance) => ({ type, name: nameOf(instance) })),
  );
  const references = JSON.stringify(json).matchAll(/data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g);
  const reads = new Map([...references].map(([reference, stack = '', output = '']) => [reference, { stack, output }]));
  return { name, dependencies, resources, reads: [...reads.values()] };
}

/** The first of the arguments by which the providers name things. */
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
