import { Option } from 'commander';
import { selectedAccessFile } from '../load-access-file';

/** The option that selects the access file; by default, the environment selects it. */
export function accessFileOption(): Option {
  return new Option('-f, --file <path>', 'the access file').default(selectedAccessFile());
}
