import * as z from 'zod';
import { contenders, type Contender } from './contenders.ts';
import { measures } from './measures.ts';
import { paceOf } from './trial.ts';

// One trial of one server, in a process of its own: `load.ts <measure> <contender> [quick]`. Prints its numbers.

const [measureName, contenderName, quick] = z
	.tuple([z.string(), z.string()], z.string())
	.parse(process.argv.slice(2));
const measure = measures.find(({ name }) => name === measureName);
const contender: Contender | undefined = contenders.find(({ name }) => name === contenderName);
if (!measure || !contender) throw new Error(`there is no ${measureName} of ${contenderName}`);
const numbers = await measure.trial(contender, paceOf(quick === 'quick'));
process.stdout.write(`${JSON.stringify(numbers)}\n`);
process.exit(0);
