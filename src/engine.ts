import { runEngineProcess } from './engine/process';

/** Entry of an engine process; started by the product with an IPC channel, useless without one. */
runEngineProcess();
