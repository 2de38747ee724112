// Loaded into a measured process. It appends the peak memory to a file, because Node does not report it to the parent.
const { appendFileSync } = require('node:fs');

process.on('exit', () => {
  // One line per process, because a command can start others.
  appendFileSync(process.env.PEAK_MEMORY_FILE, `${process.resourceUsage().maxRSS}\n`);
});
