import { existsSync } from 'node:fs';
import { CHROMIUM, findTool } from '../missing-tools';

/** The file of Chromium on PATH, or else the one that playwright-core installed; undefined if there is none. */
export function findChromium(): string | undefined {
  const found = findTool(CHROMIUM);
  if (found !== undefined) return found;
  const { chromium } = require('playwright-core') as typeof import('playwright-core');
  const installed = chromium.executablePath();
  return existsSync(installed) ? installed : undefined;
}
