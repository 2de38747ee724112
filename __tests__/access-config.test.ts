import { join } from 'node:path';
import { loadAccessFile } from '../load-access-file';

test('access.config.ts is valid today', async () => {
  // Like the commands, and unlike other tests, from the day of the run: what has expired may make a file invalid.
  delete process.env.SOURCE_DATE_EPOCH;

  await expect(loadAccessFile(join(__dirname, '..', 'access.config.ts'))).resolves.toBeDefined();
});
