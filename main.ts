import { orExit } from './or-exit';
import { synthesizeAccess } from './synthesize-access';

orExit(() => synthesizeAccess());
