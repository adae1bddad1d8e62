/** Draws a ring in the gutter by every pending block, and a band behind every merged one. */
export class RingLayer {
	readonly #text: HTMLElement;
	readonly #layer: HTMLElement;
	readonly #sizes: ResizeObserver;
	readonly #drawn = new Map<Element, { ring?: HTMLElement; band?: HTMLElement }>();

	/** `layer` lies behind `text` and is as large. */
	constructor(text: HTMLElement, layer: HTMLElement) {
		this.#text = text;
		this.#layer = layer;
		this.#sizes = new ResizeObserver(() => this.draw());
		this.#sizes.observe(text);
	}

	/** Everything is measured anew: whatever stands above may have grown. */
	draw(): void {
		const blocks = new Set(this.#text.querySelectorAll('.is-pending, .is-merged'));
		if (blocks.size === 0 && this.#drawn.size === 0) return;
		const { top } = this.#layer.getBoundingClientRect();
		for (const [block, drawn] of this.#drawn) {
			if (!blocks.has(block) || !block.classList.contains('is-pending')) drawn.ring?.remove();
			if (!blocks.has(block) || !block.classList.contains('is-merged')) leave(drawn.band);
			if (!blocks.has(block)) this.#drawn.delete(block);
		}
		for (const block of blocks) this.#drawBlock(block, top);
	}

	destroy(): void {
		this.#sizes.disconnect();
		for (const { ring, band } of this.#drawn.values()) {
			ring?.remove();
			band?.remove();
		}
		this.#drawn.clear();
	}

	#drawBlock(block: Element, origin: number): void {
		const drawn = this.#drawn.get(block) ?? {};
		this.#drawn.set(block, drawn);
		const { top, height } = block.getBoundingClientRect();
		if (block.classList.contains('is-pending')) {
			drawn.ring ??= this.#add('prose-ring');
			drawn.ring.style.setProperty('--y', `${top - origin + firstLineMiddle(block) - RING_SIZE / 2}px`);
			if (!drawn.ring.isConnected) this.#layer.append(drawn.ring);
		}
		if (block.classList.contains('is-merged')) {
			if (!drawn.band?.isConnected || drawn.band.dataset['leaving'] !== undefined)
				drawn.band = this.#add('prose-band');
			drawn.band.style.setProperty('--y', `${top - origin}px`);
			drawn.band.style.setProperty('--h', `${height}px`);
			drawn.band.style.setProperty('--c', `var(--p${block.getAttribute('data-slot') ?? '6'})`);
		}
	}

	#add(className: string): HTMLElement {
		const element = document.createElement('span');
		element.className = className;
		this.#layer.append(element);
		return element;
	}
}

const RING_SIZE = 9;

/** Where a block drawn by a component has its first line: its header's. */
const BLOCK_LINE = 20;

/** How far below its top the first line of a block has its middle. */
function firstLineMiddle(block: Element): number {
	if (block.classList.contains('block-shell')) return BLOCK_LINE;
	const { lineHeight, paddingBlockStart } = getComputedStyle(block.querySelector('td, th') ?? block);
	return Number.parseFloat(paddingBlockStart) + Number.parseFloat(lineHeight) / 2;
}

/** A band that is not needed any more fades, where the person wants things to fade. */
function leave(band: HTMLElement | undefined): void {
	if (!band?.isConnected) return;
	band.dataset['leaving'] = '';
	if (getComputedStyle(band).animationName === 'none') band.remove();
	else band.addEventListener('animationend', () => band.remove(), { once: true });
}
