import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';

/** What a page loads of JavaScript from now on, as it comes over the network. */
export function scriptsOf(page: Page) {
	const bodies: Promise<Buffer>[] = [];
	page.on('response', (response) => {
		const request = response.request();
		if (request.resourceType() === 'script' && request.serviceWorker() === null) bodies.push(response.body());
	});
	return {
		/** Bytes, each file gzipped by itself. */
		async gzippedBytes(): Promise<number> {
			return (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body).byteLength, 0);
		}
	};
}
