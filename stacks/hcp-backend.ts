import { DataTerraformRemoteState, NamedRemoteWorkspace, TerraformBackend, type TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

interface HcpBackendProps {
  readonly organization: string;
  readonly workspace: string;
  /** @default - that of HCP Terraform */
  readonly hostname?: string;
}

/**
 * Keeps the state of a stack in a workspace of HCP Terraform. cdktf's CloudBackend is not used: it runs `terraform`
 * when it is validated, and synthesis must not need Terraform.
 */
export class HcpBackend extends TerraformBackend {
  constructor(
    stack: TerraformStack,
    private readonly props: HcpBackendProps,
  ) {
    super(stack, 'backend', 'cloud');
  }

  override toTerraform(): object {
    return { terraform: { cloud: this.synthesizeAttributes() } };
  }

  override toHclTerraform(): object {
    return { terraform: { cloud: this.synthesizeHclAttributes() } };
  }

  override getRemoteStateDataSource(scope: Construct, name: string): DataTerraformRemoteState {
    const { organization, workspace, hostname } = this.props;
    return new DataTerraformRemoteState(scope, name, {
      hostname,
      organization,
      workspaces: new NamedRemoteWorkspace(workspace),
    });
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    const { organization, workspace, hostname } = this.props;
    return { ...(hostname && { hostname }), organization, workspaces: { name: workspace } };
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    const text = (value: string) => ({ value, type: 'simple', storageClassType: 'string' });
    const { organization, workspace, hostname } = this.props;
    const workspaces = {
      value: { name: text(workspace) },
      isBlock: true,
      type: 'map',
      storageClassType: 'stringmap',
    };
    return { ...(hostname && { hostname: text(hostname) }), organization, workspaces };
  }
}
