/** How something was handed over: to the clipboard, or as a file where there is no clipboard to write to. */
export type Handed = 'copied' | 'kept';

/** Copies `text`, or downloads it as `fileName` where the clipboard is closed to us. */
export async function carryText(text: string, fileName: string): Promise<Handed> {
	try {
		await navigator.clipboard.writeText(text);
		return 'copied';
	} catch {
		// No permission, no focus, no secure origin: the browser does not say which, and a file always works.
		keepFile(new Blob([text], { type: 'text/csv' }), fileName);
		return 'kept';
	}
}

export async function carryPicture(canvas: HTMLCanvasElement, fileName: string): Promise<Handed> {
	const picture = await pngOf(canvas);
	try {
		await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
		return 'copied';
	} catch {
		keepFile(picture, fileName); // As above.
		return 'kept';
	}
}

export const pngOf = (canvas: HTMLCanvasElement): Promise<Blob> =>
	new Promise((resolve, reject) =>
		canvas.toBlob(
			(blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large'))),
			'image/png'
		)
	);

/** Saves a file by way of the browser's downloads. */
export function keepFile(content: Blob, fileName: string): void {
	const link = document.createElement('a');
	link.href = URL.createObjectURL(content);
	link.download = fileName;
	link.click();
	// The download has begun by then, and holds on to its content itself.
	setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A name for a file: letters, digits and hyphens. */
export function fileNameOf(title: string, ending: string): string {
	const bare = title
		.normalize('NFKD')
		.replaceAll(/[^\p{L}\p{N}]+/gu, '-')
		.replaceAll(/^-|-$/g, '')
		.toLowerCase();
	return `${bare || 'chart'}.${ending}`;
}
