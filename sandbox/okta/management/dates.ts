import type { Organization } from '../organization';

/** When an object was made and changed, as the API returns it. */
export function dates(
  organization: Organization,
  id: string,
): { readonly created: string; readonly lastUpdated: string } {
  const { created, lastUpdated } = organization.register.datesOf(id);
  return { created: created.toISOString(), lastUpdated: lastUpdated.toISOString() };
}
