import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { AccessError } from '../constraints/access-error';

/** The arguments and attributes of an object. */
export type Values = Readonly<Record<string, unknown>>;

/** What Terraform does with an object. `forget`: it stays as it is, and Terraform no longer manages it. */
export type Action = 'none' | 'read' | 'create' | 'update' | 'replace' | 'destroy' | 'forget' | 'forget and create';

/** What a plan does with one object, or what somebody has done with it by hand. */
export interface ObjectChange {
  /** Its address in the stack, such as `okta_group.Group_eks-admins_98736CD7`. */
  readonly address: string;
  readonly type: string;
  readonly action: Action;
  /** What it is before; undefined if it does not exist. */
  readonly before?: Values;
  /** What it is afterwards, without what is only known after apply; undefined if it no longer exists. */
  readonly after?: Values;
  /** The same shape as `after`, with `true` for what is only known after apply. */
  readonly unknown?: unknown;
  /** Its address before a `moved` block. */
  readonly movedFrom?: string;
  /** Why it is replaced: the arguments that cannot change in place, or a reason in words. */
  readonly because: readonly string[];
}

/** An object of the state. */
export interface FoundObject {
  readonly address: string;
  readonly type: string;
  readonly values: Values;
}

/** An object that reads an output of another stack. */
export interface OutputRead {
  readonly output: string;
  /** The address of the object that reads it. */
  readonly by: string;
  /** Whether the object exists before the plan. */
  readonly exists: boolean;
}

/** What Terraform plans for one stack. */
export interface StackPlan {
  readonly stack: string;
  readonly changes: readonly ObjectChange[];
  /** What differs from the last apply, because somebody changed it by hand. */
  readonly drift: readonly ObjectChange[];
  /** What the stack looks up. */
  readonly found: readonly FoundObject[];
  /** The outputs that the plan creates, changes, or removes, by name. */
  readonly changedOutputs: ReadonlyMap<string, 'create' | 'update' | 'delete'>;
  readonly reads: readonly OutputRead[];
  /** The addresses that an argument of an object refers to, by the address of the object and the argument. */
  references(address: string, argument: string): readonly string[];
  /** The arguments that an object has in the stack. */
  arguments(address: string): readonly string[];
  /** Whether Terraform ended with an error before it had planned everything. */
  readonly failed: boolean;
  /** What Terraform says about the error; undefined if that is not known. */
  readonly message?: string;
  /** What it refuses to destroy or replace, because of `prevent_destroy`. Only `message` has it. */
  readonly refused: readonly FoundObject[];
  /** Whether Terraform put off changes to a later plan. */
  readonly partial: boolean;
}

/** A stack without a plan. */
export interface UnplannedStack {
  readonly stack: string;
  /** The stack to apply first; undefined if Terraform failed. */
  readonly after?: string;
  /** What Terraform says. */
  readonly message: string;
  /** What Terraform planned until it ended with an error. */
  readonly unfinished?: StackPlan;
}

const VALUES = z.record(z.string(), z.unknown());

const CHANGE = z.object({
  actions: z.array(z.string()).min(1),
  before: VALUES.nullish(),
  after: VALUES.nullish(),
  after_unknown: z.unknown().optional(),
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).nullish(),
});

const RESOURCE_CHANGE = z.object({
  address: z.string(),
  previous_address: z.string().nullish(),
  mode: z.string(),
  type: z.string(),
  deposed: z.string().nullish(),
  change: CHANGE,
  action_reason: z.string().nullish(),
});

const RESOURCE = z.object({ address: z.string(), mode: z.string(), type: z.string(), values: VALUES.nullish() });

interface Module {
  readonly resources?: readonly z.infer<typeof RESOURCE>[];
  readonly child_modules?: readonly Module[];
}

const MODULE: z.ZodType<Module> = z.lazy(() =>
  z.object({ resources: z.array(RESOURCE).optional(), child_modules: z.array(MODULE).optional() }),
);

const CONFIGURED = z.object({ address: z.string(), expressions: VALUES.nullish() });

const STATE = z.object({ root_module: MODULE.optional() }).optional();

