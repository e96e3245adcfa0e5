import { cascaded } from './cascaded';
import type { StrategyName } from './names';
import { single } from './single';
import type { Strategy } from './strategy';
import { tandem } from './tandem';

/** Every way to combine the models. */
export const STRATEGIES: Readonly<Record<StrategyName, Strategy>> = { tandem, cascaded, single };
