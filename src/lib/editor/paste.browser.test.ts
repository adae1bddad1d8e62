import '#lib/ui/styles/app.css';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { proseOf, type ProseBlock } from '#lib/docs/prose.ts';
import { proseText } from '#lib/docs/prose-text.ts';
import Desks from './testing/Desks.svelte';
import { Desk, line } from './testing/desk.ts';

const open: Desk[] = [];

async function one(...blocks: readonly ProseBlock[]): Promise<Desk> {
	const desk = new Desk(blocks);
	open.push(desk);
	await render(Desks, { desks: [desk] });
	await notes.click();
	return desk;
}

afterEach(() => {
	for (const desk of open.splice(0)) desk.close();
	Reflect.deleteProperty(window, 'pwned');
});

const notes = page.getByRole('textbox', { name: 'Notes of Ana' });

function paste(formats: Readonly<Record<string, string>>, files: readonly File[] = []): void {
	const clipboardData = new DataTransfer();
	for (const [type, value] of Object.entries(formats)) clipboardData.setData(type, value);
	for (const file of files) clipboardData.items.add(file);
	notes
		.element()
		.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}

const HOSTILE: readonly string[] = [
	'<p>Safe</p><script>window.pwned = 1</script>',
	'<p onclick="window.pwned = 1" onmouseover="window.pwned = 1">Safe</p>',
	'<img src="x" onerror="window.pwned = 1"><p>Safe</p>',
	'<svg onload="window.pwned = 1"><a xlink:href="javascript:window.pwned=1"><text>Safe</text></a></svg>',
	'<p><a href="javascript:window.pwned=1">Safe</a> <a href="JaVaScRiPt&#58;window.pwned=1">x</a> <a href="data:text/html,<script>1</script>">y</a></p>',
	'<p><a href=" java\nscript:window.pwned=1">Safe</a></p>',
	'<iframe src="javascript:window.pwned=1" srcdoc="<script>parent.pwned=1</script>"></iframe><p>Safe</p>',
	'<form action="javascript:window.pwned=1"><button>Safe</button><input autofocus onfocus="window.pwned=1"></form>',
	'<style>body { display: none }</style><p style="position:fixed;inset:0;background:url(https://evil.example/x)">Safe</p>',
	'<math><mtext></mtext><mglyph><svg><mtext><style><img src=x onerror=window.pwned=1></style></mtext></svg></mglyph></math><p>Safe</p>',
	'<template><p>hidden</p></template><p contenteditable="false" data-x>Safe</p>',
	'<p>Safe</p><object data="javascript:window.pwned=1"></object><embed src="javascript:window.pwned=1">',
	'<div data-block data-type="chart" data-data="{&quot;__proto__&quot;:{&quot;pwned&quot;:1}}" onclick="window.pwned=1"></div><p>Safe</p>',
	'<div data-foreign-block data-xml="{&quot;name&quot;:&quot;script&quot;,&quot;attributes&quot;:{},&quot;children&quot;:[[{&quot;insert&quot;:&quot;window.pwned=1&quot;}]]}"></div><p>Safe</p>',
	'<ol start="999999999999" type="<x>"><li>Safe</li></ol>',
	'<table><tr><td colspan="1000000" rowspan="1000000">Safe</td></tr></table>'
];

test.each(HOSTILE)('hostile markup leaves its words and nothing else: %s', async (html) => {
	const requests: string[] = [];
	const observer = new PerformanceObserver((list) =>
		requests.push(...list.getEntries().map(({ name }) => name))
	);
	observer.observe({ type: 'resource' });
	const desk = await one();
	paste({ 'text/html': html, 'text/plain': 'Safe' });
	expect(proseText(desk.fragment)).toContain('Safe');
	const element = notes.element();
	const forbidden = 'script, img, svg, iframe, form, button, style, object, embed, math, template';
	// What our own frame draws around a block is ours.
	const found = [...element.querySelectorAll(forbidden)].filter((inner) => !inner.closest('.block-shell'));
	expect(found).toEqual([]);
	for (const inner of element.querySelectorAll('*')) {
		for (const { name, value } of inner.attributes) {
			expect(name).not.toMatch(/^on/);
			expect(value).not.toMatch(/javascript:|evil\.example/i);
			if (name === 'style') expect(value).not.toMatch(/url|fixed/);
		}
		if (inner instanceof HTMLElement) inner.click();
	}
	await userEvent.keyboard(' typed');
	await new Promise((frame) => requestAnimationFrame(frame));
	expect(Reflect.get(window, 'pwned')).toBeUndefined();
	expect(Reflect.get({}, 'pwned')).toBeUndefined();
	expect(requests.filter((name) => /evil|\/x$/.test(name))).toEqual([]);
	observer.disconnect();
});

