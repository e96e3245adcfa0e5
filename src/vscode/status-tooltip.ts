import type { ModelOrigin } from '../core/ports';
import { COMMANDS } from './command-ids';
import type { Translate } from './l10n-templates';
import { seconds, warningTexts, type StatusTexts } from './status-texts';
import type { ModelUse, StatusInput } from './status-view';

/** What is known of the dictation, its models and its microphone, with links to what can be done: Markdown. */
export function tooltipOf(
  { take, source, into, models, failure, computer }: StatusInput,
  label: string,
  { t, translated }: StatusTexts,
): string {
  const lines = [`**${label}**`];
  if (!take && failure) lines.push(escape(translated(failure)));
  if (take?.problem) lines.push(escape(translated(take.problem)));
  for (const warning of take?.warnings ?? []) lines.push(warningTexts(warning, t).long);
  if (take && !take.verifying) lines.push(t('The heavy model is out of order: drafts are kept unconfirmed.'));
  if (take && take.unverified > 0) {
    lines.push(
      take.unverified === 1
        ? t('One utterance was inserted as drafted, without confirmation.')
        : t('{0} utterances were inserted as drafted, without confirmation.', take.unverified),
    );
  }
  if (take && into) lines.push(t('Into: {0}', escape(into)));
  if (take && source) lines.push(t('Sound: {0}', escape(source)));
  if (computer !== undefined) lines.push(t('Microphone of the computer {0}', escape(computer)));
  if (models) {
    const { fast, heavy } = models;
    lines.push(
      fast === heavy
        ? t('Drafts and confirms: {0}', modelLine(heavy, t))
        : `${t('Draft: {0}', modelLine(fast, t))}  \n${t('Confirm: {0}', modelLine(heavy, t))}`,
    );
  }
  if (take?.latencyMs !== undefined) lines.push(t('Confirmed {0} after you paused', seconds(take.latencyMs)));
  if (models && [models.fast, models.heavy].some((model) => model.origin === 'embedded')) {
    const download = `[${t('Download full models')}](command:${COMMANDS.downloadModels})`;
    lines.push(
      `${t('The built-in models know about a thousand words, enough for a first try.')} ${download}`,
    );
  }
  const click = take && take.phase !== 'stopping' ? t('Click to stop') : t('Click to start');
  const links = [
    `[${t('Check setup')}](command:${COMMANDS.checkSetup})`,
    `[${t('Show log')}](command:${COMMANDS.showLog})`,
  ];
  lines.push([click, ...links].join(' · '));
  return lines.join('\n\n');
}

function modelLine({ name, origin }: ModelUse, t: Translate): string {
  const where: Readonly<Record<ModelOrigin, string>> = {
    setting: t('chosen in the settings'),
    downloaded: t('downloaded'),
    embedded: t('built in'),
  };
  return `${escape(name)} (${where[origin]})`;
}

/** Keeps names and messages from being read as Markdown. */
function escape(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-!|<>~$]/g, '\\$&');
}
