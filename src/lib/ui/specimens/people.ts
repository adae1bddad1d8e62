import type { StackedFace } from '../face.ts';

/** Invented people for specimens. */
export const nadia: StackedFace = { id: 'p-1', name: 'Nadia Okafor', slot: 1, isMe: true };
export const priya: StackedFace = { id: 'p-2', name: 'Priya Raman', slot: 1 };
export const tomas: StackedFace = { id: 'p-3', name: 'Tomás Herrera', slot: 2 };
export const mei: StackedFace = { id: 'p-4', name: 'Mei Lin', slot: 3 };
export const jonas: StackedFace = { id: 'p-5', name: 'Jonas Weber', slot: 4 };
export const samuel: StackedFace = { id: 'p-6', name: 'Samuel Adeyemi', slot: 5 };
export const ingrid: StackedFace = { id: 'p-7', name: 'Ingrid Solberg', slot: 6 };
export const everybody = [nadia, priya, tomas, mei, jonas, samuel, ingrid] as const;
