// What every start needs first. An old Node.js reads this file too, so it uses no new syntax and loads nothing before.
const [oldestMajor, oldestMinor] = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
  process.stderr.write(
    `eks-access needs Node.js ${oldestMajor}.${oldestMinor} or later. This is Node.js ${process.versions.node}.\n`,
  );
  process.exit(1);
}
require('./compile-cache.cjs');
