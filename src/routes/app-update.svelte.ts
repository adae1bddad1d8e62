import { dev } from '$app/environment';
import { createContext } from 'svelte';

/** How often a tab that comes to the front asks for a newer app at most. */
const LOOK_EVERY_MS = 10 * 60_000;

/** Whether a newer app lies ready on this device, and the way to it. It never comes by itself. */
export class AppUpdate {
	#waiting = $state.raw<ServiceWorker | undefined>();
	#isKept = $state(true);

	constructor() {
		// While developing, a kept copy of the app would hide what was just changed.
		if (dev) return;
		if (!('serviceWorker' in navigator)) this.#isKept = false;
		// A private window, or a browser that is told to keep nothing. What is written is kept apart from this.
		else this.#register().catch(() => (this.#isKept = false));
	}

	get isReady(): boolean {
		return this.#waiting !== undefined;
	}

	/** False when this browser does not keep the app itself: without a connection it cannot be opened here. */
	get isKept(): boolean {
		return this.#isKept;
	}

	/** Lets the newer app take over; the page loads again once it has. */
	apply(): void {
		navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
		this.#waiting?.postMessage('take over');
	}

	async #register(): Promise<void> {
		const registration = await navigator.serviceWorker.register('/service-worker.js', {
			type: 'module',
			updateViaCache: 'none'
		});
		this.#notice(registration);
		registration.addEventListener('updatefound', () => this.#follow(registration));
		this.#lookNowAndThen(registration);
	}

	/** A tab that stays open for weeks hears of a newer app too. */
	#lookNowAndThen(registration: ServiceWorkerRegistration): void {
		let lookedAtMs = Date.now();
		document.addEventListener('visibilitychange', () => {
			if (document.visibilityState === 'hidden' || Date.now() - lookedAtMs < LOOK_EVERY_MS) return;
			lookedAtMs = Date.now();
			// With no connection there is nothing to find; the next look is soon enough.
			registration.update().catch(() => undefined);
		});
	}

	/** A worker that is installed while another one runs the page is the newer app. */
	#follow(registration: ServiceWorkerRegistration): void {
		const { installing } = registration;
		installing?.addEventListener('statechange', () => this.#notice(registration));
	}

	#notice({ waiting }: ServiceWorkerRegistration): void {
		if (waiting && navigator.serviceWorker.controller) this.#waiting = waiting;
	}
}

export const [appUpdateInUse, provideAppUpdate] = createContext<AppUpdate>();
