import { Option } from 'commander';
import { selectedAccessFile } from '../load-access-file';

/** The option that selects the access file; otherwise the environment does. */
export function accessFileOption(): Option {
  return new Option('--file <path>', 'the access file').default(selectedAccessFile());
}
