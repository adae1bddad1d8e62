import * as z from 'zod/mini';
import { documentId, rowId } from './id.ts';

/** Points at a document of a space, or at one row of it. The only way one kind speaks of another. */
export const documentRef = z.object({ kind: z.string(), document: documentId, row: z.optional(rowId) });
export type DocumentRef = z.infer<typeof documentRef>;
