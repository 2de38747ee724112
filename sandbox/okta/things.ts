import { AccessError } from '../../constraints/access-error';

/** When an object was made, and when it was last changed. */
export interface Dates {
  readonly created: Date;
  readonly lastUpdated: Date;
}

/** Gives ids to the objects of an organization, and remembers when each of them was made and changed. */
export class Register {
  private readonly dates = new Map<string, Dates>();
  private lastId = 0;

  /** An id as long as Okta's, and the same in every run. */
  newId(prefix: string): string {
    return prefix + String(++this.lastId).padStart(17, '0');
  }

  /** Records that an object was made or changed now. */
  touch(id: string): void {
    const now = new Date();
    this.dates.set(id, { created: this.dates.get(id)?.created ?? now, lastUpdated: now });
  }

  forget(id: string): void {
    this.dates.delete(id);
  }

  /** The dates of an object; now if it is not in the organization. */
  datesOf(id: string): Dates {
    const now = new Date();
    return this.dates.get(id) ?? { created: now, lastUpdated: now };
  }
}

/** The objects of one kind in an organization, in the order in which they were added. */
export class Things<Thing extends { readonly id: string }> {
  private readonly things = new Map<string, Thing>();

  /**
   * @param kind the kind in error messages, such as `user`.
   * @param prefix the first letters of the ids.
   */
  constructor(
    private readonly register: Register,
    private readonly kind: string,
    private readonly prefix: string,
  ) {}

  add(thing: Omit<Thing, 'id'> & { readonly id?: string }): Thing {
    const added = { ...thing, id: thing.id ?? this.register.newId(this.prefix) } as Thing;
    this.things.set(added.id, added);
    this.register.touch(added.id);
    return added;
  }

  get(id: string): Thing | undefined {
    return this.things.get(id);
  }

  /** @throws AccessError if there is no such object. */
  known(id: string): Thing {
    const thing = this.things.get(id);
    if (thing === undefined) throw new AccessError(`The organization has no ${this.kind} ${id}.`);
    return thing;
  }

  change(id: string, changes: Partial<Thing>): Thing {
    const changed = { ...this.known(id), ...changes, id };
    this.things.set(id, changed);
    this.register.touch(id);
    return changed;
  }

  remove(id: string): void {
    this.things.delete(id);
    this.register.forget(id);
  }

  all(): readonly Thing[] {
    return [...this.things.values()];
  }

  find(fits: (thing: Thing) => boolean): Thing | undefined {
    return this.all().find(fits);
  }
}
