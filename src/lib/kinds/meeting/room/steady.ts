/**
 * A meeting is read anew after every keystroke. As long as one part of it says the same as before, these hand on the
 * former object, so that whatever is derived from that part stays still. They compare plain JSON.
 */
export function steady<Value>(): (next: Value) => Value {
	let last: { readonly value: Value; readonly text: string } | undefined;
	return (next) => {
		const text = JSON.stringify(next) ?? '';
		if (last?.text !== text) last = { value: next, text };
		return last.value;
	};
}

/** The same for rows: each row that is as it was stays the object it was, and so does the list of them. */
export function steadyRows<Row extends { readonly id: string }>(): (next: readonly Row[]) => readonly Row[] {
	let known = new Map<string, (row: Row) => Row>();
	let last: readonly Row[] = [];
	return (next) => {
		const keepers = next.map(({ id }) => [id, known.get(id) ?? steady<Row>()] as const);
		const rows = next.map((row, index) => keepers[index]?.[1](row) ?? row);
		known = new Map(keepers);
		const isSame = rows.length === last.length && rows.every((row, index) => row === last[index]);
		if (!isSame) last = rows;
		return last;
	};
}
