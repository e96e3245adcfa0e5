import gifenc from 'gifenc';
import { PNG } from 'pngjs';

/** A picture of the window, and when it was taken. */
export interface Shot {
  readonly png: Buffer;
  /** ms, on any clock. */
  readonly at: number;
}

/** A text editor has few colours; the last place in the palette stands for "as before". */
const COLOURS = 255;
const AS_BEFORE = COLOURS;
/** The last picture stands for so long before the animation begins anew, ms. */
const HOLD_MS = 2_500;
const BYTES = 4;

/**
 * Makes an animated GIF in the pace in which the pictures were taken: each holds only what has changed since the one before.
 * All must have the same size. Throws if there is none.
 */
export function animate(shots: readonly Shot[]): Buffer {
  const changes = withoutRepeats(shots);
  const [first] = changes;
  if (!first) throw new Error('There is no picture to animate.');
  const { width, height } = PNG.sync.read(first.png);
  const palette = paletteOf(changes);
  const gif = gifenc.GIFEncoder();
  let before: Uint8Array | undefined;
  for (const [index, { png, at }] of changes.entries()) {
    const picture = PNG.sync.read(png);
    if (picture.width !== width || picture.height !== height) throw new Error('The pictures differ in size.');
    const colours = gifenc.applyPalette(picture.data, palette);
    const next = changes[index + 1];
    gif.writeFrame(before ? onlyChanges(colours, before) : colours, width, height, {
      ...(before ? { transparent: true, transparentIndex: AS_BEFORE } : { palette: [...palette, [0, 0, 0]] }),
      delay: next ? next.at - at : HOLD_MS,
      // The next picture is drawn over this one.
      dispose: 1,
    });
    before = colours;
  }
  gif.finish();
  return Buffer.from(gif.bytes());
}

function withoutRepeats(shots: readonly Shot[]): Shot[] {
  return shots.filter((shot, index) => !shots[index - 1]?.png.equals(shot.png));
}

/** One palette for all, from the first, the middle and the last picture. */
function paletteOf(shots: readonly Shot[]): number[][] {
  const chosen = [0, Math.floor(shots.length / 2), shots.length - 1].flatMap((index) => shots[index] ?? []);
  const pixels = Buffer.concat(chosen.map(({ png }) => PNG.sync.read(png).data));
  return gifenc.quantize(pixels.subarray(0, pixels.length - (pixels.length % BYTES)), COLOURS);
}

function onlyChanges(colours: Uint8Array, before: Uint8Array): Uint8Array {
  return colours.map((colour, index) => (colour === before[index] ? AS_BEFORE : colour));
}
