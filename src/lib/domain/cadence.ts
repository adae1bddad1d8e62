/** How often a meeting comes round, from the lightest beat to the heaviest. */
export const cadences = ['daily', 'weekly', 'bi-weekly', 'monthly', 'quarterly'] as const;
export type Cadence = (typeof cadences)[number];

/** As it stands at the head of a row: “Bi-weekly”. */
export const cadenceWord: Readonly<Record<Cadence, string>> = {
	daily: 'Daily',
	weekly: 'Weekly',
	'bi-weekly': 'Bi-weekly',
	monthly: 'Monthly',
	quarterly: 'Quarterly'
};

/** Negative when `a` is the lighter of the two. */
export const byWeight = (a: Cadence, b: Cadence): number => cadences.indexOf(a) - cadences.indexOf(b);
