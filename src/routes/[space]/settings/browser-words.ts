const BROWSERS = [
	['Edge', /Edg(e|A|iOS)?\//],
	['Opera', /OPR\//],
	['Samsung Internet', /SamsungBrowser\//],
	['Firefox', /(Firefox|FxiOS)\//],
	['Chrome', /(Chrome|CriOS|HeadlessChrome)\//],
	['Safari', /Safari\//]
] as const;

const SYSTEMS = [
	['iPhone', /iPhone/],
	['iPad', /iPad/],
	['Android', /Android/],
	['Windows', /Windows/],
	['ChromeOS', /CrOS/],
	['Mac', /Macintosh/],
	['Linux', /Linux/]
] as const;

type Signs = readonly (readonly [name: string, sign: RegExp])[];

/** What a browser calls itself, as people say it: “Firefox on Linux”. */
export function browserWords(userAgent: string): string {
	const nameIn = (signs: Signs) => signs.find(([, sign]) => sign.test(userAgent))?.[0];
	const [browser, system] = [nameIn(BROWSERS), nameIn(SYSTEMS)];
	if (!browser) return system ? `A browser on ${system}` : 'An unknown browser';
	return system ? `${browser} on ${system}` : browser;
}
