/** What happens on a connection, in this order: opened at most once, then frames, then closed once. */
export interface CarrierListener {
	opened(): void;
	heard(frame: ArrayBuffer): void;
	/** `code`: as a websocket closes with. 1006 when nobody said why. */
	closed(ending: CarrierEnd): void;
}

export interface CarrierEnd {
	readonly code: number;
	readonly reason: string;
}

/** Something that takes frames to the server and back, in order: a websocket, or requests in its place. */
export interface Carrier {
	/** Nothing may be sent before it is opened. */
	send(frame: Uint8Array<ArrayBuffer>): void;
	/** Ends it; what was sent still goes out if it can. `closed` follows. */
	close(): void;
}

/** Begins a connection to a document. `url`: the websocket's, with what is to be shown in its query. */
export type OpenCarrier = (url: string, listener: CarrierListener) => Carrier;

/** Nobody said why. RFC 6455 keeps the code for that. */
export const LOST: CarrierEnd = { code: 1006, reason: '' };
