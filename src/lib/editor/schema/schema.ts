import type { Extensions } from '@tiptap/core';
import { Block, Mention } from './block.ts';
import { ForeignBlock, ForeignInline, ForeignMark, Riding } from './foreign.ts';
import { CodeBlock, Divider, Doc, HardBreak, Heading, Paragraph, Quote, Text } from './lines.ts';
import { Link } from './link.ts';
import { BulletList, ListItem, OrderedList, TaskItem, TaskList } from './lists.ts';
import { Bold, Code, Italic, Strike } from './marks.ts';
import { Table, TableCell, TableHeader, TableRow } from './tables.ts';

/** Everything a text may hold, without anything of the screen: also what tests build documents with in Node. */
export const proseSchema: Extensions = [
	Doc,
	Text,
	Paragraph,
	Heading,
	Quote,
	CodeBlock,
	Divider,
	HardBreak,
	Bold,
	Italic,
	Strike,
	Code,
	Link,
	BulletList,
	OrderedList,
	ListItem,
	TaskList,
	TaskItem,
	Table,
	TableRow,
	TableCell,
	TableHeader,
	Mention,
	Block,
	ForeignBlock,
	ForeignInline,
	ForeignMark,
	Riding
];
