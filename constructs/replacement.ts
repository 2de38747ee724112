import type { TerraformResource } from 'cdktf';

/**
 * The address of a resource's id for `replace_triggered_by`, as plain text `<type>.<name>.id`. Terraform refuses
 * `${…}` there, and the address of the whole resource would trigger a replacement on every update.
 */
export function idAddress(resource: TerraformResource): string {
  return `${resource.terraformResourceType}.${resource.friendlyUniqueId}.id`;
}

/**
 * The lifecycle of a resource that must be replaced together with others, which Terraform does not do by itself.
 * @param addresses of their ids; undefined for a look-up, which is never replaced.
 */
export function replacedWith(...addresses: (string | undefined)[]): { replaceTriggeredBy: string[] } | undefined {
  const replaceTriggeredBy = addresses.filter((address) => address !== undefined);
  return replaceTriggeredBy.length === 0 ? undefined : { replaceTriggeredBy };
}
