import * as vscode from 'vscode';
import type { ListeningOptions } from '../core/session-types';
import { SETTINGS, type Setting, type SettingName, type Settings } from './setting-list';

/** The prefix of all our settings. */
export const SECTION = 'tandem';

/** Reads every setting as it is now. */
export function readSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const names = Object.keys(SETTINGS) as SettingName[];
  return Object.fromEntries(names.map((name) => [name, read(configuration, name)])) as Settings;
}

/** Reads one setting as it is now. */
export function readSetting<Name extends SettingName>(name: Name): Settings[Name] {
  return read(vscode.workspace.getConfiguration(SECTION), name) as Settings[Name];
}

function read(configuration: vscode.WorkspaceConfiguration, name: SettingName): unknown {
  const setting: Setting<unknown> = SETTINGS[name];
  const value = setting.userOnly ? configuration.inspect(name)?.globalValue : configuration.get(name);
  return setting.read(value);
}

/** The settings of the listening stage in the shape that a session takes. */
export function listeningOptions(settings: Settings): ListeningOptions {
  return {
    gain: {
      enabled: settings['listening.gain.enabled'],
      targetPeak: settings['listening.gain.targetPeak'],
      maxGain: settings['listening.gain.max'],
    },
    gate: {
      enabled: settings['listening.gate.enabled'],
      threshold: settings['listening.gate.threshold'],
    },
    vad: {
      on: settings['listening.speech.on'],
      // Hysteresis: speech must not end at a higher probability than it begins.
      off: Math.min(settings['listening.speech.off'], settings['listening.speech.on']),
      onsetFrames: settings['listening.speech.onsetFrames'],
      preRollMs: settings['listening.preRoll'],
      pauseMs: settings['listening.pause'],
      endMs: Math.max(settings['listening.endOfUtterance'], settings['listening.pause']),
      splitMs: settings['listening.longestUtterance'],
      splitSearchMs: settings['listening.splitSearch'],
      stopTailMs: settings['listening.stopTail'],
    },
  };
}
