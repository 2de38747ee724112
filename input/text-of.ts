import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { ACCESS_EXTENSIONS } from './access-format';
import { inputProblem } from './input-problem';
import { standardInput } from './standard-input';
import { placeAt } from './text-place';

/**
 * The text of a file, or of standard input.
 * @throws AccessError for a file that is missing, cannot be read, or is not UTF-8 text.
 */
export function textOf(file: string | 0): string {
  return decoded(bytesOf(file));
}

function bytesOf(file: string | 0): Buffer {
  try {
    return file === 0 ? standardInput() : readFileSync(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (file === 0) {
      throw inputProblem('Standard input cannot be read.', message, 'an access file', 'Pipe the access file into it.');
    }
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    throw inputProblem(
      missing ? 'The access file does not exist.' : 'The access file cannot be read.',
      missing ? file : message,
      `a readable file with the extension ${ACCESS_EXTENSIONS}`,
      'Create it, correct its permissions, or set ACCESS_CONFIG to another file.',
    );
  }
}

/** UTF-8 as text. */
function decoded(bytes: Buffer): string {
  const utf16 = utf16Name(bytes);
  if (utf16 !== undefined) {
    throw inputProblem(
      'The file is UTF-16 text.',
      utf16,
      'UTF-8 text',
      'Save it as UTF-8, for example with iconv -f UTF-16 -t UTF-8.',
    );
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    throw inputProblem('The file is not text.', `a zero byte at byte ${zero + 1}`, 'UTF-8 text', 'Name a text file.');
  }
  const text = bytes.toString('utf8');
  if (!isUtf8(bytes)) {
    const at = text.indexOf('\uFFFD');
    const byte = bytes[Buffer.byteLength(text.slice(0, at))] ?? 0;
    throw inputProblem(
      'The file is not UTF-8 text.',
      `the byte 0x${byte.toString(16).toUpperCase()}`,
      'UTF-8 text',
      'Save it as UTF-8.',
      placeAt(text, at),
    );
  }
  return text;
}

/** What shows that a file is UTF-16: its byte order mark, or that every second byte of its start is zero. */
function utf16Name(bytes: Buffer): string | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return 'UTF-16 LE, by its byte order mark';
  if (first === 0xfe && second === 0xff) return 'UTF-16 BE, by its byte order mark';
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'UTF-16 LE, by its zero bytes';
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return 'UTF-16 BE, by its zero bytes';
  return undefined;
}
