/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
import { build, files, version } from '$service-worker';

// Keeps the whole app on the device: every navigation is answered from here, with a network or without. A newer app
// is fetched beside the running one and waits until somebody says so. Data is not its business: `/api` and `/sync`
// pass by.

const worker = globalThis as unknown as ServiceWorkerGlobalScope;

const CACHE = `app-${version}`;

/** The page that every address of the app begins with. It is not among the built files. */
const SHELL = '/200.html';

/** This release and the one before: a tab that still runs the older may ask for a part it has not loaded yet. */
const RELEASES_KEPT = 2;

const NOT_OURS = /^\/(api|sync|healthz|readyz|metrics)(\/|$)/;

worker.addEventListener('install', (event) => {
	event.waitUntil(keepRelease());
});

worker.addEventListener('activate', (event) => {
	event.waitUntil(forgetOldReleases().then(() => worker.clients.claim()));
});

worker.addEventListener('message', (event) => {
	if (event.data === 'take over') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	if (request.method !== 'GET' || url.origin !== location.origin || NOT_OURS.test(url.pathname)) return;
	event.respondWith(request.mode === 'navigate' ? shell(request) : asset(request));
});

const hashed = new Set(build);

/** All or none: a release with a hole in it would open to a white page in the train. */
async function keepRelease(): Promise<void> {
	const cache = await caches.open(CACHE);
	const wanted = [SHELL, ...build, ...files];
	await Promise.all(
		wanted.map(async (path) => {
			// What is named by its content is taken as the page has just loaded it.
			const response = await fetch(path, { cache: hashed.has(path) ? 'default' : 'reload' });
			if (!response.ok) throw new Error(`${path} answered ${response.status}`);
			await cache.put(path, response);
		})
	);
}

async function forgetOldReleases(): Promise<void> {
	const releases = (await caches.keys()).filter((name) => name.startsWith('app-') && name !== CACHE);
	await Promise.all(
		releases.slice(0, Math.max(0, releases.length - (RELEASES_KEPT - 1))).map((name) => caches.delete(name))
	);
}

async function shell(request: Request): Promise<Response> {
	const cache = await caches.open(CACHE);
	return (await cache.match(SHELL)) ?? fetch(request);
}

async function asset(request: Request): Promise<Response> {
	return (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);
}
