/** What an object has by default. */
type Defaults =
  | 'id'
  | 'status'
  | 'description'
  | 'details'
  | 'system'
  | 'implicitAssignment'
  | 'excludedUserIds'
  | 'keptUserIds'
  | 'users'
  | 'excludedGroups'
  | 'excludedUsers'
  | 'issuerMode'
  | 'rotationMode';

/** An object to add to the organization, which gives it what is left out: an id, and the status `ACTIVE`. */
export type New<Thing extends { readonly id: string }> = Omit<Thing, Defaults> &
  Partial<Pick<Thing, Defaults & keyof Thing>>;
