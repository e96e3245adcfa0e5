import { connect, filter, merge, mergeMap, type Observable } from 'rxjs';
import { Windower } from '../windows/windower';
import type { ListenEvent } from './listen';
import { isSpeech, isUtterance, type Step } from './steps';
import type { Strategy, StrategyContext } from './strategies/strategy';

/**
 * All that happens in a dictation, in order: what is heard first, then the windows it opens and what the models make of them.
 * @param heard$ what listening tells; subscribed to once
 */
export function stepsOf(
  heard$: Observable<ListenEvent>,
  strategy: Strategy,
  context: StrategyContext,
): Observable<Step> {
  const windower = new Windower(context.policy.speculate);
  return heard$.pipe(
    mergeMap((event): Step[] => (isUtterance(event) ? windower.push(event) : [event])),
    connect((shared$) => merge(shared$, strategy.transcribe(shared$.pipe(filter(isSpeech)), context))),
  );
}
