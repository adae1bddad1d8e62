/**
 * Numbers as people type them: “1 200,5”, “1,200.5”, “−3”. The last of comma and point is the decimal sign,
 * unless it is a comma before exactly three digits.
 */
export function parseNumber(text: string): number | undefined {
	const bare = text
		.trim()
		.replaceAll(/[\s\u00a0\u202f'’]/g, '')
		.replace('−', '-');
	if (bare === '' || !/^-?[\d.,]*\d[\d.,]*$/.test(bare)) return undefined;
	const sign = Math.max(bare.lastIndexOf(','), bare.lastIndexOf('.'));
	if (sign === -1) return Number(bare);
	const isThousands = bare[sign] === ',' && /^-?\d{1,3}(,\d{3})+$/.test(bare);
	if (isThousands) return Number(bare.replaceAll(',', ''));
	const whole = bare.slice(0, sign).replaceAll(/[.,]/g, '');
	const value = Number(`${whole || '0'}.${bare.slice(sign + 1)}`);
	return Number.isNaN(value) ? undefined : value;
}

/** As it stands in the field: a true minus, no grouping, no exponent for what people type. */
export const numberText = (value: number | undefined): string =>
	value === undefined ? '' : String(value).replace('-', '−');
