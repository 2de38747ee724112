import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, synthesis } from './app';
import { bundleTutorial } from './bundle';
import { type Figure, quantity } from './figure';
import { type Command, type Measurement, measure, median, run, timesAsLong } from './measure';
import { assertSameFiles, assertSameResources } from './same-output';
import { template } from './template';

/** The tutorial compared with the start of node alone, with the TypeScript loader and as a bundle. */
export function againstNode(folder: string): readonly Figure[] {
  const [expected, bundled] = [join(folder, 'loader'), join(folder, 'bundle')];
  const empty = join(folder, 'empty.cjs');
  writeFileSync(empty, '');
  const bundle = bundleTutorial(folder);
  const loader = synthesis(expected);
  const plain: Command = { args: [bundle], cwd: ROOT, env: { CDKTF_OUTDIR: bundled } };
  const cached: Command = { ...plain, args: [join(__dirname, 'code-cache.cjs'), bundle] };
  // The first start with the cache creates it, the second one uses it.
  for (const command of [loader, plain, cached, cached]) run(command);
  assertSameFiles(expected, bundled);

  const bare: Command = { args: [empty], cwd: ROOT };
  const tsx: Command = { args: ['--require', 'tsx/cjs', empty], cwd: ROOT };
  const start: Command = {
    args: ['eks-access.cjs', 'start', '--file', 'examples/tutorial.ts'],
    cwd: ROOT,
    env: { CDKTF_OUTDIR: join(folder, 'start') },
  };
  // The first start compiles the program, the second one its code.
  for (const command of [start, start]) run(command);
  const measured = measure({ bare, tsx, loader, plain, cached, start }, 15);
  const ratio = (what: string, of: Measurement, goal?: Figure['goal']): Figure => ({
    what,
    value: timesAsLong(of, measured.bare),
    unit: 'x',
    goal,
    from: `${times(of)} / ${times(measured.bare)}`,
  });
  return [
    ratio('an empty file with the loader / node', measured.tsx),
    ratio('the tutorial with the loader / node', measured.loader, { most: 8 }),
    ratio('the tutorial as a bundle / node', measured.plain),
    ratio('the tutorial as a bundle with its code cache / node', measured.cached, { most: 3 }),
    ratio('eks-access start of the tutorial, with its proof / node', measured.start, { most: 11 }),
  ];
}

/** The TypeScript template of `cdktf init` with the resources of the tutorial, compared with the tutorial. */
export function againstTemplate(folder: string): readonly Figure[] {
  const [expected, templated] = [join(folder, 'loader'), join(folder, 'template')];
  // One round is enough: the template is slow, and the result is far from the goal.
  const measured = measure({ template: template(templated), tutorial: synthesis(expected) }, 1);
  assertSameResources(expected, templated);
  return [
    {
      what: "cdktf init's template / the tutorial",
      value: timesAsLong(measured.template, measured.tutorial),
      unit: 'x',
      goal: { least: 15 },
      from: `${times(measured.template)} / ${times(measured.tutorial)}`,
    },
    {
      what: "memory of cdktf init's template / the tutorial",
      value: measured.template.megabytes / measured.tutorial.megabytes,
      unit: 'x',
      goal: { least: 10 },
      from: `${quantity(measured.template.megabytes, 'MB')} / ${quantity(measured.tutorial.megabytes, 'MB')}`,
    },
  ];
}

function times({ seconds }: Measurement): string {
  return quantity(median(seconds), 's');
}
