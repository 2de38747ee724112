import { existsSync } from 'node:fs';
import { CHROMIUM, findTool } from '../missing-tools';

/** The file of a Chromium: the machine's own, else the one that playwright-core has installed. */
export function findChromium(): string | undefined {
  const found = findTool(CHROMIUM);
  if (found !== undefined) return found;
  const { chromium } = require('playwright-core') as typeof import('playwright-core');
  const installed = chromium.executablePath();
  return existsSync(installed) ? installed : undefined;
}
