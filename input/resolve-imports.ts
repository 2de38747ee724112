import { existsSync } from 'node:fs';
import Module from 'node:module';
import { dirname, extname, join, resolve } from 'node:path';

/** Where the imports of an access file come from. */
export interface ImportPlaces {
  /** A file whose relative imports start at another folder, such as standard input; none if left out. */
  readonly moved?: { readonly file: string; readonly folder: string };
  /** Folder whose packages are used where those of the importing file are missing. */
  readonly packages: string;
}

type Resolve = (request: string, parent: { filename?: string } | undefined, ...rest: unknown[]) => string;

/**
 * Resolves imports of the model, by a path to `model` or by the name of the package, to `compared-model.ts`, and
 * packages that an importing file does not have to those of the program. Call it after a loader of TypeScript is there.
 */
export function resolveImports({ moved, packages }: ImportPlaces): void {
  const loader = Module as unknown as { _resolveFilename: Resolve };
  const resolveFile = loader._resolveFilename.bind(Module);
  const model = join(__dirname, `compared-model${extname(__filename)}`);
  loader._resolveFilename = (request, parent, ...rest) => {
    if (isPath(request)) {
      const file = parent?.filename;
      const folder = file === undefined ? process.cwd() : file === moved?.file ? moved.folder : dirname(file);
      if (isOfProgram(file)) return resolveFile(request, parent, ...rest);
      const target = resolve(folder, request);
      if (isModel(target)) return model;
      return resolveFile(file === moved?.file ? target : request, parent, ...rest);
    }
    if (request === 'okta-eks-access') return model;
    try {
      return resolveFile(request, parent, ...rest);
    } catch (error) {
      for (const place of [packages, __dirname]) {
        try {
          return resolveFile(request, parent, false, { paths: [place] });
        } catch {
          // The first error names what the file imports.
        }
      }
      throw error;
    }
  };
}

function isPath(request: string): boolean {
  return /^\.{0,2}\//.test(request) || /^\.{1,2}$/.test(request);
}

/** The program's own files import its model as it is. */
function isOfProgram(file: string | undefined): boolean {
  return file !== undefined && PROGRAM.some((folder) => file.startsWith(join(__dirname, '..', folder, '/')));
}

const PROGRAM = ['input', 'model', 'constraints', 'rbac'];

/** Whether a path is that of the program's model: in another checkout, or where a file without its project imports it. */
function isModel(path: string): boolean {
  const [folder] = /^.*\/model(?=$|\/index$|\/index\.[jt]s$)/.exec(path) ?? [];
  if (folder === undefined) return false;
  const isOther = [folder, `${folder}.ts`, `${folder}.js`, `${folder}.json`].some((file) => existsSync(file));
  return !isOther || existsSync(join(folder, 'define-access.ts')) || existsSync(join(folder, 'define-access.js'));
}
