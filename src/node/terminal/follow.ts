import type { DictationError } from '../../core/errors';
import { DisposalList } from '../../core/lifetime';
import type { Session, SessionEvent } from '../../core/session-types';
import { onInterrupt } from './interrupt';

/**
 * Runs the session to its end. The first interruption stops listening and lets what is pending be confirmed, a second
 * one ends at once; so does a reader that went away (`dictate | head`).
 * @param stdout where the text goes; an error of it means that its reader went away
 * @param observe told of every event, before the session goes on
 * @returns true if it was ended before everything was confirmed
 * @throws DictationError what ended the session early
 */
export async function follow(
  session: Session,
  stdout: NodeJS.WriteStream,
  observe: (event: SessionEvent) => void,
): Promise<boolean> {
  const ending = new DisposalList();
  try {
    return await new Promise<boolean>((resolve, reject) => {
      const subscription = session.events$.subscribe({
        next: observe,
        error: (error: DictationError) => reject(error),
        complete: () => resolve(false),
      });
      ending.add(() => subscription.unsubscribe());
      ending.add(
        onInterrupt(
          () => session.stop(),
          () => resolve(true),
        ),
      );
      const readerGone = () => resolve(false);
      stdout.on('error', readerGone);
      ending.add(() => void stdout.off('error', readerGone));
    });
  } finally {
    await ending.dispose();
  }
}
