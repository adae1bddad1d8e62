// How each number of the sample went, up to the moment of the founding. Chance fills in what nobody will quote.

/** In the unit of the contract. */
export interface Path {
	/** Where the level begins and ends; a steady number has both alike. */
	readonly level: readonly [from: number, to: number];
	/** How far single values lie from the level, at most. */
	readonly spread: number;
	/** The last values before the release, newest last. */
	readonly before?: readonly number[];
	/** The values from the release on, oldest first. The last one stays. */
	readonly since?: readonly number[];
	/** Another level between the release and its rollback. */
	readonly during?: number;
	/** The newest values, newest last, of a number that has nothing to do with the release. */
	readonly latest?: readonly number[];
	/** Days on which nothing came. */
	readonly gap?: Gap;
	/** The part's share of the whole; what remains is the last part's. The whole is kept as well. */
	readonly parts?: { readonly first: string; readonly share: number; readonly rest: string };
}

export interface Gap {
	readonly fromDaysAgo: number;
	readonly toDaysAgo: number;
}

/** The billing feed was down. */
export const BILLING_GAP: Gap = { fromDaysAgo: 63, toDaysAgo: 58 };

/** By KPI. One that is not here has no points. */
export const paths: Readonly<Record<string, Path>> = {
	'slo-attainment': {
		level: [99.93, 99.93],
		spread: 0.018,
		before: [99.93, 99.94, 99.95, 99.94, 99.93, 99.93, 99.91],
		since: [99.82, 99.77, 99.78, 99.8, 99.82, 99.82, 99.83, 99.83, 99.84, 99.85]
	},
	'error-budget-burn': {
		level: [36, 40],
		spread: 4,
		before: [39, 40, 41, 41, 40, 41, 41],
		since: [53, 64]
	},
	mttr: { level: [52, 44], spread: 9, before: [41, 46, 49, 52], since: [74, 66] },
	'search-latency': { level: [308, 312], spread: 16, during: 640 },
	'change-failure-rate': { level: [9.6, 8.4], spread: 1.8, before: [7.9, 8.6, 8.1], since: [11.4, 10.6] },
	'incident-reopen-rate': { level: [4.4, 4.6], spread: 0.7, latest: [4.8, 5.2, 6.1] },
	'on-call-pages': { level: [24, 28], spread: 6, before: [27, 33, 31], since: [38, 36] },
	'security-findings-sla': { level: [91, 95], spread: 2, before: [94, 95, 95], since: [96] },
	'time-to-contain': { level: [34, 22], spread: 5, before: [21, 24, 22], since: [18, 19] },
	'weekly-active-accounts': {
		level: [1040, 1262],
		spread: 16,
		before: [1251, 1258, 1270],
		since: [1284, 1291],
		parts: { first: 'enterprise', share: 0.24, rest: 'smb' }
	},
	'time-to-first-value': { level: [21, 16], spread: 1.2, latest: [16, 15, 12] },
	'new-arr': { level: [330_000, 400_000], spread: 34_000, latest: [388_000, 405_000, 421_000] },
	'net-dollar-retention': { level: [106, 111], spread: 0.9, latest: [111.2, 111.8, 112.4] },
	'gross-revenue-retention': { level: [91.5, 93], spread: 0.5, latest: [93.1, 93.4, 93.4] },
	'cloud-unit-cost': {
		level: [4.06, 4.19],
		spread: 0.05,
		before: [4.19, 4.2, 4.21, 4.21, 4.2, 4.21, 4.21],
		since: [4.29, 4.41, 4.4, 4.38],
		gap: BILLING_GAP
	},
	'telemetry-cost': { level: [0.031, 0.026], spread: 0.001, latest: [0.026, 0.025, 0.022] },
	'lead-time': { level: [26, 20], spread: 2.4, before: [20.8, 21.1, 20.5], since: [19.2] },
	deploys: { level: [58, 68], spread: 7, before: [69, 72, 70], since: [71, 66] },
	'runbook-automation': { level: [57, 65], spread: 1.5, before: [64, 65, 65], since: [58] }
};
