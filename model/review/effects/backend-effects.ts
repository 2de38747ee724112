import type { ParsedFile } from '../../file/parsed-file';
import { always, type EffectsOf, narrows, neutral, replaces, widens } from './effect';

/** Terraform finds nothing of what it created in another state. */
const OTHER_STATE = replaces(
  'Terraform looks for its state in another place. Until you migrate the state, it plans to create everything again',
);

export const BACKEND_EFFECTS: EffectsOf<ParsedFile['backend']> = {
  whole: (old, now) => {
    const kinds = [old, now].map((backend) => (typeof backend === 'object' ? Object.keys(backend)[0] : backend));
    return kinds[0] === kinds[1] ? undefined : OTHER_STATE;
  },
  keys: {
    s3: {
      keys: {
        bucket: always(OTHER_STATE),
        region: always(OTHER_STATE),
        keyPrefix: always(OTHER_STATE),
        kmsKeyId: (old) =>
          old === undefined
            ? narrows('Only who may use this key reads the state')
            : widens('Another key encrypts the state, and others may read it'),
        roleArn: always(neutral('Terraform reads and writes the state with another IAM role')),
      },
    },
    cloud: {
      keys: {
        organization: always(OTHER_STATE),
        workspacePrefix: always(OTHER_STATE),
        hostname: always(OTHER_STATE),
      },
    },
    custom: { keys: { type: always(OTHER_STATE), config: { whole: always(OTHER_STATE), each: { keys: {} } } } },
  },
};
