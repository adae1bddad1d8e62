import { answerQuestions } from '../sync/thread.ts';
import { answerHistory } from './replay.ts';

answerQuestions(answerHistory);
