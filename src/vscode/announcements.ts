import type { Translate } from './l10n-templates';
import { unmarkedPlace, type StatusInput } from './status-view';
import type { TakeStatus } from './take-status';

/** What a screen reader should say of the step from one state to the next; empty for nothing. Pure. */
export function announcements(before: StatusInput, now: StatusInput, t: Translate): readonly string[] {
  const said: string[] = [];
  const [was, is] = [isListening(before), isListening(now)];
  if (!was && is) said.push(startText(now, t));
  const { take } = now;
  const earlier = before.take?.written.count ?? 0;
  if (take && take.written.count > earlier) said.push(writtenText(take.written.text, t));
  if (take && take.told.count > (before.take?.told.count ?? 0)) said.push(commandText(take.told, t));
  for (const warning of take?.warnings ?? []) {
    if (warning === 'silent-microphone' && !before.take?.warnings.includes(warning))
      said.push(t('The microphone delivers no sound'));
  }
  if (was && !is) said.push(t('Dictation has stopped'));
  if (now.failure && now.failure !== before.failure) said.push(t('Dictation failed'));
  return said.filter((one) => one !== '');
}

/** Written text on one line. White space cannot be heard: a line that was begun is told by name, a blank is no news. */
function writtenText(text: string, t: Translate): string {
  const words = text.replace(/\s+/gu, ' ').trim();
  if (words !== '') return words;
  return text.includes('\n') ? t('New line') : '';
}

/** Names the place if it is no editor. */
function startText(now: StatusInput, t: Translate): string {
  const place = unmarkedPlace(now);
  const listens = t('Dictation listens');
  return place === undefined ? listens : `${listens}. ${t('Into: {0}', place)}`;
}

/** What is told of a voice command: that it was understood, or why it did nothing. */
export function commandText(told: Pick<TakeStatus['told'], 'phrase' | 'outcome'>, t: Translate): string {
  const phrase = told.phrase.replace(/[\s.,!?]+$/u, '');
  return told.outcome ?? t('Voice command: {0}', phrase);
}

/** True once words are heard and their drafts are on the way. */
function isListening({ take }: StatusInput): boolean {
  return take?.phase === 'listening' || take?.phase === 'loading';
}