test('structure comes through: headings, lists, tables, marks and allowed links', async () => {
	const desk = await one();
	paste({
		'text/html':
			'<h1>Title</h1><p><b>bold</b> <i>italic</i> <a href="https://a.example/" style="color:red">link</a></p><ul><li>one<ul><li>two</li></ul></li></ul><table><tr><th>h</th></tr><tr><td>c</td></tr></table><pre><code>x</code></pre>',
		'text/plain': 'Title'
	});
	expect(proseOf(desk.fragment).map(({ is }) => is)).toEqual([
		'heading',
		'paragraph',
		'list',
		'table',
		'code'
	]);
	expect(proseOf(desk.fragment)[1]).toMatchObject({
		text: [
			{ marks: { bold: true } },
			{},
			{ marks: { italic: true } },
			{},
			{ text: 'link', marks: { link: 'https://a.example/' } }
		]
	});
	expect(notes.element().querySelector('[style*="red"]')).toBeNull();
});

test('plain text keeps its line breaks and its paragraphs', async () => {
	const desk = await one();
	paste({ 'text/plain': 'Dear Mei,\nthe feed is late.\n\nBest' });
	expect(proseText(desk.fragment)).toBe('Dear Mei,\nthe feed is late.\nBest');
	expect(proseOf(desk.fragment)).toHaveLength(2);
});

test('Markdown becomes what it says, within code it stays text', async () => {
	const desk = await one();
	paste({ 'text/plain': '# Plan\n\n- [x] done\n- [ ] open\n\n**bold** [x](javascript:alert(1))' });
	expect(proseOf(desk.fragment).map(({ is }) => is)).toEqual(['heading', 'tasks', 'paragraph']);
	expect(notes.element().querySelector('a')).toBeNull();
	await userEvent.keyboard('{Enter}``` ');
	paste({ 'text/plain': '# no heading\n- no item' });
	expect(proseOf(desk.fragment).at(-1)).toMatchObject({ is: 'code', text: '# no heading\n- no item' });
});

test('words pasted into a sentence continue it', async () => {
	const desk = await one(line('Before after'));
	await userEvent.keyboard('{Control>}{Home}{/Control}{ArrowRight>7/}');
	paste({ 'text/plain': 'middle ' });
	expect(proseText(desk.fragment)).toBe('Before middle after');
	expect(proseOf(desk.fragment)).toHaveLength(1);
});

test('an address pasted over words links them', async () => {
	const desk = await one(line('Status page'));
	await userEvent.keyboard('{Control>}a{/Control}');
	paste({ 'text/plain': 'https://status.example/' });
	expect(proseOf(desk.fragment)[0]).toMatchObject({
		text: [{ text: 'Status page', marks: { link: 'https://status.example/' } }]
	});
});

test('too much at once is refused with a sentence, and so is a file; the text stays as it was', async () => {
	const desk = await one(line('Here'));
	paste({ 'text/plain': 'x'.repeat(200_001) });
	const said = () => page.getByRole('status').element().textContent.trim();
	await expect.poll(said).toContain('Nothing was pasted: that is 200,001 letters');
	paste({}, [new File(['x'], 'x.png', { type: 'image/png' })]);
	await expect.poll(said).toContain('not files');
	expect(proseText(desk.fragment)).toBe('Here');
	paste({ 'text/plain': 'y'.repeat(200_000) });
	expect(proseText(desk.fragment)).toHaveLength(200_004);
	await page.getByRole('button', { name: 'Dismiss' }).click();
	expect(said()).toBe('');
});

test('a paste is one step of undo', async () => {
	const desk = await one(line('Here'));
	await userEvent.keyboard('{Control>}{End}{/Control} a');
	paste({ 'text/plain': ' pasted' });
	await userEvent.keyboard(' b{Control>}z{/Control}');
	expect(proseText(desk.fragment)).toBe('Here a pasted');
	await userEvent.keyboard('{Control>}z{/Control}');
	expect(proseText(desk.fragment)).toBe('Here a');
});
