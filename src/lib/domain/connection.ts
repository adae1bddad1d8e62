/** What a look at the connection found, part by part. */
export interface ConnectionFacts {
	/** Whether the server answers a request, and how soon; undefined when it does not. */
	readonly answersInMs: number | undefined;
	/** How documents are connected: live, by requests in its place, or not. */
	readonly live: 'live' | 'requests' | 'none';
	/** How far this device's clock is ahead of the server's. Undefined when nobody answered. */
	readonly clockAheadMs: number | undefined;
	/** Whether the browser promised not to clear what is kept here; undefined when it does not say. */
	readonly isStorageKept: boolean | undefined;
}
