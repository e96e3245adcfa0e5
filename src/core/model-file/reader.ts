/** A part of a file that a parser wants to see. */
export interface ReadRequest {
  readonly position: number;
  readonly length: number;
}

/** A parser that does not know where bytes come from: it yields what it wants to read and is given it. */
export type Parsing<T> = Generator<ReadRequest, T, DataView>;

/** The file's structure is wrong: `truncated` if it ended before its structure did, else `corrupt`. */
export class ModelFormatError extends Error {
  override readonly name = 'ModelFormatError';
  constructor(
    readonly kind: 'truncated' | 'corrupt',
    message: string,
  ) {
    super(message);
  }
}

/** The vocabulary of a model takes a few blocks of this size; the header of a tensor wastes little of one. */
const BLOCK_BYTES = 16 * 1024;
const INT32_BYTES = 4;

/** Reads little-endian integers in order through one block of buffer, skipping over the data between. */
export class BlockReader {
  private position = 0;
  private block: DataView = new DataView(new ArrayBuffer(0));
  private blockStart = 0;

  /** @param size of the file in bytes */
  constructor(private readonly size: number) {}

  get atEnd(): boolean {
    return this.position === this.size;
  }

  /** The next signed 32-bit integer. */
  *int32(): Parsing<number> {
    this.require(INT32_BYTES);
    const offset = this.position - this.blockStart;
    if (offset < 0 || offset + INT32_BYTES > this.block.byteLength) {
      this.blockStart = this.position;
      this.block = yield {
        position: this.position,
        length: Math.min(BLOCK_BYTES, this.size - this.position),
      };
      if (this.block.byteLength < INT32_BYTES)
        throw new ModelFormatError('truncated', 'it shrank while it was read');
    }
    const value = this.block.getInt32(this.position - this.blockStart, true);
    this.position += INT32_BYTES;
    return value;
  }

  /** Passes over `bytes` bytes, which must exist. */
  skip(bytes: number): void {
    this.require(bytes);
    this.position += bytes;
  }

  private require(bytes: number): void {
    const missing = this.position + bytes - this.size;
    if (missing > 0)
      throw new ModelFormatError('truncated', `at least ${missing} bytes are missing at its end`);
  }
}
