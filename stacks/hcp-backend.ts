import { DataTerraformRemoteState, NamedRemoteWorkspace, TerraformBackend, type TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * Keeps the state of a stack in a workspace of HCP Terraform. cdktf's CloudBackend is not used: it runs `terraform`
 * when it is validated, and synthesis must not need Terraform.
 */
export class HcpBackend extends TerraformBackend {
  constructor(
    stack: TerraformStack,
    private readonly organization: string,
    private readonly workspace: string,
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
    return new DataTerraformRemoteState(scope, name, {
      organization: this.organization,
      workspaces: new NamedRemoteWorkspace(this.workspace),
    });
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { organization: this.organization, workspaces: { name: this.workspace } };
  }

  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    const name = { value: this.workspace, type: 'simple', storageClassType: 'string' };
    const workspaces = { value: { name }, isBlock: true, type: 'map', storageClassType: 'stringmap' };
    return { organization: this.organization, workspaces };
  }
}
