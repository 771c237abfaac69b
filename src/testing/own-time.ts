/** Milliseconds that this process has computed: a clock for limits of time in tests, which does not pass while the machine does something else. */
export function ownTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
