import { brokenFilesAreRefused } from '../../properties/broken-files';

brokenFilesAreRefused({ seed: 20_260_616, numRuns: 1000 });
