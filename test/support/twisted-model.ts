/** Where a model file's first tensor begins: right before its name, which is known. */
export function firstTensor(model: Buffer): number {
  return model.indexOf('decoder.positional_embedding') - 20;
}

/**
 * A model that only whisper.cpp itself can tell to be wrong: the first tensor's two sizes have changed places, so that there are as many
 * values, but not in the shape of this model.
 */
export function twistedModel(model: Buffer): Buffer {
  const twisted = Buffer.from(model);
  const sizes = firstTensor(model) + 12;
  twisted.writeInt32LE(model.readInt32LE(sizes + 4), sizes);
  twisted.writeInt32LE(model.readInt32LE(sizes), sizes + 4);
  return twisted;
}
