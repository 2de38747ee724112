import type { Access } from '../../derived/access';

/**
 * What a change does, the gravest first. `widens`: somebody can do more, reach more, stay longer, or sign in with less.
 * `moves`: the same grants act on another cluster, account, or organization. `replaces`: something is unavailable,
 * destroyed, or irreversible. `narrows`: the opposite of `widens`. `neutral`: no effect on access.
 */
export const EFFECTS = ['widens', 'moves', 'replaces', 'narrows', 'neutral'] as const;

export type Effect = (typeof EFFECTS)[number];

/** What a change means. */
export interface Told {
  readonly effect: Effect;
  /** A sentence without a period and without values of the file. */
  readonly what: string;
  /** Whether only a text differs, such as a description. */
  readonly isText?: true;
}

/** Where a change is. */
export interface At<Parent = unknown> {
  readonly before: Access;
  readonly after: Access;
  /** The keys of clusters that have another key in the other file, as far as the files tell for certain. */
  readonly renamed: ReadonlySet<string>;
  /** The path in the file. */
  readonly segments: readonly string[];
  /** The old and the new object that has the key; undefined where a file has none. */
  readonly parents: readonly [old: Parent | undefined, now: Parent | undefined];
}

/** Tells what a change of one value means; undefined if another place of the report tells it. */
export type Teller<Value, Parent = unknown> = (
  old: Value | undefined,
  now: Value | undefined,
  at: At<Parent>,
) => Told | undefined;

/** A single value, or a list, which is told as one value. */
type Single = string | number | boolean | undefined | readonly unknown[];
type Objects<Value> = Exclude<Value, Single>;
type KeysOf<Union> = Union extends unknown ? keyof Union : never;
type ValueAt<Union, Key> = Union extends unknown ? (Key extends keyof Union ? Union[Key] : undefined) : never;

/** How each key of an object is told. A key of the schema without an entry does not compile. */
export interface ObjectEffects<Value, Parent = unknown> {
  /** Tells the object as a whole, such as one that is new; undefined to tell its keys. */
  readonly whole?: Teller<Value, Parent>;
  /** What an object that one of the files does not have is like. */
  readonly missing?: Objects<Value>;
  readonly keys: { readonly [Key in KeysOf<Objects<Value>>]-?: EffectsOf<ValueAt<Objects<Value>, Key>, Value> };
}

/** How each entry of a map from names to values is told. */
export interface MapEffects<Item> {
  /** Tells the map as a whole; undefined to tell its entries. */
  readonly whole?: Teller<Readonly<Record<string, Item>>>;
  readonly each: EffectsOf<Item>;
}

/** How a union of kinds of objects is told. */
export interface KindEffects<Item extends { readonly kind: string }> {
  readonly whole: Teller<Item>;
  /** The keys that are told if the kind changes and only one of the kinds has them; the kind tells the others. */
  readonly ofOneKind: readonly KeysOf<Item>[];
  readonly kinds: { readonly [Kind in Item['kind']]: ObjectEffects<Extract<Item, { readonly kind: Kind }>> };
}

/** How a value of the file is told: one by one, by key, by name, or by kind. */
export type EffectsOf<Value, Parent = unknown> = [Objects<Value>] extends [never]
  ? Teller<Exclude<Value, undefined>, Parent>
  : [Objects<Value>] extends [{ readonly kind: string }]
    ? KindEffects<Objects<Value>>
    : string extends KeysOf<Objects<Value>>
      ? MapEffects<ValueAt<Objects<Value>, string>>
      : ObjectEffects<Exclude<Value, undefined>, Parent>;

export const widens = (what: string): Told => ({ effect: 'widens', what });
export const moves = (what: string): Told => ({ effect: 'moves', what });
export const replaces = (what: string): Told => ({ effect: 'replaces', what });
export const narrows = (what: string): Told => ({ effect: 'narrows', what });
export const neutral = (what: string): Told => ({ effect: 'neutral', what });

/** The same for every change. */
export function always(told: Told): Teller<unknown> {
  return () => told;
}

/** A text for people, which no system acts on. */
export function text(what: string): Teller<unknown> {
  return () => ({ effect: 'neutral', what: `${what} changes, and nothing else`, isText: true });
}

/** A setting that is on or off; left out is off. */
export function flag(on: Told, off: Told): Teller<boolean> {
  return (_, now) => (now ? on : off);
}

/** A number that is higher or lower, or a default that only one file writes. */
export function amount(higher: Told, lower: Told, byDefault = 0): Teller<number> {
  return (old = byDefault, now = byDefault) =>
    now > old ? higher : now < old ? lower : neutral('This is the default');
}

/** The last day of something. */
export function later(what: string): Teller<string> {
  return (old, now) =>
    now === undefined || (old !== undefined && now > old)
      ? widens(`${what} lasts longer`)
      : narrows(`${what} ends ${old === undefined ? 'on a day' : 'sooner'}`);
}

/** A list without an order; left out is empty. */
export function members(added: Told, removed: Told): Teller<readonly unknown[]> {
  return (old, now) => membersTold(old, now, added, removed);
}

/** What added and removed members of a list mean; undefined if there are none. */
export function membersTold(
  old: readonly unknown[] = [],
  now: readonly unknown[] = [],
  added: Told,
  removed: Told,
): Told | undefined {
  return together([
    ...(without(now, old).length > 0 ? [added] : []),
    ...(without(old, now).length > 0 ? [removed] : []),
  ]);
}

/** The items of a list that another does not have. */
function without(items: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  const known = new Set(others.map((item) => JSON.stringify(item)));
  return items.filter((item) => !known.has(JSON.stringify(item)));
}

/** Several meanings of one change, with the gravest effect; undefined if there are none. */
export function together(all: readonly Told[]): Told | undefined {
  const [effect] = EFFECTS.filter((candidate) => all.some((told) => told.effect === candidate));
  return effect && { effect, what: all.map(({ what }) => what).join('. ') };
}
