/** What lists the models and changes them: much code that most windows never need, so a file of its own in the bundle. */
export { downloadModel, isDownloading } from './download';
export { deleteModel, installFromFile, listModels } from './library';
