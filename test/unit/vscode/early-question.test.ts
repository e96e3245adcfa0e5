import { NEVER, type Observable, Subject, throwError } from 'rxjs';
import { expect, it } from 'vitest';
import type { Cleaner } from '../../../src/core/cleanup/cleaner';
import { DictationError } from '../../../src/core/errors';
import { askEarly } from '../../../src/vscode/cleanup/early-question';

const needing = (prepare?: () => Observable<never>): Cleaner => ({
  clean: () => NEVER,
  ...(prepare && { prepare }),
});

it('asks when the clean-up is switched on, no sooner, and goes on after whatever goes wrong', () => {
  const switched = new Subject<void>();
  const question = new Subject<never>();
  const reported: string[] = [];
  let cleaner: Cleaner | undefined = needing(() => question);
  const asking = askEarly(
    switched,
    () => cleaner,
    (error) => reported.push(error.code),
  );
  expect(question.observed).toBe(false);
  switched.next();
  expect(question.observed).toBe(true);

  cleaner = undefined;
  switched.next();
  expect(question.observed, 'switched off').toBe(false);
  cleaner = needing();
  switched.next();

  const no = new DictationError('cleanup', 'cleanup-consent', 'Consent was not given.');
  cleaner = needing(() => throwError(() => no));
  switched.next();
  cleaner = needing(() => {
    throw new Error('boom');
  });
  switched.next();
  expect(reported).toEqual(['cleanup-consent', 'cleanup-failed']);

  cleaner = needing(() => question);
  switched.next();
  expect(question.observed).toBe(true);
  asking.unsubscribe();
  expect([question.observed, switched.observed]).toEqual([false, false]);
});
