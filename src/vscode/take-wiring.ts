import { type DictationError, errorPlace } from '../core/errors';
import type { Log } from '../core/ports';
import type { History } from './history';
import type { Take } from './take';
import type { TakeEvents, TakeVoice } from './take-events';
import type { Obstacle } from './target';
import type { TextKeeper } from './text-keeper';
import type { VoiceControl } from './voice/voice-control';

/** Where the things go that a dictation tells. */
export interface TakeWiring {
  readonly history: Pick<History, 'add' | 'setDraft' | 'setUnfinished'>;
  readonly keeper: Pick<TextKeeper, 'keep'>;
  readonly log: Log;
  /** Voice commands; without it everything that is said is text. */
  readonly voice?: Pick<VoiceControl, 'matcher' | 'run' | 'tell'> | undefined;
  readonly changed: () => void;
  readonly report: (error: DictationError) => void;
  /** Stops `take`, and no other that was started since. */
  readonly stopOnly: (take: Take) => void;
}

const OBSTACLES: Readonly<Record<Obstacle, string>> = {
  closed: 'The file you dictated into was closed.',
  refused: 'The file you dictated into could not be edited.',
  'terminal-closed': 'The terminal you dictated into was closed.',
  'terminal-left': 'Another terminal is active than the one you dictated into.',
  'terminal-hidden': 'The terminal you dictated into is behind another tab.',
  'input-left': 'The input you dictated into is not in front.',
  'input-refused': 'The input you dictated into took no text.',
  failed: 'Something went wrong while your words were written.',
};

/** Problems that mend themselves (the process starts again, the call is repeated): log and status bar are enough. */
const PASSING_PROBLEMS: ReadonlySet<string> = new Set([
  'engine-crashed',
  'engine-deadline',
  'engine-failed',
  'cleanup-timeout',
  'cleanup-refused',
]);

/** @param take the dictation itself; not asked before it tells something */
export function takeEvents(wiring: TakeWiring, take: () => Take): TakeEvents {
  const { history, keeper, log } = wiring;
  const notified = new Set<string>();
  const withPlace = (text: string) => ({ text, ...take().target.place });
  return {
    changed: wiring.changed,
    problem: (error) => {
      const known = PASSING_PROBLEMS.has(error.code) || notified.has(error.code);
      notified.add(error.code);
      if (known) log.warn(`${error.area}/${error.code}: ${error.userText}`);
      else wiring.report(error);
    },
    unsaved: (text) => history.setDraft(take(), withPlace(text)),
    unfinished: (text) => history.setUnfinished(take(), withPlace(text)),
    inserted: (text) => history.add(withPlace(text), 'inserted', take()),
    tidied: (text) => history.add(withPlace(text), 'heard'),
    closed: () => wiring.stopOnly(take()),
    failed: (cause) => log.error(`Dictation failed: ${errorPlace(cause)}`),
    undelivered: (text, obstacle, cause) => {
      if (cause !== undefined) log.error(`Words could not be written: ${errorPlace(cause)}`);
      keeper.keep(withPlace(text), OBSTACLES[obstacle], 'warning');
    },
  };
}

/** @param take the dictation itself; not asked before it tells something */
export function takeVoice({ voice, history, stopOnly }: TakeWiring, take: () => Take): TakeVoice | undefined {
  if (!voice) return undefined;
  return {
    matcher: (detected) => voice.matcher(detected),
    asked: (action) => {
      if (action.type !== 'stop-dictation' && action.type !== 'stop-listening') return voice.run(action);
      stopOnly(take());
      return Promise.resolve(undefined);
    },
    told: (phrase, outcome) => voice.tell(phrase, outcome),
    // No offer: who stops dictation and talks on does not mean to dictate that.
    overheard: (text) => history.add({ text, ...take().target.place }, 'kept'),
  };
}
