import { join, relative } from 'node:path';
import { layOut, type Tree, treeOf } from './commit-tree';
import { git, repositoryOf } from './git';
import { inputProblem } from './input-problem';

/** An access file of a commit. */
export interface CommitFile {
  readonly text: string;
  /** Writes the file and everything that it imports relatively, except the model, into a folder. */
  layOut(folder: string): LaidOut;
}

export interface LaidOut {
  /** The path of the file in the folder. */
  readonly file: string;
  /** A text with the paths in the folder as the user knows them, such as `main:teams/groups.ts`. */
  readonly named: (text: string) => string;
}

/**
 * The file that a commit of its git repository has at a path.
 * @param ref anything that git resolves to a commit, such as `origin/main`.
 * @param file path of the file, relative to the working directory.
 * @throws AccessError if git, the repository, the commit, or the file is missing.
 */
export function commitFile(ref: string, file: string): CommitFile {
  const { root, path } = repositoryOf(file, 'compare two files without --from');
  const commit = git(root, ['rev-parse', '--verify', `${ref}^{commit}`], {
    message: 'git knows no such commit.',
    advice: {
      given: ref,
      allowed: 'a branch, a tag, or a commit of this repository, such as origin/main',
      fix: 'Correct it, or fetch it first: git fetch origin.',
    },
  }).trim();
  const tree = treeOfCommit(root, commit);
  // As the user would write it: relative to the working directory.
  const named = (inTree: string) => `${ref}:${relative(process.cwd(), join(root, inTree))}`;
  const text = tree.textOf(path);
  if (text === undefined) {
    throw inputProblem(
      'The commit does not have this file.',
      named(path),
      'a file that the commit has',
      'Name the file as it was called in that commit, before the new one: diff --from REF OLD NEW.',
    );
  }
  return {
    text,
    layOut: (target) => {
      // Files below the working directory first: their paths are shorter.
      const below = relative(root, process.cwd());
      const here = below.startsWith('..') ? target : join(target, below);
      const above = relative(process.cwd(), root);
      const inTree = (message: string) => message.replaceAll(`${target}/`, `${ref}:${above === '' ? '' : `${above}/`}`);
      return {
        file: layOut(path, tree, target),
        named: (message) => inTree(here === target ? message : message.replaceAll(`${here}/`, `${ref}:`)),
      };
    },
  };
}

function treeOfCommit(root: string, commit: string): Tree {
  const listed = git(root, ['ls-tree', '-r', '-z', '--full-tree', commit]).split('\0');
  const entries = new Map(
    listed.flatMap((line) => {
      const [, mode, hash, path] = /^(\d+) blob (\S+)\t(.*)$/s.exec(line) ?? [];
      return path === undefined ? [] : [[path, { isLink: mode === '120000', hash: String(hash) }] as const];
    }),
  );
  const texts = new Map<string, string>();
  return treeOf(
    (path) => entries.get(path),
    (hash) => {
      const text = texts.get(hash) ?? git(root, ['cat-file', 'blob', hash]);
      texts.set(hash, text);
      return text;
    },
  );
}
