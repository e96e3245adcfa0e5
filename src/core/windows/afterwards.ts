import { type MonoTypeOperatorFunction, Observable } from 'rxjs';

/** Like `tap`, but the effect comes after everybody downstream has dealt with the value. */
export function afterwards<T>(effect: (value: T) => void): MonoTypeOperatorFunction<T> {
  return (source) =>
    new Observable((subscriber) =>
      source.subscribe({
        next: (value) => {
          subscriber.next(value);
          effect(value);
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      }),
    );
}
