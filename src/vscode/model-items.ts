import type { Advice } from '../core/machine/recommend';
import type { StoredModel } from '../core/ports';
import type { Translate } from './l10n-templates';

/** A group of the list of models. */
export type ModelGroup = 'recommended' | 'installed' | 'other';

/** How one model is shown. */
export interface ModelLine {
  readonly model: StoredModel;
  readonly group: ModelGroup;
  readonly label: string;
  readonly description: string;
  readonly detail: string;
}

const MEGABYTE = 1_000_000;
const GIGABYTE = 1_000_000_000;
const MIB = 1_048_576;
/** A model that knows so many languages knows "many": nobody reads a list of a hundred. */
const NAMED_LANGUAGES = 3;

/** Size of a file for people: decimal, like every download page. */
export function sizeText(bytes: number): string {
  if (bytes >= GIGABYTE) return `${(bytes / GIGABYTE).toFixed(2)} GB`;
  return `${Math.max(1, Math.round(bytes / MEGABYTE))} MB`;
}

/**
 * The list of models: what is recommended for this machine first, then what is installed, then the rest. Pure.
 * @param inUse names of the models that dictation uses now
 */
export function modelLines(
  models: readonly StoredModel[],
  advice: readonly Advice[],
  inUse: ReadonlySet<string>,
  t: Translate,
): readonly ModelLine[] {
  const best = advice.find(({ verdict }) => verdict === 'recommended');
  const groupOf = (model: StoredModel): ModelGroup => {
    if (model.name === best?.fast || model.name === best?.heavy) return 'recommended';
    return isThere(model) || model.state === 'broken' ? 'installed' : 'other';
  };
  const lines = models.map((model) => ({
    model,
    group: groupOf(model),
    label: `${icon(model)} ${model.name}`,
    description: [rolesText(model, t), sizeText(model.bytes), languagesText(model, t), stateText(model, t)]
      .concat(inUse.has(model.name) ? [t('in use')] : [])
      .filter((part) => part !== '')
      .join(' · '),
    detail: detailText(model, advice, t),
  }));
  return (['recommended', 'installed', 'other'] as const).flatMap((group) =>
    lines.filter((line) => line.group === group),
  );
}

/** True if dictation can use the model at once. */
export function isThere({ state }: StoredModel): boolean {
  return state === 'installed' || state === 'custom' || state === 'embedded';
}

function icon(model: StoredModel): string {
  if (model.state === 'broken') return '$(warning)';
  if (model.state === 'partial') return '$(debug-pause)';
  return isThere(model) ? '$(check)' : '$(cloud-download)';
}

function rolesText({ roles }: StoredModel, t: Translate): string {
  if (roles.length > 1) return t('drafts or confirms');
  return roles.includes('fast') ? t('drafts') : t('confirms');
}

function languagesText({ languages }: StoredModel, t: Translate): string {
  if (languages.length > NAMED_LANGUAGES) return t('{0} languages', languages.length);
  return languages.join(', ');
}

function stateText({ state, receivedBytes, bytes }: StoredModel, t: Translate): string {
  switch (state) {
    case 'partial':
      return t('{0} % downloaded', Math.floor((receivedBytes / bytes) * 100));
    case 'broken':
      return t('damaged: download it again');
    case 'custom':
      return t('from a file');
    case 'embedded':
      return t('built in, for a first try');
    case 'installed':
    case 'absent':
      return '';
  }
}

/** What a pair with this model would mean on this machine. */
function detailText(model: StoredModel, advice: readonly Advice[], t: Translate): string {
  const of = advice.find(({ fast, heavy }) => fast === model.name || heavy === model.name);
  const memory = t('needs about {0} of memory', sizeText(model.ramMiB * MIB));
  if (!of) return memory;
  const reason = {
    recommended: t('recommended for this machine'),
    suits: t('suits this machine'),
    language: t('does not know the language you have set'),
    memory: t('needs more memory than this machine can spare'),
    cores: t('needs more processor cores than this machine has'),
    slow: t('slower than speech on this machine'),
  }[of.verdict];
  return `${reason} · ${memory}`;
}
