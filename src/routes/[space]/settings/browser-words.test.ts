import { expect, test } from 'vitest';
import { browserWords } from './browser-words.ts';

test('browsers are told apart, though each claims to be all the others', () => {
	const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
	const said = {
		[`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome}`]: 'Chrome on Windows',
		[`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Edg/140.0`]: 'Edge on Windows',
		[`Mozilla/5.0 (Linux; Android 15; Pixel 9) ${chrome}`]: 'Chrome on Android',
		'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0': 'Firefox on Linux',
		'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile Safari/604':
			'Safari on iPhone',
		'': 'An unknown browser',
		'curl/8.5.0 (Linux)': 'A browser on Linux'
	};
	expect(Object.keys(said).map(browserWords)).toEqual(Object.values(said));
});
