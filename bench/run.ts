import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { met, table } from './figure';
import { growth } from './growth';
import { questions } from './questions';
import { againstNode, againstTemplate } from './start';

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
try {
  const figures = [questions, againstNode, againstTemplate, growth].flatMap((part, index) => {
    process.stderr.write(`Measuring part ${index + 1} of 4. All parts take a few minutes.\n`);
    return part(folder);
  });
  const machine = { node: process.version, processors: availableParallelism() };
  const json = { ...machine, figures: figures.map((figure) => ({ ...figure, met: met(figure) })) };
  process.stdout.write(`${table(figures)}\n\nNode ${machine.node}, ${machine.processors} processors.\n\n`);
  // The last line is JSON, for programs.
  process.stdout.write(`${JSON.stringify(json)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
