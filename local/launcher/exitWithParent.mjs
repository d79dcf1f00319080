// Imported first by every child that the launcher starts (node --import). The channel to the launcher
// closes however the launcher ends, even by kill -9, and then the child has nothing left to do.

// Node hands --import on to a child's own workers, which have a channel to that child and live by it.
const startedByLauncher = process.env.SUNUP_LAUNCHER_PID === String(process.ppid);

if (process.channel && startedByLauncher) {
  process.on("disconnect", () => process.exit(1));
  // Listening must not keep a child alive that has finished its own work.
  process.channel.unref();
}
