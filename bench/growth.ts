import { join } from 'node:path';
import { synthesis } from './app';
import { type Figure, quantity } from './figure';
import { writeFleet } from './fleet';
import { measure } from './measure';

const COUNTS = [1, 10, 100, 1000] as const;

/** How the time and memory of synthesis grow from one cluster to a thousand. */
export function growth(folder: string): readonly Figure[] {
  const command = (count: number) => synthesis(join(folder, `fleet-${count}`), writeFleet(folder, count));
  const measured = measure({ 1: command(1), 10: command(10), 100: command(100), 1000: command(1000) }, 3);
  // The minimum: other load on the machine only adds time, and affects long and short runs differently.
  const seconds = (count: (typeof COUNTS)[number]) => Math.min(...measured[count].seconds);
  // The time for one cluster is almost entirely the start of the app.
  const perCluster = (count: (typeof COUNTS)[number]) => ((seconds(count) - seconds(1)) / (count - 1)) * 1000;
  return [
    ...COUNTS.flatMap((count): readonly Figure[] => [
      {
        what: `${count} ${count === 1 ? 'cluster' : 'clusters'}`,
        value: seconds(count),
        unit: 's',
        goal: count === 1000 ? { most: 12 } : undefined,
        from:
          count === 1
            ? 'the start of the app and one cluster'
            : `${quantity(perCluster(count), 'ms')} for each cluster after the first`,
      },
      {
        what: `memory of ${count} ${count === 1 ? 'cluster' : 'clusters'}`,
        value: measured[count].megabytes,
        unit: 'MB',
        goal: count === 1000 ? { most: 400 } : undefined,
        from: 'largest resident set',
      },
    ]),
    {
      what: 'time per cluster, 1000 clusters / 100 clusters',
      value: perCluster(1000) / perCluster(100),
      unit: 'x',
      // Two identical runs differ by up to a tenth.
      goal: { most: 1.1 },
      from: `${quantity(perCluster(1000), 'ms')} / ${quantity(perCluster(100), 'ms')}`,
    },
  ];
}
