/** Something that is made when it is first asked for, and once. */
export class Late<T> {
  private made: Promise<T> | undefined;

  /** @param make called once; after a failure, which is forgotten, once more by the next who asks */
  constructor(private readonly make: () => Promise<T>) {}

  /** True once somebody has asked, unless it has failed since. */
  get wanted(): boolean {
    return this.made !== undefined;
  }

  /** The same for everybody; rejects with what {@link make} failed with. */
  get(): Promise<T> {
    this.made ??= this.make().catch((error: unknown) => {
      this.made = undefined;
      throw error;
    });
    return this.made;
  }
}
