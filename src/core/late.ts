/** Something that is made when it is first asked for, and once. */
export class Late<T> {
  private made: { readonly value: T } | undefined;

  /** @param make called once; after a failure once more by the next who asks */
  constructor(private readonly make: () => T) {}

  /** True once somebody has got it. */
  get wanted(): boolean {
    return this.made !== undefined;
  }

  /** The same for everybody; throws what {@link make} failed with. */
  get(): T {
    this.made ??= { value: this.make() };
    return this.made.value;
  }
}
