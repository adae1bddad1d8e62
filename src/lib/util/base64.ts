// Bytes as text, in browsers and in Node alike, a piece at a time: a long list of arguments overflows the stack.

const PIECE = 32_768;

export function toBase64(bytes: Uint8Array): string {
	let text = '';
	for (let at = 0; at < bytes.length; at += PIECE)
		text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
	return btoa(text);
}

/** Undefined when `text` is no base64. */
export function fromBase64(text: string): Uint8Array | undefined {
	try {
		return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
	} catch {
		return undefined; // The only thing that `atob` has to say.
	}
}
