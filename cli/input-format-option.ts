import { Option } from 'commander';
import { ACCESS_FORMATS } from '../input/access-format';

/** The option for the format of an access file that is read from standard input. */
export function inputFormatOption(): Option {
  return new Option('--input-format <format>', 'the format of standard input, with --file -').choices(ACCESS_FORMATS);
}
