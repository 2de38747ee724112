import { TerraformBackend, TerraformRemoteState, type TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { STACK } from '../constraints/custom-backend';

type Config = Readonly<Record<string, unknown>>;

/** Backends with one state for a configuration: Terraform refuses to read another workspace. */
const WITHOUT_WORKSPACES = ['http', 'remote'];

/**
 * Keeps the state of a stack in a backend of any type, with arguments as Terraform names them. A text `{stack}` in them
 * becomes the name of the stack.
 */
export class CustomBackend extends TerraformBackend {
  private readonly config: Config;

  constructor(stack: TerraformStack, type: string, config: Config) {
    super(stack, 'backend', type);
    this.config = withStack(config, stack.node.id) as Config;
  }

  override getRemoteStateDataSource(scope: Construct, name: string): TerraformRemoteState {
    const workspace = WITHOUT_WORKSPACES.includes(this.name) ? {} : { workspace: '${terraform.workspace}' };
    const state = new CustomRemoteState(scope, name, this.name, workspace);
    // The arguments of the constructor would get other names: labels of Kubernetes, for example.
    state.addOverride('config', this.config);
    return state;
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { ...this.config };
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    return hclAttributes(this.config);
  }
}

class CustomRemoteState extends TerraformRemoteState {}

/** A copy of a value with the name of a stack in its texts. */
function withStack(value: unknown, stack: string): unknown {
  if (typeof value === 'string') return value.replaceAll(STACK, stack);
  if (Array.isArray(value)) return value.map((item) => withStack(item, stack));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withStack(item, stack)]));
}

/** Arguments that are blocks in HCL: `workspaces` of remote, `exec` of kubernetes, `assume_role` of oss. */
const BLOCKS = ['workspaces', 'exec', 'assume_role'];

function hclAttributes(config: Config): { [name: string]: unknown } {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => {
      if (Array.isArray(value)) return [name, { value, type: 'list', storageClassType: 'stringList' }];
      if (typeof value !== 'object') return [name, { value, type: 'simple', storageClassType: typeof value }];
      const isBlock = BLOCKS.includes(name);
      const inside = isBlock ? hclAttributes(value as Config) : value;
      return [name, { value: inside, isBlock, type: 'map', storageClassType: 'stringMap' }];
    }),
  );
}
