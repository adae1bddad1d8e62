import type { Attachment } from 'svelte/attachments';

/** Keeps an element at the bottom of what can be seen: right over a phone's keyboard while it is up. */
export const overKeyboard: Attachment<HTMLElement> = (element) => {
	const view = window.visualViewport;
	const place = () => {
		const covered = view ? window.innerHeight - view.height - view.offsetTop : 0;
		element.style.insetBlockEnd = `${Math.max(0, covered)}px`;
	};
	place();
	view?.addEventListener('resize', place);
	view?.addEventListener('scroll', place);
	return () => {
		view?.removeEventListener('resize', place);
		view?.removeEventListener('scroll', place);
	};
};
