import { DEFAULT_LISTENING } from '../core/audio/defaults';
import { STRATEGY_NAMES } from '../core/session/strategies/names';
import { TRUST_NOTHING } from '../core/session/strategies/trust';
import { RULE_IDS } from '../core/text/rules/types';

/**
 * Where a setting may be set: `application` for programs, paths, devices, addresses and all else that no workspace may choose. It
 * is the user's own settings on the computer that VS Code runs on, and those alone. Not `machine`: in a window that works on another
 * computer VS Code takes such settings from that one, which would choose models and microphones of this one, and the definition
 * of a container, which a repository brings along, may write them. Like those, they are not synchronised.
 */
export type SettingScope = 'application' | 'window';

/** One setting: its default, and a reader that makes something usable of whatever stands in a settings file. */
export interface Setting<T> {
  readonly default: T;
  readonly scope: SettingScope;
  /** Only the user's own settings are read, whatever else holds a value. */
  readonly userOnly?: true;
  read(value: unknown): T;
}

const { gain, gate, vad } = DEFAULT_LISTENING;

/** The one list of settings, without the prefix `tandem.`; the manifest is tested against it. */
export const SETTINGS = {
  'microphone.recorder': choice(['auto', 'sox', 'rec', 'arecord'], 'auto', 'application'),
  'microphone.device': text('', 'application'),
  'models.fast': text('', 'application'),
  'models.heavy': text('', 'application'),
  'models.mirror': text('', 'application'),
  // Not a workspace's choices: how much is confirmed, and what the machine can bear.
  strategy: choice(STRATEGY_NAMES, 'tandem', 'application'),
  skipConfirmAbove: number(TRUST_NOTHING, 0, 1, 'application'),
  language: text('en', 'window'),
  'draft.maxLength': integer(100, 20, 500, 'window'),
  'draft.style': choice(['decoration', 'inline'], 'decoration', 'window'),
  'draft.settle': choice(['all', 'corrections', 'off'], 'all', 'window'),
  // Not a workspace's choice: zero deletes what is kept of all windows.
  'history.size': integer(50, 0, 1_000, 'application'),
  'engine.fastThreads': integer(0, 0, 64, 'application'),
  'engine.heavyThreads': integer(0, 0, 64, 'application'),
  'engine.idleRelease': number(5, 0, 1_440, 'application'),
  stopAfterSilence: number(0, 0, 600, 'window'),
  'anchor.mark': choice(['gutter', 'line', 'none'], 'gutter', 'window'),
  'accessibility.announce': choice(['auto', 'on', 'off'], 'auto', 'window'),
  vocabulary: list('window'),
  projectNames: choice(['off', 'openFiles', 'workspace'], 'workspace', 'window'),
  // Not a workspace's choice: they decide whether and where to text is sent.
  'cleanup.provider': choice(['off', 'vscode', 'endpoint'], 'off', 'application'),
  'cleanup.endpoint': text('', 'application'),
  'cleanup.model': text('', 'application'),
  'cleanup.timeout': integer(4_000, 500, 30_000, 'application'),
  'log.level': choice(['off', 'error', 'warn', 'info', 'debug'], 'info', 'window'),
  'text.symbols': choice(['off', 'prose-safe', 'always'], 'prose-safe', 'window'),
  'text.rules': switches(RULE_IDS, 'window'),
  'text.wrapAtRuler': flag(false, 'window'),
  'voiceCommands.enabled': flag(true, 'window'),
  'voiceCommands.disabled': nameList('window'),
  // A phrase may run any command: never from a workspace.
  'voiceCommands.custom': userRecord(),
  'listening.gain.enabled': flag(gain.enabled, 'window'),
  'listening.gain.targetPeak': number(gain.targetPeak, 0.1, 1, 'window'),
  'listening.gain.max': number(gain.maxGain, 1, 64, 'window'),
  'listening.gate.enabled': flag(gate.enabled, 'window'),
  'listening.gate.threshold': number(gate.threshold, 0, 0.5, 'window'),
  'listening.speech.on': number(vad.on, 0.05, 0.99, 'window'),
  'listening.speech.off': number(vad.off, 0.01, 0.95, 'window'),
  'listening.speech.onsetFrames': integer(vad.onsetFrames, 1, 20, 'window'),
  'listening.preRoll': number(vad.preRollMs, 0, 2_000, 'window'),
  // Four frames: a window may begin 100 ms before the end of the one at a pause, and no word may lie there.
  'listening.pause': number(vad.pauseMs, 128, 2_000, 'window'),
  'listening.endOfUtterance': number(vad.endMs, 200, 5_000, 'window'),
  'listening.longestUtterance': number(vad.splitMs, 3_000, 28_000, 'window'),
  'listening.splitSearch': number(vad.splitSearchMs, 0, 10_000, 'window'),
  'listening.stopTail': number(vad.stopTailMs, 0, 2_000, 'window'),
} as const;

