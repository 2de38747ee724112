// Required into a measured process: adds its peak memory to a file, because Node gives a parent no such figure.
const { appendFileSync } = require('node:fs');

process.on('exit', () => {
  // One line a process: a command may start others.
  appendFileSync(process.env.PEAK_MEMORY_FILE, `${process.resourceUsage().maxRSS}\n`);
});
