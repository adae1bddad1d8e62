import * as z from 'zod';

const ORIGIN_RULE = 'what people type to come here, without a path, such as https://downbeat.example.com';

/** Scheme and host of an address without a path; a slash at the end is forgiven. */
export function toOrigin(text: string, context: z.RefinementCtx): string {
	const url = URL.parse(text);
	const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
	if (url && isWeb && url.href === `${url.origin}/`) return url.origin;
	context.addIssue({ code: 'custom', message: ORIGIN_RULE });
	return z.NEVER;
}
