import type { DictatedLine } from '../core/text/dictated-line';
import { t } from './l10n';
import type { LineSink } from './line-sink';
import type { EditingAction } from './voice/editing';
import type { Outcome } from './voice/voice-place';

/**
 * Carries out a voice command on a line that cannot be read: only what was dictated can be taken back, from its end.
 * @returns why nothing was done, for the user
 */
export async function editLine(action: EditingAction, line: DictatedLine, sink: LineSink): Promise<Outcome> {
  switch (action.type) {
    case 'scratch-that':
      return takeBack(line.lastUtterance, t('Nothing was dictated here that this could mean.'), line, sink);
    case 'delete-words':
      return takeBack(
        line.lastWords(action.count),
        t('There is no word before the place where the text lands.'),
        line,
        sink,
      );
    case 'undo':
      return stepBack(line, sink);
    default:
      return sink.takeBack
        ? t('Here only what was dictated can be taken back by voice.')
        : t('This voice command works in documents only.');
  }
}

/** @param nothing what to say if there is no such text */
async function takeBack(text: string, nothing: string, line: DictatedLine, sink: LineSink): Promise<Outcome> {
  if (!sink.takeBack) return t('What was said cannot be taken back here.');
  if (text === '') return nothing;
  const outcome = await sink.takeBack(text);
  if (outcome === undefined) line.tookBack(text.length);
  return outcome;
}

async function stepBack(line: DictatedLine, sink: LineSink): Promise<Outcome> {
  const step = line.stepBack;
  if (!sink.takeBack) return t('What was said cannot be taken back here.');
  if (!step) return t('There is nothing to undo.');
  const outcome =
    step.type === 'take-back'
      ? await sink.takeBack(step.text)
      : (await sink.deliver(step.text)) && t('The place you dictate into is not in front.');
  if (outcome === undefined && line.stepBack) line.steppedBack();
  return outcome;
}
