import type { TextDocument } from 'vscode';
import type { ResolvedModel } from '../core/ports';
import type { Translate } from './l10n-templates';
import { levelBar } from './level-bars';
import { seconds, warningTexts, type StatusTexts } from './status-texts';
import { tooltipOf } from './status-tooltip';
import type { TakeStatus } from './take-status';

/** All that the status bar item depends on. */
export interface StatusInput {
  /** The dictation that listens or, if none does, the one that is being confirmed; `undefined` when idle. */
  readonly take: TakeStatus | undefined;
  /** Where its sound comes from, e.g. `microphone (arecord)`. */
  readonly source: string | undefined;
  /** The models of the latest dictation, one and the same object if one does both; `undefined` before the first one. */
  readonly models: { readonly fast: ModelUse; readonly heavy: ModelUse } | undefined;
  /** Where its next word will land. */
  readonly place?: { readonly document: TextDocument; readonly offset: number } | undefined;
  /** The computer whose microphone is heard, if that may not be the one in front of the user. */
  readonly computer?: string | undefined;
  /** What its words go into: a file name, `terminal bash`. */
  readonly into?: string | undefined;
  /** False while no editor shows the place. */
  readonly inSight?: boolean;
  /** What ended the latest dictation, if it failed. */
  readonly failure: string | undefined;
}

/** The part of a model that is shown. */
export type ModelUse = Pick<ResolvedModel, 'name' | 'origin'>;

/** How the item looks. `tooltip` is Markdown with command links. */
export interface StatusView {
  readonly text: string;
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly label: string;
  /** Colour is for what needs attention only. */
  readonly severity: 'none' | 'warning' | 'error';
}

/** Confirmation that lags less than this is not worth a figure. */
const SHOWN_LAG_MS = 1_000;

/** Characters of a place's name that a laptop's status bar has room for. */
const LONGEST_NAME = 24;

/** Draws the status bar item. Pure. */
export function statusView(input: StatusInput, texts: StatusTexts): StatusView {
  const headline = headlineOf(input, texts.t);
  return { ...withPlace(headline, input, texts.t), tooltip: tooltipOf(input, headline.label, texts) };
}

/** Where words will land, if that is to be named because nothing marks it; `undefined` while nobody dictates. */
export function unmarkedPlace({ take, place, into, inSight = true }: StatusInput): string | undefined {
  return take && take.phase !== 'stopped' && !(place && inSight) ? into : undefined;
}

type Headline = Omit<StatusView, 'tooltip'>;

function withPlace(headline: Headline, input: StatusInput, t: Translate): Headline {
  const name = unmarkedPlace(input);
  if (name === undefined) return headline;
  const short = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
  return {
    ...headline,
    // `$(` begins an icon in a status bar.
    text: `${headline.text} $(arrow-right) ${short.replaceAll('$(', '$ (')}`,
    label: `${headline.label}. ${t('Into: {0}', name)}`,
  };
}

function headlineOf({ take, failure }: StatusInput, t: Translate): Headline {
  const name = t('Dictation');
  if (!take || take.phase === 'stopped') {
    if (failure) return { text: `$(error) ${name}`, label: t('Dictation failed'), severity: 'error' };
    return { text: `$(mic) ${name}`, label: t('Dictation is off'), severity: 'none' };
  }
  switch (take.phase) {
    case 'starting':
      return {
        text: `$(loading~spin) ${t('Starting')}`,
        label: t('Dictation is starting'),
        severity: 'none',
      };
    case 'loading':
      return {
        text: `$(loading~spin) ${t('Loading models {0} %', Math.round((take.loaded ?? 0) * 100))} ${meter(take)}`,
        label: t('Dictation listens while its models are loading'),
        severity: 'none',
      };
    case 'stopping':
      return {
        text: `$(loading~spin) ${t('Confirming')}`,
        label: t('Dictation confirms the last words'),
        severity: 'none',
      };
    case 'listening':
      return listeningHeadline(take, t);
  }
}

function listeningHeadline(take: TakeStatus, t: Translate): Headline {
  const [warning] = take.warnings;
  if (warning) {
    const { icon, short, long } = warningTexts(warning, t);
    return {
      text: `${icon} ${short} ${meter(take)}`,
      label: `${t('Dictation listens')}. ${long}`,
      severity: 'warning',
    };
  }
  if (take.problem) {
    return {
      text: `$(warning) ${t('Dictation')} ${meter(take)}`,
      label: t('Dictation has a problem'),
      severity: 'warning',
    };
  }
  const lag = take.pending && take.lagMs >= SHOWN_LAG_MS ? ` ${seconds(take.lagMs)}` : '';
  const [icon, label] = activity(take, t);
  return { text: `${icon} ${meter(take)}${lag}`, label, severity: 'none' };
}

function activity(
  { speaking, pending, cleaning }: TakeStatus,
  t: Translate,
): readonly [icon: string, label: string] {
  if (speaking && pending) return ['$(edit)', t('Dictation hears you and drafts')];
  if (speaking) return ['$(record)', t('Dictation hears you')];
  if (cleaning) return ['$(sparkle)', t('Dictation tidies up your words')];
  if (pending) return ['$(sync~spin)', t('Dictation confirms your words')];
  return ['$(mic-filled)', t('Dictation listens')];
}

function meter(take: TakeStatus): string {
  return take.meter.bars.map(levelBar).join('');
}
