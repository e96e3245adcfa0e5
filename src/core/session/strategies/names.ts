/** The ways to combine the models: what each does stands at its strategy. The first is the default. */
export const STRATEGY_NAMES = ['tandem', 'cascaded', 'single'] as const;

/** Name of a way to combine the models. */
export type StrategyName = (typeof STRATEGY_NAMES)[number];
