/** Ctrl-C, the runner's signals and a terminal that is closed stop the run; a second one ends it at once. */
export function stopOnSignals(stop: (cause: 'SIGINT' | 'SIGTERM') => void): { readonly release: () => void } {
  const onInterrupt = (): void => stop('SIGINT');
  const onTerminate = (): void => stop('SIGTERM');
  process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate).on('SIGHUP', onTerminate);
  return { release: () => void process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate).off('SIGHUP', onTerminate) };
}
