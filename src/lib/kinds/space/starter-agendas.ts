import type { TemplateItem } from './schema.ts';

// The agendas of the starter rhythm: items, timeboxes, and what to have looked at before each.

type Agenda = readonly TemplateItem[];

export const opsReview: Agenda = [
	{
		title: 'SLO & reliability signals',
		minutes: 10,
		purpose: 'discuss',
		prompt:
			'What moved against the 7-day and 28-day baselines: latency, errors, failovers, regression locks that fired.'
	},
	{
		title: 'Cost deltas',
		minutes: 10,
		purpose: 'discuss',
		prompt:
			'Where spend left its budget, by tenant, capability and plugin. Cache hit rate and prompt cost beside it.'
	},
	{
		title: 'Security events',
		minutes: 10,
		purpose: 'discuss',
		prompt:
			'Dependency findings, unusual access, secrets due for rotation. Each with a severity and an owner.'
	},
	{
		title: 'Autonomy actions',
		minutes: 5,
		purpose: 'inform',
		prompt: 'Demotions, kill switches and advisory-only runs since last week, and what set them off.'
	},
	{
		title: 'Actions & owners',
		minutes: 10,
		purpose: 'decide',
		prompt:
			'For each action one owner, a due date, and a check: the test or dashboard that will show it worked.'
	}
];

export const securityStandup: Agenda = [
	{
		title: 'Vulnerabilities',
		minutes: 15,
		purpose: 'discuss',
		prompt:
			'New findings by severity, and those about to miss their limit: 7 days for Sev 1, 30 for Sev 2, 90 for Sev 3.'
	},
	{
		title: 'Security events',
		minutes: 10,
		purpose: 'discuss',
		prompt:
			'Failed sign-ins, blocked requests and anomalies of the last 7 days. What is still being looked into.'
	},
	{
		title: 'Compliance',
		minutes: 5,
		purpose: 'inform',
		prompt: 'Controls that changed state. Audits and security reviews coming up.'
	}
];

export const productMetrics: Agenda = [
	{
		title: 'Adoption',
		minutes: 10,
		purpose: 'inform',
		prompt: 'Daily and weekly active accounts and sign-ups, each against last week.'
	},
	{
		title: 'Feature use',
		minutes: 10,
		purpose: 'discuss',
		prompt: 'Adoption by feature flag. Experiments that can be read now.'
	},
	{
		title: 'Customer signals',
		minutes: 10,
		purpose: 'discuss',
		prompt: 'Open tickets, NPS over 30 days, accounts at risk of leaving.'
	}
];

export const reviewByExecs: Agenda = [
	{
		title: 'Health score',
		minutes: 10,
		purpose: 'inform',
		prompt: 'The score, its five dimensions, and which of them moved it.'
	},
	{
		title: 'Reliability',
		minutes: 10,
		purpose: 'discuss',
		prompt: 'SLOs and incidents of the month against the trend.'
	},
	{
		title: 'Security posture',
		minutes: 10,
		purpose: 'discuss',
		prompt: 'Open findings, control coverage, risks accepted and when they expire.'
	},
	{
		title: 'Product & growth',
		minutes: 15,
		purpose: 'discuss',
		prompt: 'Adoption, engagement and customer health by segment.'
	},
	{
		title: 'Finance',
		minutes: 10,
		purpose: 'discuss',
		prompt: 'Net dollar retention, spend against plan, unit cost.'
	},
	{
		title: 'Decisions',
		minutes: 5,
		purpose: 'decide',
		prompt: 'What has to be decided today, by whom, and on what evidence.'
	}
];

export const financeReview: Agenda = [
	{
		title: 'Cost overview',
		minutes: 15,
		purpose: 'inform',
		prompt: 'Total spend, the change on last month, actual against budget.'
	},
	{
		title: 'Cost by service',
		minutes: 15,
		purpose: 'discuss',
		prompt: 'The top movers by service, tenant and team, each with its reason.'
	},
	{
		title: 'Savings',
		minutes: 10,
		purpose: 'decide',
		prompt:
			'Rightsizing, reserved capacity, retention of logs and traces. What each would save, and its risk.'
	},
	{
		title: 'Forecast',
		minutes: 5,
		purpose: 'inform',
		prompt: 'Next month, and what could move it.'
	}
];

export const quarterReview: Agenda = [
	{
		title: 'The quarter',
		minutes: 60,
		purpose: 'inform',
		prompt: 'OKR results and all five dimensions, beginning of the quarter against its end.'
	},
	{
		title: 'Customers',
		minutes: 45,
		purpose: 'discuss',
		prompt: 'Won, lost and why. What came up again and again.'
	},
	{
		title: 'Technology',
		minutes: 45,
		purpose: 'discuss',
		prompt: 'Decisions that are hard to undo, debt that slows the most, what is next on the roadmap.'
	},
	{
		title: 'Finance',
		minutes: 30,
		purpose: 'discuss',
		prompt: 'Profit and loss, forecast, where to invest.'
	},
	{
		title: 'Next quarter',
		minutes: 60,
		purpose: 'decide',
		prompt: 'Objectives, priorities, who works on what, and what stops.'
	}
];

export const standup: Agenda = [
	{
		title: 'Health',
		minutes: 3,
		purpose: 'inform',
		prompt: 'Open incidents, error budgets under pressure.'
	},
	{
		title: 'Yesterday’s deploys',
		minutes: 4,
		purpose: 'inform',
		prompt: 'What went out, what was rolled back.'
	},
	{
		title: 'Waiting over a day',
		minutes: 3,
		purpose: 'discuss',
		prompt: 'Reviews and blockers older than 24 hours, and who takes them.'
	},
	{
		title: 'Today',
		minutes: 5,
		purpose: 'inform',
		prompt: 'Planned deploys and maintenance. Who needs whom.'
	}
];

export const sprintReview: Agenda = [
	{
		title: 'Sprint goals',
		minutes: 5,
		purpose: 'inform',
		prompt: 'What was promised, what was reached, where it can be seen.'
	},
	{
		title: 'Demos',
		minutes: 30,
		purpose: 'inform',
		prompt: 'Running software only. Who shows what, in this order.'
	},
	{
		title: 'Sprint metrics',
		minutes: 15,
		purpose: 'discuss',
		prompt: 'Velocity, cycle time, escaped bugs, build success.'
	},
	{
		title: 'What to change',
		minutes: 10,
		purpose: 'decide',
		prompt: 'What worked, what did not, and the one thing to try next.'
	}
];
