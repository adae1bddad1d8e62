// Preloaded into every server of the bench: what is garbage is collected before memory is read.
process.on('SIGUSR2', () => globalThis.gc?.());
