import type { TerraformResource } from 'cdktf';

/**
 * The address of a resource's id for `replace_triggered_by`, as the plain text `<type>.<name>.id`:
 * Terraform refuses `${…}` there, and the whole resource would replace on any update.
 */
export function idAddress(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}.id`;
}
