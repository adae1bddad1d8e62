/** What the machine is called in “kept on this …”. */
export type DeviceWord = 'laptop' | 'phone' | 'tablet' | 'device';

export interface DeviceSigns {
	readonly userAgent: string;
	/** iPadOS calls itself a Mac; a Mac has no touch points. */
	readonly maxTouchPoints: number;
}

/** “device” when the signs say nothing. */
export function deviceWord({ userAgent, maxTouchPoints }: DeviceSigns): DeviceWord {
	if (/iPad/.test(userAgent)) return 'tablet';
	if (/iPhone|iPod/.test(userAgent)) return 'phone';
	if (/Android/.test(userAgent)) return /Mobile/.test(userAgent) ? 'phone' : 'tablet';
	if (/Macintosh/.test(userAgent)) return maxTouchPoints > 1 ? 'tablet' : 'laptop';
	return /Windows|CrOS|Linux|X11/.test(userAgent) ? 'laptop' : 'device';
}
