import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { AwsProvider } from '#aws/provider';
import { KubernetesProvider } from '#kubernetes/provider';
import { OktaProvider } from '#okta/provider';
import { validateAll } from '../constructs/validate-all';
import type { Access } from '../model';
import { defineAccessStacks } from '../stacks';
import { withoutTokenTraces } from '../stacks/without-token-traces';
import { memoryFolder } from './memory-folder';

/** A stack as Terraform reads it. */
export interface StackJson {
  readonly resource?: Record<string, Record<string, Arguments>>;
  readonly data?: Record<string, Record<string, Arguments>>;
  readonly output?: Record<string, Arguments>;
  readonly provider?: Record<string, Arguments[]>;
  readonly terraform?: Arguments;
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into arguments of every shape.
export type Arguments = Record<string, any>;

/** Validates and synthesizes constructs in one stack that has the three providers. */
export function synthesizedConstructs(build: (stack: TerraformStack) => void): StackJson {
  return synthesized((app) => {
    const stack = new TerraformStack(app, 'test');
    new OktaProvider(stack, 'okta', {});
    new AwsProvider(stack, 'aws', {});
    new KubernetesProvider(stack, 'kubernetes', {});
    build(stack);
  }).test as StackJson;
}

/** Validates and synthesizes the stacks of an access file, by their names. */
export function synthesizedAccess(access: Access): Record<string, StackJson> {
  return synthesized((app) => defineAccessStacks(app, access));
}

const folder = memoryFolder('synthesized-');
afterAll(() => rmSync(folder, { recursive: true }));

/** Synthesizes as the product does: validations of all stacks first, then `App.synth`, then what was written. */
export function synthesized(build: (app: App) => void): Record<string, StackJson> {
  // All into one folder, by its manifest: to make and remove folders takes longer than to write into them.
  synthesizeInto(folder, build);
  const readJson = (path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8'));
  const { stacks } = readJson('manifest.json') as { stacks: Record<string, { synthesizedStackPath: string }> };
  const names = Object.keys(stacks).sort();
  return Object.fromEntries(names.map((name) => [name, readJson(stacks[name]?.synthesizedStackPath ?? '')]));
}

/** What is read from the folder that a synthesis wrote, which holds nothing else. */
export function inSynthesizedFolder<Read>(build: (app: App) => void, read: (outdir: string) => Read): Read {
  const outdir = mkdtempSync(join(folder, 'own-'));
  synthesizeInto(outdir, build);
  return read(outdir);
}

function synthesizeInto(outdir: string, build: (app: App) => void): void {
  const app = new App({ outdir, stackTraces: false });
  withoutTokenTraces(() => {
    build(app);
    validateAll(app);
    app.synth();
  });
}

/** The only resource of a type; fails where there are none or several. */
export function theResource(stack: StackJson | undefined, type: string): Arguments {
  return theOnly(stack?.resource?.[type], type);
}

/** The only data source of a type; fails where there are none or several. */
export function theData(stack: StackJson | undefined, type: string): Arguments {
  return theOnly(stack?.data?.[type], type);
}

/** Every resource of a type, ordered by address. */
export function resources(stack: StackJson | undefined, type: string): Arguments[] {
  return Object.values(stack?.resource?.[type] ?? {}).map(withoutMetadata);
}

/** The address of the only resource of a type, or of the only data source where it starts with `data.`. */
export function theAddress(stack: StackJson | undefined, type: string): string {
  const instances = type.startsWith('data.') ? stack?.data?.[type.slice('data.'.length)] : stack?.resource?.[type];
  theOnly(instances, type);
  return `${type}.${Object.keys(instances ?? {})[0]}`;
}

function theOnly(instances: Record<string, Arguments> | undefined, type: string): Arguments {
  const [first, ...others] = Object.values(instances ?? {});
  if (first === undefined || others.length > 0) {
    throw new Error(`expected one ${type}, got ${Object.keys(instances ?? {}).join(', ') || 'none'}`);
  }
  return withoutMetadata(first);
}

function withoutMetadata({ '//': _metadata, ...args }: Arguments): Arguments {
  return args;
}
