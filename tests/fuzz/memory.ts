// Loaded before the server in a process of its own: says, when it is asked, how much memory is left after a collection.

process.on('message', () => {
	(globalThis as { gc?: () => void }).gc?.();
	process.send?.(process.memoryUsage.rss());
});
process.channel?.unref();
