import { runEngineProcess } from '../../src/engine/process';
import { loadCostedModel } from './costed-model';

/** Entry of an engine process for benchmarks: the product's engine with a model that has real costs and known words. */
runEngineProcess(loadCostedModel);
