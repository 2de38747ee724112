import { AccessError } from '../../constraints/access-error';
import { type Expression, parseTemplate } from './expression';
import type { Arguments, Stacks, SynthesizedStack } from './read-stacks';

/** A resource or data source of a stack. */
export interface Instance {
  readonly stack: string;
  /** Such as `okta_group.Group_admins`, with the prefix `data.` for a data source. */
  readonly address: string;
}

/** Returns an attribute that the provider computes; undefined if it is unknown. */
export type ComputedAttribute = (instance: Instance, attribute: string) => unknown;

// Arguments that control Terraform and are not part of the resource.
const META_ARGUMENTS = new Set(['//', 'connection', 'depends_on', 'lifecycle', 'provider', 'provisioner']);

const FUNCTIONS: Readonly<Record<string, (value: unknown) => unknown>> = {
  base64decode: (value) => Buffer.from(String(value), 'base64').toString(),
};

/** Resolves the values of synthesized stacks as Terraform would, including references to other stacks. */
export class Resolver {
  constructor(
    private readonly stacks: Stacks,
    private readonly computed: ComputedAttribute,
  ) {}

  /** All instances of a type in a stack, with resolved arguments. The type of a data source has the prefix `data.`. */
  instances(stack: string, type: string): readonly (Instance & { readonly args: Arguments })[] {
    return Object.entries(instancesOf(this.stack(stack), type)).map(([name, args]) => {
      const address = `${type}.${name}`;
      return { stack, address, args: this.args(args, stack, address) };
    });
  }

  /** The value of an output of a stack; fails if the stack has no such output. */
  output(stack: string, name: string): unknown {
    const output = this.stack(stack).output?.[name];
    if (output === undefined) throw new AccessError(`The stack ${stack} has no output ${name}.`);
    return this.value(output.value, stack, `output.${name}`);
  }

  /** Resolves a value of a stack and everything in it. `place` is used in errors. */
  value(value: unknown, stack: string, place: string): unknown {
    if (typeof value === 'string') return this.text(value, stack, place);
    if (Array.isArray(value)) return value.map((item, index) => this.value(item, stack, `${place}[${index}]`));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, this.value(item, stack, `${place}.${key}`)]),
    );
  }

  private args(args: Arguments, stack: string, place: string): Arguments {
    const values = Object.fromEntries(Object.entries(args).filter(([key]) => !META_ARGUMENTS.has(key)));
    return this.value(values, stack, place) as Arguments;
  }

  private text(text: string, stack: string, place: string): unknown {
    try {
      const parts = parseTemplate(text).map((part) => (typeof part === 'string' ? part : this.expression(part, stack)));
      // A single expression keeps its type.
      if (parts.length === 1) return parts[0];
      return parts.map(asText).join('');
    } catch (error) {
      if (AccessError.is(error)) throw error;
      throw new AccessError(`Cannot resolve ${text} at ${place} in the stack ${stack}: ${(error as Error).message}.`);
    }
  }

  private expression(expression: Expression, stack: string): unknown {
    if (expression.kind === 'reference') return this.reference(expression.path, stack);
    const call = FUNCTIONS[expression.name];
    if (call === undefined) throw new Error(`the function ${expression.name} is not supported`);
    return call(this.expression(expression.argument, stack));
  }

  private reference(path: readonly (string | number)[], stack: string): unknown {
    if (path.join('.') === 'terraform.workspace') return 'default';
    const [kind, type, name, ...rest] = path[0] === 'data' ? path : ['resource', ...path];
    const [attribute, ...inside] = rest;
    if (typeof attribute !== 'string') throw new Error('it is not an attribute of a resource');
    if (type === 'terraform_remote_state') {
      if (attribute !== 'outputs') throw new Error('only outputs of another stack can be read');
      return descend(this.output(String(name), String(inside[0])), inside.slice(1));
    }
    const fullType = kind === 'data' ? `data.${type}` : String(type);
    return descend(
      this.attribute({ stack, address: `${fullType}.${name}` }, fullType, String(name), attribute),
      inside,
    );
  }

  private attribute(instance: Instance, type: string, name: string, attribute: string): unknown {
    const { stack, address } = instance;
    const args = instancesOf(this.stack(stack), type)[name];
    if (args === undefined) throw new Error(`the stack has no ${address}`);
    if (attribute in args) return this.value(args[attribute], stack, `${address}.${attribute}`);
    const value = this.computed(instance, attribute);
    if (value === undefined) throw new Error(`the attribute ${attribute} of ${address} is unknown`);
    return value;
  }

  private stack(name: string): SynthesizedStack {
    const stack = this.stacks[name];
    if (stack === undefined) throw new AccessError(`There is no synthesized stack ${name}.`);
    return stack;
  }
}

function instancesOf(stack: SynthesizedStack, type: string): Readonly<Record<string, Arguments>> {
  const ofType = type.startsWith('data.') ? stack.data?.[type.slice('data.'.length)] : stack.resource?.[type];
  return ofType ?? {};
}

function descend(value: unknown, path: readonly (string | number)[]): unknown {
  let inner = value;
  for (const key of path) {
    inner = (inner as Record<string | number, unknown> | null | undefined)?.[key];
    if (inner === undefined) throw new Error(`there is no ${key}`);
  }
  return inner;
}

function asText(value: unknown): string {
  if (typeof value === 'object') throw new Error('a list or object cannot be part of a string');
  return String(value);
}