/** Name of a setting without the prefix `tandem.`. */
export type SettingName = keyof typeof SETTINGS;
/** Every setting with its value. */
export type Settings = { readonly [Name in SettingName]: (typeof SETTINGS)[Name]['default'] };

function choice<const T extends string>(values: readonly T[], byDefault: T, scope: SettingScope): Setting<T> {
  return { default: byDefault, scope, read: (value) => values.find((one) => one === value) ?? byDefault };
}

function text(byDefault: string, scope: SettingScope): Setting<string> {
  return {
    default: byDefault,
    scope,
    read: (value) => (typeof value === 'string' ? value.trim() : byDefault),
  };
}

/** A list of anything: whoever uses it tells what is wrong with its entries. */
function list(scope: SettingScope): Setting<readonly unknown[]> {
  const byDefault: readonly unknown[] = [];
  return {
    default: byDefault,
    scope,
    read: (value) => (Array.isArray(value) && value.length > 0 ? value : byDefault),
  };
}

function flag(byDefault: boolean, scope: SettingScope): Setting<boolean> {
  return { default: byDefault, scope, read: (value) => (typeof value === 'boolean' ? value : byDefault) };
}

/** Switches by name, all on unless one is off; VS Code shows them as boxes to tick. */
function switches<const T extends string>(
  names: readonly T[],
  scope: SettingScope,
): Setting<Readonly<Record<T, boolean>>> {
  const byDefault = Object.fromEntries(names.map((name) => [name, true])) as Record<T, boolean>;
  return {
    default: byDefault,
    scope,
    read: (value) => {
      if (typeof value !== 'object' || value === null) return byDefault;
      const off = names.filter((name) => (value as Partial<Record<T, unknown>>)[name] === false);
      return off.length === 0
        ? byDefault
        : { ...byDefault, ...Object.fromEntries(off.map((name) => [name, false])) };
    },
  };
}

/** Names; whatever else stands in the list is left out. */
function nameList(scope: SettingScope): Setting<readonly string[]> {
  const byDefault: readonly string[] = [];
  const isName = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
  return {
    default: byDefault,
    scope,
    read: (value) => {
      const names = Array.isArray(value) ? value.filter(isName).map((name) => name.trim()) : [];
      return names.length > 0 ? names : byDefault;
    },
  };
}

/** Values by name from the user's own settings; whoever uses them checks them. */
function userRecord(): Setting<Readonly<Record<string, unknown>>> {
  const byDefault: Readonly<Record<string, unknown>> = {};
  const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
  return {
    default: byDefault,
    scope: 'application',
    userOnly: true,
    read: (value) => (isRecord(value) ? value : byDefault),
  };
}

/** A number between `min` and `max`; what lies outside is pulled to the nearest limit. */
function number(byDefault: number, min: number, max: number, scope: SettingScope): NumberSetting {
  return {
    default: byDefault,
    scope,
    min,
    max,
    read: (value) =>
      typeof value === 'number' && Number.isFinite(value) ? Math.min(max, Math.max(min, value)) : byDefault,
  };
}

/** Like {@link number}, for what is counted: VS Code marks fractions in a settings file as wrong, but hands them over; they are rounded. */
function integer(byDefault: number, min: number, max: number, scope: SettingScope): NumberSetting {
  const setting = number(byDefault, min, max, scope);
  return { ...setting, isInteger: true, read: (value) => Math.round(setting.read(value)) };
}

/** A number with its limits. */
export interface NumberSetting extends Setting<number> {
  readonly min: number;
  readonly max: number;
  /** Only whole numbers make sense. */
  readonly isInteger?: true;
}
