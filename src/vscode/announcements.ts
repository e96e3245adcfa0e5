import type { Translate } from './l10n-templates';
import type { StatusInput } from './status-view';

/** What a screen reader should say of the step from one state to the next; empty for nothing. Pure. */
export function announcements(before: StatusInput, now: StatusInput, t: Translate): readonly string[] {
  const said: string[] = [];
  const [was, is] = [isListening(before), isListening(now)];
  if (!was && is) said.push(t('Dictation listens'));
  const { take } = now;
  const earlier = before.take?.confirmed.count ?? 0;
  if (take && take.confirmed.count > earlier) said.push(take.confirmed.text.trim());
  for (const warning of take?.warnings ?? []) {
    if (warning === 'silent-microphone' && !before.take?.warnings.includes(warning))
      said.push(t('The microphone delivers no sound'));
  }
  if (was && !is) said.push(t('Dictation has stopped'));
  if (now.failure && now.failure !== before.failure) said.push(t('Dictation failed'));
  return said;
}

/** True once words are heard and their drafts are on the way. */
function isListening({ take }: StatusInput): boolean {
  return take?.phase === 'listening' || take?.phase === 'loading';
}
