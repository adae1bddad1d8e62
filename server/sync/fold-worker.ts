import { foldUpdates, type FoldQuestion } from './fold.ts';
import { answerQuestions } from './thread.ts';

answerQuestions(({ state, tail }: FoldQuestion) => foldUpdates(state, tail));