/** What `terraform show -json` prints of a plan. @see https://developer.hashicorp.com/terraform/internals/json-format */
const PLAN = z.object({
  format_version: z.string(),
  resource_changes: z.array(RESOURCE_CHANGE).nullish(),
  resource_drift: z.array(RESOURCE_CHANGE).nullish(),
  output_changes: z.record(z.string(), z.object({ actions: z.array(z.string()) })).nullish(),
  prior_state: z.object({ values: STATE }).nullish(),
  configuration: z
    .object({ root_module: z.object({ resources: z.array(CONFIGURED).optional() }).optional() })
    .nullish(),
  planned_values: z.unknown().refine((value) => value !== undefined),
  errored: z.boolean().nullish(),
  complete: z.boolean().nullish(),
  deferred_changes: z.array(z.unknown()).nullish(),
});

/**
 * Reads what `terraform show -json` prints of a plan.
 * @param stack the name of the stack.
 * @param from where the text is from, for messages.
 * @param message what Terraform said, if it ended with an error.
 * @throws AccessError for a text that is no plan.
 */
export function readStackPlan(text: string, stack: string, from: string, message?: string): StackPlan {
  const plan = parsed(text, from);
  const configured = new Map(
    (plan.configuration?.root_module?.resources ?? []).map(({ address, expressions }) => [address, expressions ?? {}]),
  );
  const prior = objectsOf(plan.prior_state?.values?.root_module);
  const changesOf = (changes: readonly ResourceChange[] | null | undefined) =>
    (changes ?? []).filter(({ mode }) => mode === 'managed').map((change) => objectChange(change, from));
  const changes = changesOf(plan.resource_changes);
  const existing = new Set([
    ...prior.map(({ address }) => address),
    ...changes.flatMap(({ address, before }) => (before === undefined ? [] : [address])),
  ]);
  return {
    stack,
    changes,
    drift: changesOf(plan.resource_drift).filter(
      ({ action, before, after }) => action !== 'none' && !isDeepStrictEqual(before, after),
    ),
    found: prior.filter(({ mode }) => mode === 'data'),
    changedOutputs: new Map(
      Object.entries(plan.output_changes ?? {}).flatMap(([name, { actions }]) => {
        const action = OUTPUT_ACTIONS.find((one) => actions.includes(one));
        return action === undefined ? [] : [[name, action] as const];
      }),
    ),
    reads: [...configured].flatMap(([by, expressions]) =>
      [...new Set(referencesIn(expressions))].flatMap((reference) => {
        const output = /^data\.terraform_remote_state\.[^.]+\.outputs\.(.+)$/.exec(reference)?.[1];
        return output === undefined ? [] : [{ output, by, exists: existing.has(by) }];
      }),
    ),
    references: (address, argument) => referencesIn(configured.get(withoutIndex(address))?.[argument]),
    arguments: (address) => Object.keys(configured.get(withoutIndex(address)) ?? {}),
    failed: plan.errored === true,
    message,
    refused: refusedAddresses(message).map(
      (address) =>
        prior.find((object) => object.address === address) ?? {
          address,
          type: address.split('.')[0] ?? '',
          values: {},
        },
    ),
    partial: plan.complete === false || (plan.deferred_changes ?? []).length > 0,
  };
}

/**
 * A plan that also knows what the stack looked up in its last apply: Terraform leaves out of a plan what the stack no
 * longer looks up, such as people who leave a group.
 * @param state what `terraform show -json` prints of the state; another text adds nothing.
 */
export function withState(plan: StackPlan, state: string): StackPlan {
  let json: unknown;
  try {
    json = JSON.parse(state);
  } catch {
    return plan;
  }
  const { values } = z.object({ values: STATE }).safeParse(json).data ?? {};
  return { ...plan, found: [...plan.found, ...objectsOf(values?.root_module).filter(({ mode }) => mode === 'data')] };
}

function objectsOf(module: Module | undefined) {
  return resourcesOf(module).map(({ values, ...rest }) => ({ ...rest, values: values ?? {} }));
}

/** The objects that `prevent_destroy` protects, by Terraform's error. */
function refusedAddresses(message = ''): readonly string[] {
  // Terraform breaks lines between words.
  return [...message.matchAll(/Resource\s+(\S+)\s+has\s+lifecycle\.prevent_destroy\s+set/g)].map(
    ([, address = '']) => address,
  );
}

