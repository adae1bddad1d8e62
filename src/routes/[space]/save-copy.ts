import type { SpaceSession } from '#lib/app/space-session.svelte.ts';
import { keptDocuments, writeOut } from '#lib/app/write-out.ts';
import { dayOf } from '#lib/domain/words.ts';

/** Hands `content` to the browser as a file called `name`. */
export function saveFile(
	name: string,
	content: string | Uint8Array<ArrayBuffer>,
	type = 'text/markdown'
): void {
	const url = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
	const link = Object.assign(document.createElement('a'), { href: url, download: name });
	link.click();
	// The browser has taken hold of it by the next turn.
	setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** A file with everything that only this device has: each document with kept changes, written out in full. */
export async function saveKeptCopy(space: SpaceSession): Promise<void> {
	const text = await writeOut(space, keptDocuments(space));
	saveFile(`downbeat-kept-${dayOf(Date.now())}.md`, text);
}
