import { KEEPS_UP_MS } from '../core/machine/recommend';
import type { EngineReport } from '../core/ports';
import type { Translate } from './l10n-templates';
import { manageModels } from './setup-fixes';
import type { Finding } from './setup-results';

/** A fast model has to answer four times a second with windows of several seconds. */
const DRAFTS_KEEP_UP_MS = 80;
/** A sound model hears at least this share of the bundled recording right, a clearly spoken sentence; a broken one, none. */
const UNDERSTANDS = 0.5;

/** The models were given a sentence that is known: did they hear it? Pure. */
export function judgeHearing(measured: readonly EngineReport[], t: Translate): Finding {
  const deaf = measured.filter(({ heard }) => heard.right < UNDERSTANDS * heard.words);
  if (deaf.length === 0) {
    const loads = measured.map(({ model, loadMs, variant }) =>
      t('{0} loaded in {1} ms ({2})', model, loadMs, variant),
    );
    return { state: 'ok', detail: loads.join('; ') };
  }
  const found = deaf.map(({ model, heard: { right, words } }) =>
    t('{0} heard {1} of {2} words of a test sentence right.', model, right, words),
  );
  const advice = t('The file may be damaged, or not fit this engine: choose another model.');
  return { state: 'failed', detail: [...found, advice].join(' '), fix: manageModels(t) };
}

/** Are they fast enough for text that does not lag behind? Pure. */
export function judgeSpeed(measured: readonly EngineReport[], t: Translate): Finding {
  const figures = measured
    .map(({ model, msPerSecond }) => t('{0}: {1} ms for a second of speech', model, msPerSecond))
    .join('; ');
  const slow = measured.some(
    ({ role, msPerSecond }) => msPerSecond > (role === 'fast' ? DRAFTS_KEEP_UP_MS : KEEPS_UP_MS),
  );
  if (!slow) return { state: 'ok', detail: figures };
  const advice = t('Slower than speech needs: text will lag behind. Choose smaller models.');
  return { state: 'warning', detail: `${figures}. ${advice}`, fix: manageModels(t) };
}
