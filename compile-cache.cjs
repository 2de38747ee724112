// Keeps compiled code between starts where Node.js can (22.1 and later), in a folder of the user's own: whoever can write
// to it decides what runs. NODE_COMPILE_CACHE and NODE_DISABLE_COMPILE_CACHE take precedence.
const { lstatSync, mkdirSync } = require('node:fs');
const { enableCompileCache } = require('node:module');
const { homedir } = require('node:os');
const { join } = require('node:path');

const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'okta-eks-access', 'node-compile-cache');

/** Whether the folder exists and only this user can write to it. */
function isPrivate() {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = lstatSync(folder);
    return uid === process.getuid?.() && (mode & 0o077) === 0;
  } catch {
    // A read-only home folder, for example: the start is slower, and that is all.
    return false;
  }
}

if (enableCompileCache !== undefined && isPrivate()) enableCompileCache(folder);
