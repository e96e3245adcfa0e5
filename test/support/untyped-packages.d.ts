// The parts that are used of packages that come without types.
declare module 'js-yaml' {
  /** Parses one YAML document; throws on errors. */
  export function load(text: string): unknown;
}

declare module 'pngjs' {
  /** Decoded picture: `data` has 4 bytes (RGBA) a pixel. */
  export interface Picture {
    readonly width: number;
    readonly height: number;
    readonly data: Buffer;
  }
  export const PNG: { readonly sync: { read(file: Buffer): Picture } };
}

declare module 'gifenc' {
  export type Palette = number[][];
  export interface Encoder {
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: {
        palette?: Palette;
        delay?: number;
        transparent?: boolean;
        transparentIndex?: number;
        dispose?: number;
      },
    ): void;
    finish(): void;
    bytes(): Uint8Array;
  }
  const gifenc: {
    GIFEncoder(): Encoder;
    quantize(rgba: Uint8Array, maxColors: number): Palette;
    applyPalette(rgba: Uint8Array, palette: Palette): Uint8Array;
  };
  export default gifenc;
}
