import { directoryContract } from '../../../tests/contracts/directory.ts';
import { MemoryDirectory } from './directory.ts';

directoryContract(() => new MemoryDirectory());
