import type { UtteranceEvent } from '../model';
import type { SessionEvent } from '../session-types';
import type { TranscriptInput } from '../transcript/state';
import type { TranscriberEvent } from '../windows/transcriber';
import type { SpeechEvent } from '../windows/windower';
import type { ListenEvent } from './listen';

/** One thing that happened in a session, in the order in which it is dealt with. */
export type Step = ListenEvent | SpeechEvent | TranscriberEvent;

/** Failed calls that nothing else tells of; deaths of an engine are told by its state. */
const TOLD_CALL_FAILURE = 'engine-failed';

/** True for what happens to utterances and their windows. */
export function isSpeech(step: Step): step is SpeechEvent {
  switch (step.type) {
    case 'utterance-start':
    case 'utterance-audio':
    case 'utterance-pause':
    case 'utterance-resume':
    case 'utterance-end':
    case 'window':
      return true;
    default:
      return false;
  }
}

/** True for what the segmenter tells. */
export function isUtterance(event: ListenEvent): event is UtteranceEvent {
  return isSpeech(event);
}

/** What the merge has to know of a step. */
export function toInput(step: Step): TranscriptInput | undefined {
  switch (step.type) {
    case 'utterance-start':
    case 'utterance-end':
    case 'heard':
    case 'dropped':
    case 'trusted':
    case 'unconfirmed':
      return step;
    default:
      return undefined;
  }
}

/** What a step tells the outside by itself, without the merge. */
export function toSessionEvents(step: Step): readonly SessionEvent[] {
  switch (step.type) {
    case 'level':
    case 'warning':
      return [step];
    case 'utterance-start': {
      const { utteranceId, start } = step;
      return [{ type: 'utterance', utteranceId, phase: 'start', start, end: start }];
    }
    case 'utterance-end': {
      const { utteranceId, range, speechEnd } = step;
      return [
        { type: 'utterance', utteranceId, phase: 'end', start: range.start, end: range.end, speechEnd },
      ];
    }
    case 'failed':
      return step.error.code === TOLD_CALL_FAILURE ? [{ type: 'problem', error: step.error }] : [];
    default:
      return [];
  }
}
