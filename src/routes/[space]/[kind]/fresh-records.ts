/** The records that were made on this page and not shown yet: their first field takes the keys. */
const fresh = new Set<string>();

export const noteFresh = (row: string): void => void fresh.add(row);

/** Whether a record was just made here. True once. */
export const takeFresh = (row: string): boolean => fresh.delete(row);
