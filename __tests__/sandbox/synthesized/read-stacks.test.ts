import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStacks } from '../../../sandbox/synthesized/read-stacks';
import { defineAccessStacks } from '../../../stacks';
import { accessWith } from '../../access-files';
import { inSynthesizedFolder } from '../../synthesized';

const ACCESS = accessWith();

describe('readStacks', () => {
  test('reads the synthesized stacks and their dependencies, and no folder of an earlier synthesis', () => {
    const stacks = inSynthesizedFolder(
      (app) => defineAccessStacks(app, ACCESS),
      (outdir) => {
        mkdirSync(join(outdir, 'stacks/rbac-old'));
        writeFileSync(join(outdir, 'stacks/rbac-old/cdk.tf.json'), '{}');
        return readStacks(outdir);
      },
    );

    expect(Object.keys(stacks).sort()).toEqual(['cluster-prod', 'okta', 'rbac-prod']);
    expect(stacks['rbac-prod']?.dependencies).toEqual(['cluster-prod']);
    expect(Object.values(stacks.okta?.resource?.okta_group ?? {})).toEqual([
      expect.objectContaining({ name: 'eks-admins' }),
    ]);
  });

  test('fails if nothing was synthesized', () => {
    const empty = mkdtempSync(join(tmpdir(), 'empty-'));

    const read = () => readStacks(empty);

    expect(read).toThrow(new Error(`${empty} contains no synthesized stacks. Run npm start first.`));
    rmSync(empty, { recursive: true });
  });
});