type ResourceChange = z.infer<typeof RESOURCE_CHANGE>;

function parsed(text: string, from: string): z.infer<typeof PLAN> {
  const fix = 'Give what `terraform show -json PLAN_FILE` prints.';
  if (text.startsWith('PK')) {
    throw new AccessError(`${from} is a plan in the form that only Terraform reads. ${fix}`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new AccessError(`${from} is no JSON: ${(error as Error).message}. ${fix}`);
  }
  const version = z.object({ format_version: z.string() }).safeParse(json).data?.format_version;
  if (version === undefined) throw new AccessError(`${from} is no plan of Terraform: it has no format_version. ${fix}`);
  if (!/^1\./.test(version)) {
    throw new AccessError(`${from} has the plan format ${version}, and this program reads only format 1. ${fix}`);
  }
  const { data, error } = PLAN.safeParse(json);
  if (data !== undefined) return data;
  if (error.issues.some(({ path }) => path[0] === 'planned_values')) {
    throw new AccessError(`${from} is a state, and no plan: it has no planned_values. ${fix}`);
  }
  const [issue] = error.issues;
  throw new AccessError(`${from} is no plan of Terraform: ${issue?.path.join('.')}: ${issue?.message}. ${fix}`);
}

const ACTIONS: Readonly<Record<string, Action>> = {
  'no-op': 'none',
  read: 'read',
  create: 'create',
  update: 'update',
  delete: 'destroy',
  'delete,create': 'replace',
  'create,delete': 'replace',
  forget: 'forget',
  'create,forget': 'forget and create',
  'forget,create': 'forget and create',
};

const OUTPUT_ACTIONS = ['create', 'update', 'delete'] as const;

const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: 'its last creation failed',
  replace_by_request: 'the plan was asked to replace it',
  replace_by_triggers: 'something that it depends on is replaced',
};

function objectChange({ address, previous_address, type, change, action_reason }: ResourceChange, from: string) {
  const actions = change.actions.join();
  const action = Object.hasOwn(ACTIONS, actions) ? ACTIONS[actions] : undefined;
  if (action === undefined) {
    throw new AccessError(`${from}: ${address} has the action ${actions}, which this program does not know.`);
  }
  const paths = (change.replace_paths ?? []).map((path) => `${path.filter((step) => step !== 0).join('.')} changes`);
  const reason = REASONS[action_reason ?? ''];
  return {
    address,
    type,
    action,
    before: meaningful(change.before),
    after: meaningful(change.after),
    unknown: change.after_unknown,
    movedFrom: previous_address ?? undefined,
    because: [...new Set([...paths, ...(reason === undefined ? [] : [reason])])],
  };
}

/** What an API server counts by itself. */
const COUNTED = new Set(['generation', 'resource_version', 'resourceVersion', 'uid', 'managedFields']);

/**
 * The values without what is empty. After an apply, providers have null where they read an empty list or map later:
 * nobody has changed that by hand.
 */
function meaningful(values: Values | null | undefined): Values | undefined {
  return values ? withoutEmpty(values) : undefined;
}

function withoutEmpty(values: object): Values {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => {
      const rest = reduced(value);
      const isEmpty = typeof rest === 'object' ? Object.keys(rest ?? {}).length === 0 : rest === '';
      return isEmpty || COUNTED.has(key) ? [] : [[key, rest]];
    }),
  );
}

/** An item of a list stays, because an empty block can mean something: a rule without conditions allows everything. */
function reduced(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reduced);
  return typeof value === 'object' && value !== null ? withoutEmpty(value) : value;
}

function resourcesOf(module: Module | undefined): readonly z.infer<typeof RESOURCE>[] {
  if (module === undefined) return [];
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(resourcesOf)];
}

/** The configuration has one entry for all objects of a `count` or `for_each`. */
function withoutIndex(address: string): string {
  return address.replace(/\[[^\]]*\]$/, '');
}

/** Every reference in an expression, at any depth. */
function referencesIn(expression: unknown): readonly string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesIn);
  if (typeof expression !== 'object' || expression === null) return [];
  return Object.entries(expression).flatMap(([key, value]) =>
    key === 'references' && Array.isArray(value) ? value.map(String) : referencesIn(value),
  );
}
